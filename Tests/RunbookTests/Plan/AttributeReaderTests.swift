import Testing

@testable import Runbook

@Suite struct AttributeReaderTests {
  private func read(_ text: String) throws -> [String: String] {
    let bytes = Array(text.utf8)
    let attributes = try AttributeReader.read(bytes, 0..<bytes.count)
    return Dictionary(uniqueKeysWithValues: attributes.map { ($0.name, $0.value ?? "<flag>") })
  }

  @Test(
    arguments: [
      ("{}", [:]), ("{ }", [:]), ("{rollback}", ["rollback": "<flag>"]),
      ("{timeout=3s rollback}", ["timeout": "3s", "rollback": "<flag>"]),
      ("{timeout=3s, rollback}", ["timeout": "3s", "rollback": "<flag>"]),
      ("{ timeout=3s ,\trollback }", ["timeout": "3s", "rollback": "<flag>"]),
      ("{hosts=a,b}", ["hosts": "a,b"]), ("{hosts=a,b, forks=2}", ["hosts": "a,b", "forks": "2"]),
      ("{confirm=\"two words\"}", ["confirm": "two words"]),
      ("{confirm='it''s'}", nil), ("{confirm='say \"x\"'}", ["confirm": "say \"x\""]),
      ("{confirm=\"a \\\"b\\\" \\\\ \\d\"}", ["confirm": "a \"b\" \\ \\d"]),
      ("{host=${SERVER}}", ["host": "${SERVER}"]), ("{if=A!=b}", ["if": "A!=b"]),
      ("{confirm=\"}\"}", ["confirm": "}"]), ("{confirm=\"\"}", ["confirm": ""]),
      ("{\"a\": \"b\", \"c\": true, \"d\": 5, \"e\": false}", ["a": "b", "c": "<flag>", "d": "5"]),
      ("{\"a\":\"\\u00e9\\n\\\"\"}", ["a": "é\n\""]), ("{\"a\":null}", nil), ("{\"a\"}", nil),
      ("{\"a\":\"b\",}", nil), ("{a b", nil), ("{a=}", nil), ("{a = b}", nil), ("{a,b}", nil),
      ("{host=a,rollback}", nil), ("{=b}", nil), ("{a} b", nil), ("{a a}", nil), ("{a-b a_b}", nil),
      ("{a: b}", nil), ("{a=\"b}", nil), ("{a=\"b\"c}", nil), ("{a=“b”}", nil), ("{a\u{A0}b}", nil),
      ("{{a}}", nil),
    ] as [(String, [String: String]?)])
  func reads(text: String, expected: [String: String]?) {
    #expect((try? read(text)) == expected)
  }

  /// What is written as attributes, in any spelling, is read as the same attributes.
  @Test func readsWhatWasWritten() throws {
    var random = PlanRandom()
    for _ in 0..<3_000 {
      let written = attributes(&random)
      let text = random.isHeads() ? list(written, &random) : json(written, &random)
      let read = try read(text)
      #expect(read == written, "\(text), seed \(random.seed)")
    }
  }

  private func attributes(_ random: inout PlanRandom) -> [String: String] {
    let names = ["a", "timeout", "on_error", "x-y", "n1", "Case", "q"]
    let values = [
      "<flag>", "3s", "two words", "it's", "say \"x\"", "a,b", "\\", "é 🏛️", "{}", "}", "$A", "${A}",
      "a=b", "", "tab\tin", "'", "\\\"",
    ]
    var result: [String: String] = [:]
    for _ in 0..<random.number(below: 5) {
      result[names.drawn(&random)] = values.drawn(&random)
    }
    return result
  }

  private func list(_ attributes: [String: String], _ random: inout PlanRandom) -> String {
    let separator = [" ", ", ", "  ", "\t", " , "].drawn(&random)
    let parts = attributes.map { name, value -> String in
      if value == "<flag>" { return name }
      let isBare = !value.isEmpty && value.allSatisfy { $0.isLetter || $0.isNumber || $0 == "$" }
      if isBare, random.isHeads() { return "\(name)=\(value)" }
      let quote: Character = random.isHeads() ? "\"" : "'"
      let escaped = value.map { $0 == quote || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
      return "\(name)=\(quote)\(escaped)\(quote)"
    }
    return "{\(parts.joined(separator: separator))}"
  }

  private func json(_ attributes: [String: String], _ random: inout PlanRandom) -> String {
    let space = random.isHeads() ? " " : ""
    let parts = attributes.map { name, value -> String in
      if value == "<flag>" { return "\"\(name)\":\(space)true" }
      let escaped = value.map {
        $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0 == "\t" ? "\\t" : String($0)
      }.joined()
      return "\"\(name)\":\(space)\"\(escaped)\""
    }
    return parts.isEmpty ? "{}" : "{\(space)\(parts.joined(separator: "," + space))\(space)}"
  }
}
