import Testing

@testable import Runbook

/// A link leads to one note, or is none.
struct NoteLinkTests {
  @Test(arguments: [
    ("Deploy.md", "[[Deploy]]"), ("shop/Deploy.md", "[[shop/Deploy|Deploy]]"),
    ("a b/ö & c.MD", "[[a b/ö & c|ö & c]]"),
  ])
  func aLinkHasThePath(_ path: String, _ link: String) {
    let value = NoteLink(to: path)
    #expect(value.text() == link && value.property == link && value.obstacle == nil)
    #expect(NoteLink(property: link) == value)
  }

  @Test func inATableTheMarkIsEscaped() {
    let link = NoteLink(to: "shop/Deploy.md")
    #expect(link.text(isInTable: true) == #"[[shop/Deploy\|Deploy]]"#)
    #expect(link.text("yesterday", isInTable: true) == #"[[shop/Deploy\|yesterday]]"#)
    #expect(link.text("shop/Deploy") == "[[shop/Deploy]]")
  }

  /// `[[a|b]]` is a link to “a”, `[[a#b]]` to a heading of it.
  @Test(arguments: [
    "a#b", "a|b", "a^b", "a[b", "a]b", "a\\b", "a%%b", "a<%b", "new\nline", " a", "x#/a",
  ])
  func whereNoLinkLeadsThePathStands(_ name: String) {
    let link = NoteLink(to: "\(name).md")
    #expect(link.text() == nil && link.text("x", isInTable: true) == nil && link.obstacle != nil)
    #expect(link.property == "\(name).md")
    #expect(NoteLink(property: link.property) == link)
  }

  @Test(arguments: [
    ("[[Workflow-Quick]]", "Workflow-Quick"), ("[[Deploys/Quick|Q]]", "Deploys/Quick"),
    ("Quick", "Quick"), ("Quick.md", "Quick"), ("[[a|b|c]]", "a"), ("[[]]", ""),
  ])
  func whatRecordsOfOldAndOthersWroteIsRead(_ property: String, _ target: String) {
    #expect(NoteLink(property: property).target == target)
  }
}
