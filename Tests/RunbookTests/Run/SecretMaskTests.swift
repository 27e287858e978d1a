import Testing

@testable import Runbook

@Suite struct SecretMaskTests {
  private let mask = SecretMask(["hunter2!", "two words\nsecond-line"])

  @Test(arguments: [
    ("no secret here", "no secret here"),
    ("pw=hunter2!", "pw=••••"),
    ("hunter2!hunter2!", "••••••••"),
    ("https://u:hunter2%21@host", "https://u:••••@host"),
    (#"{"pw":"two words\nsecond-line"}"#, #"{"pw":"••••"}"#),
    ("the second-line alone", "the •••• alone"),
    ("hunter2 without its end", "hunter2 without its end"),
    ("u%3Ahunter2%2521%40h", "u%3A••••%40h"),
    ("<b>&#104;&#117;&#x6E;&#x74;&amp;#101;&#114;2!</b>", "<b>••••</b>"),
    (#""\u0068\u0075\\u006Eter2!""#, "\"••••\""),
    ("hunt\ner2!", "••••"), ("hun=\r\nter2!", "••••"), ("hun\n    ter2!.", "••••."),
    ("00000000: 6875 6e74 6572 3221 0a                   hunter2!.\nx", "00000000: ••••\nx"),
    ("00000000: 6875 6e74  hunt\n00000004: 6572 3221  er2!\n", "00000000: ••••\n"),
    (#"0000000   h   u   n   t   e   r   2   !  \n"#, #"0000000   ••••  \n"#),
    ("0000000 7568 746e 7265 2132 000a", "0000000 •••• 000a"),
    ("[104, 117, 110, 116, 101, 114, 50, 33]", "[••••]"),
    ("h\0u\0n\0t\0e\0r\02\0!\0", "••••"),
  ])
  func forms(text: String, masked: String) {
    #expect(mask.mask(text) == masked)
  }

  @Test(arguments: ["", "a", "ab", "user:", "some-user:"])
  func base64AtEachAlignment(before: String) {
    let coded = Base64.encode(Array((before + "hunter2!" + "tail").utf8))
    let masked = mask.mask(coded)
    #expect(masked.contains("••••"))
    #expect(!masked.contains(coded.dropFirst(8).dropLast(8)))
  }

  @Test func base64Twice() {
    let once = Base64.encode(Array("user:hunter2!".utf8))
    let twice = Base64.encode(Array(once.utf8))
    let masked = mask.mask(twice)
    #expect(masked.contains("••••"))
    #expect(!masked.contains(twice.dropFirst(12).dropLast(4)))
  }

  /// Each way to part a text into two pieces gives the same masked bytes.
  @Test func anySplit() {
    let text = Array("x hunter2! y two words\nsecond-line z hunter2".utf8)
    let whole = mask.mask(text)
    for split in 0...text.count {
      var stream = SecretMaskStream(mask)
      let pieces =
        stream.feed(Array(text[..<split])) + stream.feed(Array(text[split...])) + stream.finish()
      #expect(pieces == whole, "split at \(split)")
    }
  }

  @Test func noSecretsMeanNoWork() {
    #expect(SecretMask([]).isEmpty)
    #expect(SecretMask([""]).mask("text") == "text")
  }
}

private enum Base64 {
  static func encode(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let number = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[number >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
  }
}
