import Testing

@testable import Runbook

@Suite struct NameTests {
  @Test(arguments: [
    ("Deploy", "Deploy"), ("a/b\\c:d", "a b c d"), ("[x]#y^z|w", "x y z w"),
    ("..hidden", "hidden"), (". . x", "x"), ("  two   spaces ", "two spaces"),
    ("a\u{0}b\nc\td", "a b c d"), ("ends. .", "ends"), ("", "Untitled"), ("???", "Untitled"),
    ("Déploiement à 14 h", "Déploiement à 14 h"), ("non\u{A0}breaking", "non breaking"),
    ("right\u{202E}left", "right left"), ("👩\u{200D}🚒 fire", "👩\u{200D}🚒 fire"),
    ("<b>*bold*</b> \"q\"", "b bold b q"),
  ])
  func cleaned(text: String, name: String) {
    #expect(NoteName.cleaned(text) == name)
    #expect(NoteName.cleaned(name) == name)
  }

  @Test func cleanedIsBounded() {
    let name = NoteName.cleaned(String(repeating: "é", count: 1_000))
    #expect(name.utf8.count == 180)
  }

  @Test(arguments: [
    "Quick (ana's conflicted copy 2026-08-21).md",
    "Quick (conflicted copy 2026-08-21 140210).md",
    "Quick (Copie en conflit de ana 2026-08-21).md",
    "Quick (Conflicted copy laptop 202608211402).md",
    "Quick.sync-conflict-20260821-140210-ABCDEFG.md",
    "Quick_conflict-20260821-140210.md",
    "Quick (conflict 2026-08-21 140210).md",
    "Quick (conflict 2026-08-21 140210 2).md",
    "Quick (case conflict).md",
    "Quick [conflict].md",
    "Quick.Conflict.md",
  ])
  func conflictedCopies(name: String) {
    #expect(ConflictedCopy.original(of: name) == "Quick.md")
  }

  @Test(arguments: [
    "Quick.md", "Resolve a conflict.md", "Conflict.md", "Merge (how we settle).md",
    "conflicted copy.md", "Conflicts (reconflicted).md", "(conflict 2026).md",
  ])
  func otherNames(name: String) {
    #expect(ConflictedCopy.original(of: name) == nil)
  }

  @Test func ourOwnConflictCopiesAreKnown() {
    for number in 1...3 {
      let name = ConflictedCopy.name(for: "Q.md", stamp: "2026-08-21 140210", number: number)
      #expect(ConflictedCopy.original(of: name) == "Q.md")
    }
  }

  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("ab", "ba", 1), ("Deploy", "deploy", 1),
    ("Workflow-Quik", "Workflow-Quick", 1), ("été", "ete", 2),
  ])
  func distance(one: String, other: String, expected: Int) {
    let (left, right) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
    #expect(Spelling.distance(left, right) == expected)
    #expect(Spelling.distance(right, left) == expected)
  }

  @Test func nearest() {
    let names = ["Workflow-Full", "Workflow-Quick", "Backup"]
    #expect(
      Spelling.nearest(to: "workflow-quik", among: names, ignoringCase: true)
        == "Workflow-Quick")
    #expect(Spelling.nearest(to: "Something else", among: names) == nil)
  }
}
