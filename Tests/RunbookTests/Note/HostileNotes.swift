@testable import Runbook

/// Draws notes that are hard to write into: all containers, endings and leftovers that people and tools produce.
struct HostileNotes {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed) }

  mutating func note() -> [UInt8] {
    var lines: [String] = random.chance(35) ? frontMatter() : []
    for _ in 0..<1 + random.below(7) { lines += block(depth: 0) }
    var bytes = joined(lines)
    if random.chance(10) { bytes = [0xEF, 0xBB, 0xBF] + bytes }
    if random.chance(12) { bytes = damaged(bytes) }
    return bytes
  }

  // MARK: Lines

  private mutating func joined(_ lines: [String]) -> [UInt8] {
    let endings = [["\n"], ["\n"], ["\r\n"], ["\r"], ["\n", "\r\n"], ["\n", "\r\n", "\r"]]
    let ending = random.pick(endings)
    var bytes: [UInt8] = []
    for (index, line) in lines.enumerated() {
      bytes += Array(line.utf8)
      if index + 1 < lines.count || random.chance(75) { bytes += Array(random.pick(ending).utf8) }
    }
    if random.chance(15) {
      bytes += Array(random.pick(["\n\n", "  ", "\t\n", "\n \n", "\u{0C}"]).utf8)
    }
    return bytes
  }

  /// Bytes that no text has: broken UTF-8, NUL, half a character.
  private mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<1 + random.below(3) {
      bytes.insert(
        random.pick([0xFF, 0xC3, 0x00, 0xE2, 0x80, 0x0B]), at: random.below(bytes.count + 1))
    }
    return bytes
  }

  // MARK: Blocks

  private mutating func block(depth: Int) -> [String] {
    switch random.below(depth > 2 ? 9 : 13) {
    case 0, 1, 2: return item(depth: depth)
    case 3: return fence()
    case 4: return [random.pick(Self.texts), ""]
    case 5: return [random.pick(Self.headings)] + (random.chance(50) ? [""] : [])
    case 6: return random.pick(Self.html)
    case 7: return random.pick(Self.others) + (random.chance(60) ? [""] : [])
    case 8: return [""]
    case 9: return ownMarks()
    case 10, 11: return contained(block(depth: depth + 1) + block(depth: depth + 1))
    default: return item(depth: depth) + fence()
    }
  }

  private mutating func contained(_ lines: [String]) -> [String] {
    let (first, rest) = random.pick([
      ("> ", "> "), (">", ">"), ("- ", "  "), ("1. ", "   "), ("-\t", "\t"), ("* ", "  "),
      ("> [!todo] x\n> ", "> "), ("> - ", ">   "), ("    ", "    "),
    ])
    var contained: [String] = []
    for (index, line) in lines.enumerated() {
      let text = random.chance(4) ? line : (index == 0 ? first : rest) + line
      contained += text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    return contained
  }

  private mutating func item(depth: Int) -> [String] {
    let marker = random.pick(["- ", "- ", "- ", "* ", "+ ", "1. ", "2) ", "-\t", "-   ", "-"])
    let box = random.pick([
      "[ ] ", "[ ] ", "[ ] ", "[x] ", "[X] ", "[/] ", "[-] ", "[ ]", "[✓] ", "",
    ])
    let first =
      marker + box + random.pick(Self.words) + random.pick(Self.tails) + random.pick(Self.ends)
    var lines = [first]
    let indent = random.pick(["  ", "  ", "   ", "\t", "    ", ""])
    if random.chance(25) { lines.append(indent + random.pick(Self.continuations)) }
    if random.chance(35) { lines += fence().map { indent + $0 } }
    if depth < 3, random.chance(25) { lines += item(depth: depth + 1).map { indent + $0 } }
    if random.chance(20) { lines.append("") }
    return lines
  }

  private mutating func fence() -> [String] {
    let mark = random.pick(["```", "```", "````", "~~~", "    ```"])
    let info = random.pick(["bash", "sh {timeout=3s}", "", "text", "python {rollback}"])
    let body = random.pick([
      ["make"], ["a", "", "b"], [], ["\tx"], ["- [ ] no"], ["``"], ["%%", "$$"],
      ["> [!info|runbook-20260821-140210-7f3a]- x"], ["^run-20260821-140210-7f3a"], ["## Run log"],
    ])
    return [mark + info] + body + (random.chance(88) ? [mark] : [])
  }

  /// Marks as an earlier run left them, whole or in pieces.
  private mutating func ownMarks() -> [String] {
    let run = random.pick(["20260821-140210-7f3a", "20260821-140210-0c1d"])
    let all = [
      ["> [!failure|runbook-\(run)] 2026-08-21 · failed", "> by ana"], [""], ["^run-\(run)"], [""],
      ["> [!info|runbook-\(run)]- Build", "> ```text", "> done", "> ```"],
    ]
    switch random.below(4) {
    case 0: return [""] + all.flatMap { $0 }
    case 1: return all.filter { _ in random.chance(70) }.flatMap { $0 }
    case 2: return random.pick(all) + ["> mine"]
    default:
      return all.flatMap { $0 }.filter { _ in random.chance(80) } + [random.pick(["mine", ""])]
    }
  }

  private mutating func frontMatter() -> [String] {
    let body = random.pick([
      ["tags: [runbook]"], [], ["# comment"], ["a: 1", "b:", "  - x", "# end"], ["x: |", "  a"],
      ["x: |+", "  a", ""], ["{a: 1}"], ["  a: 1"], ["- a"], ["a: 'open"], ["a: 1", "..."],
      ["run_id: 5", "run_status: draft"], ["run_id: 20260821-140210-7f3a", "run_status: failed"],
      ["run_status: failed"], ["a: &x 1"], ["é: \"ü 🚀\"", "yes: no"], ["run_ids: 1"],
      ["run_id: \"20260821-140210-7f3a\"", "run_failed: >-", "  a long", "  text", "b: 1"],
      ["a: 1", "a: 2"], ["a:", "  run_id: 3"], ["a: b: c"], ["text"], ["a: 1", ""],
    ])
    return [random.pick(["---", "---", "---", "--- "])] + body
      + (random.chance(92) ? [random.pick(["---", "---", "--- ", "..."])] : [])
  }

  // MARK: Pieces

  private static let words = [
    "Build", "Upload dist/", "", "a `b", "see [the", "*strong", "Déployer l’app 🚀", "![[Note]]",
    "[[Note#Head]]", "a | b", "cost $$ x", "100%% sure", "%% hid %%", "<b", "run `x` now", "\\",
    "&amp;",
    "[x]: /u", "```bash", "# h", "- nested", "> - [ ] deep", "Call [at:: Paris]", "a  ",
    "a\u{2028}b",
    "Fix #42", "[foo]", "![img](u)", "http://a.b", "<!-- c -->",
  ]
  private static let tails = [
    "", "", "", " ^id", " #tag", " 📅 2026-01-01", " [due:: 2026-01-01]", " {timeout=3s}",
    " ⏫ 🔁 every week 🛫 2026-01-01 ^x", " (p:: high) #a/b", " [took:: 1s] · [at:: 10:00:00]",
    " [result:: failed] · [exit:: 2] · [took:: 3.1s] · [at:: 2026-08-21 10:00:00] ^id",
    " [result:: by hand] · [at:: 10:00:00]", " [result:: waiting] · [at:: 10:00:00]",
    " [took:: 1s] ·",
    " [result:: ok] · [took:: 1s] [took:: 2s] · [at:: 10:00:00] · [at:: 10:00:01]",
    " ·", "]", " `", " {a", " [result:: no] · [took:: 1s] · [at:: 10:00:00]",
  ]
  private static let ends = ["", "", "", "", "  ", "\\", "\\\\", "\t", " \u{0B}"]
  private static let continuations = [
    "more", "page](u)", "b` end", "===", "---", "--|--", "strong*", "href=\"u\">x</a>",
    "[at:: 10:00:00]",
    "· [at:: 10:00:00]", "%%", "# h", "",
  ]
  private static let texts = [
    "text", "text\\", "%%", "$$", "[x]: /u", "[took:: 1s]: /u", "[foo]: /u 'open", "| a | b |",
    "^mylist", "Title\u{00A0}", "[^1]: note", "<<<<<<< HEAD", ">>>>>>> theirs", "mine", "***",
    "%% kanban", "1986\\. A", "    code",
  ]
  private static let headings = [
    "# Title", "## Run log", "## Run log ##", "   ## Run log", "### Old", "After\n=====",
    "After\n---", "#", "## Rollback", "> ## Run log", "# `a",
  ].flatMap { $0.split(separator: "\n").count > 1 ? [$0] : [$0] }
  private static let html = [
    ["<!-- open"], ["<!--", "- [ ] no", "-->"], ["<div>", "- [ ] no", "</div>", ""],
    ["<script>", "x"],
    ["<details>", ""], ["</details>"], ["<pre>", "", "</pre>"], ["<![CDATA["], ["<?php"],
    ["<b>x</b>"],
  ]
  private static let others = [
    ["| a | b |", "| - | - |", "| 1 | 2 |"], ["> quote"], ["> [!note] mine", "> text"],
    ["    code", "", "    x"],
    ["%%", "- [ ] hidden", "%%"], ["$$", "x", "$$"], ["---"], ["> ```", "> x"], ["After", "====="],
    ["[foo]:", ""], ["text", "- [ ] directly below"], ["> - [ ] a", "lazy"], ["* * *"],
  ]
}
