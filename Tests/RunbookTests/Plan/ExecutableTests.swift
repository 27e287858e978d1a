import TestSupport
import Testing

@testable import Runbook

/// A change of anything that can execute is noticed, and a change of anything else is not.
@Suite struct ExecutableTests {
  /// What stands between « and » executes; these signs are taken out.
  private static let marked = [
    "Deploy": """
    ---
    tags: [prose, runbook]
    cwd: «../app»
    host: «web1»
    «timeout»: «5»m
    on_error: «stop»
    notify: «echo done»
    params:
      «BRANCH»: «main»
      SERVER: «web1»
    secrets: [«TOKEN»]
    log_lines: 30
    status: succeeded
    ---
    # Deploy prose

    Prose of «» a paragraph, with `code` and a [link](https://example.org).

    - [ ] Build the site #deploy ^build
      ```«bash» {«timeout»=«2»m «if»=«BRANCH=main» x-note=prose}
      «npm» «run» «build» «--» «--branch» "«$BRANCH»"
      ```
      ```bash {«rollback»}
      «rm» «-rf» «dist»
      ```
    - [/] Look at it {«confirm»="«Sure?»"}
      ```python3 {«host»=«db1» «interpreter»="«python3» «-u»"}
      print("«hello»")
      ```
      - [ ] Nested words {«grace»=«3»s}
        ```sh
        «true»
        ```
    - [ ] ![[B«ackup-»DB]]

    > More prose.

    ```text
    a listing, which runs nowhere
    ```

    """,
    "Backup-DB": """
    ---
    idle: «9»s
    params: {«DAYS»: «7»}
    ---
    Words of the part.

    - [ ] Dump it
      ```bash {«capture»=«DUMP»}
      «pg_dump» «app»
      ```

    """,
    "Backup-XB": """
    - [ ] Dump it
      ```bash
      pg_dump other
      ```

    """,
  ]

  private struct Text {
    var bytes: [UInt8] = []
    /// Offsets in `bytes`.
    var executable: Set<Int> = []
  }

  private static func text(_ marked: String) -> Text {
    var text = Text()
    var isInside = false
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«": isInside = true
      case "»": isInside = false
      default:
        for byte in String(scalar).utf8 {
          if isInside { text.executable.insert(text.bytes.count) }
          text.bytes.append(byte)
        }
      }
    }
    return text
  }

  private static func plan(_ texts: [String: [UInt8]]) throws -> (plan: Plan, isRight: Bool)? {
    let vault = try EmbedVault(texts.mapValues { String(decoding: $0, as: UTF8.self) })
    // What is no note at all is refused before anybody compares.
    guard
      let (plan, diagnostics) = try? vault.plan(
        "Deploy", { $0.environment = ["TOKEN": "hunter2-hunter2"] })
    else { return nil }
    return (plan, !diagnostics.contains { $0.severity == .error })
  }

  /// Each byte that executes, replaced by each of some others: noticed, unless the note is refused. Each letter of all
  /// else: not noticed.
  @Test func eachByte() throws {
    let texts = Self.marked.mapValues(Self.text)
    let base = try #require(try Self.plan(texts.mapValues(\.bytes)))
    #expect(base.isRight)
    var random = PlanRandom()
    var (noticed, quiet, refused) = (0, 0, 0)
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) where name != "Backup-XB" {
      // The long form changes each byte.
      let stride = LongForm.isWanted ? 1 : 3
      for offset in Swift.stride(from: 0, to: text.bytes.count, by: stride) {
        let byte = text.bytes[offset]
        let isLetter = Self.isLetter(byte)
        let executes = text.executable.contains(offset)
        // Signs outside make the structure of the note.
        guard executes || isLetter else { continue }
        for _ in 0..<(executes && LongForm.isWanted ? 3 : 1) {
          let other = executes ? Self.other(than: byte, &random) : Self.letter(than: byte, &random)
          var changed = texts.mapValues(\.bytes)
          changed[name]?[offset] = other
          guard let now = try Self.plan(changed), now.isRight else {
            refused += 1
            continue
          }
          let changes = ExecutableChange.between(base.plan.executable, now.plan.executable)
          let place = "\(name) at \(offset): \(UnicodeScalar(byte)) to \(UnicodeScalar(other))"
          if executes {
            #expect(!changes.isEmpty, "\(place)")
            #expect(now.plan.digest != base.plan.digest)
            noticed += 1
          } else if Self.isProse(name, offset, texts) {
            #expect(changes.isEmpty, "\(place): \(changes)")
            quiet += 1
          }
        }
      }
    }
    #expect(
      noticed > (LongForm.isWanted ? 300 : 20) && quiet > 15, "\(noticed) \(quiet) \(refused)")
  }

  /// Outside of front matter and fences, and no block id: there a word may mean something once it is another.
  private static func isProse(_ name: String, _ offset: Int, _ texts: [String: Text]) -> Bool {
    guard let bytes = texts[name]?.bytes else { return false }
    let line = bytes[..<offset].split(separator: 10, omittingEmptySubsequences: false).count - 1
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    let marks = lines[...line].filter { $0 == "---" }.count
    let fences = lines[..<line].filter { $0.contains("```") }.count
    let text = lines[line]
    return marks != 1 && fences % 2 == 0 && !text.contains("```") && !text.contains("{")
      && !text.contains("![[") && !text.contains("^")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func other(than byte: UInt8, _ random: inout PlanRandom) -> UInt8 {
    let all = Array("abcxyz0189-_./$;|&".utf8).filter { $0 != byte }
    return all.drawn(&random)
  }

  private static func letter(than byte: UInt8, _ random: inout PlanRandom) -> UInt8 {
    Array("abcdefghijklmnopqrstuvwyz".utf8).filter { $0 != byte }.drawn(&random)
  }

  // MARK: By hand

  private static func parts(_ text: String) throws -> [ExecutablePart] {
    try PlanNote.plan(text).plan.executable
  }

  private static func changes(_ old: String, _ new: String) throws -> [ExecutableChange] {
    ExecutableChange.between(try parts(old), try parts(new))
  }

  private static let two =
    "- [ ] A\n  ```bash\n  a\n  ```\n  ```bash {rollback}\n  back\n  ```\n- [ ] B\n  ```bash\n  b\n  ```\n"

  @Test func whatTheRunWritesIsNoChange() throws {
    let ticked = Self.two.replacing("- [ ] A", with: "- [x] A [result:: ok] · [took:: 1.0s]")
    #expect(try Self.changes(Self.two, ticked).isEmpty)
    #expect(try Self.changes(Self.two, "Words\n\n" + Self.two + "\nmore\n").isEmpty)
    #expect(try Self.changes(Self.two, Self.two.replacing("] A", with: "] Another title")).isEmpty)
    #expect(
      try Self.changes(Self.two, "---\nlog_lines: 3\nrecord: none\nstatus: x\n---\n" + Self.two)
        .isEmpty)
  }

  @Test func aWayBackThatGoesToAnotherStepIsOne() throws {
    let moved =
      "- [ ] A\n  ```bash\n  a\n  ```\n- [ ] B\n  ```bash {rollback}\n  back\n  ```\n  ```bash\n  b\n  ```\n"
    #expect(try Self.changes(Self.two, moved).map(\.kind) == [.moved])
  }

  @Test func aStepThatLeavesItsConditionIsOne() throws {
    let inside =
      "- [ ] A {if=X}\n  - [ ] B\n    ```bash\n    b\n    ```\n"
    let outside = "- [ ] A {if=X}\n- [ ] B\n  ```bash\n  b\n  ```\n"
    #expect(try !Self.changes(inside, outside).isEmpty)
  }

  @Test func othersAreToldAsWhatTheyAre() throws {
    let new = "- [ ] A\n  ```bash\n  a\n  again\n  ```\n- [ ] C\n  ```bash\n  c\n  ```\n"
    let changes = try Self.changes(Self.two, new)
    #expect(
      changes.map { "\($0.kind.rawValue) \($0.title) \($0.lines)" } == [
        #"new 1 A ["+ run: bash -euo pipefail", "+ a", "+ again"]"#,
        #"new 2 C ["+ run: bash -euo pipefail", "+ c"]"#,
        #"removed 1 A, block 1 ["- run: bash -euo pipefail", "- a"]"#,
        #"removed 1 A, block 2 ["- rollback: bash -euo pipefail {rollback=true}", "- back"]"#,
        #"removed 2 B ["- run: bash -euo pipefail", "- b"]"#,
      ])
  }

  @Test func hiddenCodeIsWarnedOf() throws {
    let messages = try PlanNote.messages("- [ ] A\n  ```bash\n  é # \u{202E}txt\n  ```\n")
    #expect(messages == ["a character in the code that can't be seen, U+202E"])
    #expect(try PlanNote.messages("- [ ] A\n  ```bash\n  echo é漢😀\n  ```\n").isEmpty)
  }
}
