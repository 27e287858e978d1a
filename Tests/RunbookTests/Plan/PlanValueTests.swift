import Testing

@testable import Runbook

/// Conditions, templates, spelling, titles: the small values that plans are made of.
@Suite struct PlanValueTests {
  @Test(arguments: [
    ("A", "x", true), ("A", "", false), ("!A", "", true), ("!A", "x", false), ("A=x", "x", true),
    ("A=x", "y", false), ("A!=x", "y", true), ("A!=x", "x", false), ("A=", "", true),
    ("A=b=c", "b=c", true),
  ]) func condition(text: String, value: String, holds: Bool) throws {
    let condition = try #require(Condition(text))
    #expect(condition.holds { $0 == "A" ? value : nil } == holds)
  }

  @Test(arguments: ["", "!", "=x", "A B", "A==x y", "1A", "a-b", "!!A"])
  func noCondition(text: String) {
    if text == "A==x y" {
      #expect(Condition(text)?.test == .equals("=x y"))
    } else {
      #expect(Condition(text) == nil)
    }
  }

  @Test(arguments: [
    ("$A", "1", false), ("${A}b", "1b", false), ("$Ab", "", false), ("a$$b", "a$b", false),
    ("$", "$", true), ("$(A)", "$(A)", true), ("${A:-b}", "${A:-b}", true), ("$1", "$1", true),
    ("$$$A", "$1", false), ("é$A🏛️", "é1🏛️", false),
  ]) func template(text: String, expanded: String, isStray: Bool) {
    let template = Template(text)
    #expect(template.expanded { $0 == "A" ? "1" : nil } == expanded)
    #expect(template.hasStrayDollar == isStray)
  }

  @Test(arguments: [
    ("**Build** the `site`", "Build the site"),
    ("Set DEPLOY_DIR to a_b_c", "Set DEPLOY_DIR to a_b_c"),
    ("2 * 3 * 4", "2 * 3 * 4"), ("*all*, ~~old~~ ==new==", "all, old new"),
    ("[[Note|the note]] and [[Other]]", "the note and Other"), ("[docs](https://a.b/c)", "docs"),
    ("a `*b*` c", "a *b* c"), ("open ** and `", "open ** and `"),
    ("rm *.log *.tmp", "rm *.log *.tmp"),
    ("", ""), ("__init__", "init"), ("f(*args)", "f(*args)"),
  ]) func title(text: String, shown: String) {
    #expect(InlineMarkup.removed(from: text) == shown)
  }

  @Test(arguments: [
    ("timout", "timeout"), ("rolback", "rollback"), ("retry", "retries"), ("on_eror", "on-error"),
    ("workdir", "cwd"), ("contineu-on-error", "continue-on-error"), ("HOST", "host"),
  ]) func nearestAttribute(written: String, meant: String) {
    #expect(AttributeName.meant(by: written) == meant)
  }

  @Test(arguments: [
    "aliases", "cssclasses", "tags", "date", "created", "updated", "status", "due", "author",
    "title", "publish", "permalink", "description", "cover", "banner", "rating", "project", "area",
    "type", "up", "related", "source", "url", "kanban-plugin", "excalidraw-plugin", "position",
    "priority", "category", "notes", "note", "time", "times", "clock", "block", "most", "post",
    "images", "image", "draft", "lang", "weight", "id", "name", "person", "people", "parent",
    "children", "next", "prev", "previous", "version", "license", "order", "sort", "color", "icon",
    "icons", "place", "location", "start", "end", "reminder", "cost", "price", "owner", "team",
    "end_date", "recipe", "servings", "steps_count", "shelf", "grade", "cards-deck", "run_status",
    "modified", "summary", "keywords", "topic", "topics", "isbn", "language", "genre", "year",
    "host_family", "idea", "ideas", "step_goal", "notification", "secretary", "records",
  ]) func isTheUsersOwn(key: String) {
    #expect(KeySpelling.meant(by: key) == nil)
  }

  @Test(arguments: [
    ("timout", "timeout"), ("Timeout", "timeout"), ("onError", "on_error"), ("param", "params"),
    ("secert", "secrets"), ("step", "steps"), ("hosts", "host"), ("logLimit", "log_limit"),
    ("ssh config", "ssh_config"), ("cwdd", "cwd"), ("notfy", "notify"), ("recrod", "record"),
  ]) func isAlmostOurs(key: String, meant: String) {
    #expect(KeySpelling.meant(by: key) == meant)
  }
}
