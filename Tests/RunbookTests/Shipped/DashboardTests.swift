import Foundation
import Testing

@testable import Runbook

/// The dashboards in `vault/` ask for what records have, and nothing else.
struct DashboardTests {
  private static let vault = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../../../vault").standardizedFileURL

  private static func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: vault.appendingPathComponent(name)), as: UTF8.self)
  }

  /// A base is YAML: read as a note's front matter is, by the same library.
  private static func base() throws -> [String: YAMLValue] {
    let note = try Note(Array("---\n\(try text("Deploys.base"))---\n".utf8))
    #expect(note.problems.isEmpty)
    let entries = try #require(note.frontMatter).entries
    return Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value) })
  }

  private static func pairs(_ value: YAMLValue?) -> [String: YAMLValue] {
    guard case .mapping(let pairs, _)? = value else { return [:] }
    return Dictionary(uniqueKeysWithValues: pairs.map { ($0.key, $0.value) })
  }

  private static func views() throws -> [[String: YAMLValue]] {
    guard case .sequence(let views, _)? = try base()["views"] else { return [] }
    return views.map(pairs)
  }

  private static func scalar(_ value: YAMLValue?) -> String { value?.words.first ?? "" }

  @Test func theFourViewsHaveOnlyKeysOfBases() throws {
    let base = try Self.base()
    #expect(Set(base.keys) == ["filters", "formulas", "properties", "views"])
    let views = try Self.views()
    #expect(
      views.map { Self.scalar($0["name"]) } == [
        "Recent", "Failures of 30 days", "By workflow", "Average times",
      ])
    let known: Set = ["type", "name", "limit", "filters", "groupBy", "order", "sort", "summaries"]
    for view in views {
      #expect(known.isSuperset(of: view.keys) && Self.scalar(view["type"]) == "table")
      #expect((view["order"]?.words.count ?? 0) > 0)
    }
  }

  /// `note.x` must be a property that a record has, `formula.x` one of the base's own, in lists and in formulas.
  @Test func eachPropertyIsOneThatRecordsHave() throws {
    let text = try Self.text("Deploys.base")
    let formulas = Set(Self.pairs(try Self.base()["formulas"]).keys)
    var named: Set<String> = []
    for match in text.matches(of: #/\bnote\.(\w+)/#) { named.insert(String(match.1)) }
    for match in text.matches(of: #/\brun_\w+/#) { named.insert(String(match.0)) }
    // Without a prefix, as the documentation writes them in filters.
    for match in text.matches(of: #/"!(\w+)"/#) { named.insert(String(match.1)) }
    #expect(named.contains("undoes") && named.count >= 9)
    #expect(named.isSubset(of: RecordProperties.names), "\(named)")
    for match in text.matches(of: #/\bformula\.(\w+)/#) {
      #expect(formulas.contains(String(match.1)), "\(match.0)")
    }
    let places =
      Self.pairs(try Self.base()["properties"]).keys
      + (try Self.views()).flatMap { view -> [String] in
        let sorts: [YAMLValue] =
          if case .sequence(let values, _)? = view["sort"] { values } else { [] }
        let sorted = (sorts + [view["groupBy"]].compactMap(\.self)).map {
          Self.scalar(Self.pairs($0)["property"])
        }
        return (view["order"]?.words ?? []) + sorted + Self.pairs(view["summaries"]).keys
      }
    for place in places {
      #expect(["file", "note", "formula"].contains(String(place.prefix { $0 != "." })), "\(place)")
    }
  }

  @Test func homeShowsEachView() throws {
    let home = try Self.text("Home.md")
    for view in try Self.views() {
      #expect(home.contains("![[Deploys.base#\(Self.scalar(view["name"]))]]"))
    }
  }

  /// Obsidian would else guess, and show a time as text.
  @Test func eachPropertyHasAType() throws {
    let data = try Data(contentsOf: Self.vault.appendingPathComponent(".obsidian/types.json"))
    let types = try #require(
      try JSONDecoder().decode([String: [String: String]].self, from: data)["types"])
    for name in RecordProperties.names + ["modes"] { #expect(types[name] != nil, "\(name)") }
    #expect(types["run_started"] == "datetime" && types["run_seconds"] == "number")
    let known: Set = [
      "text", "multitext", "number", "checkbox", "date", "datetime", "tags", "aliases",
    ]
    #expect(known.isSuperset(of: types.values))
  }

  @Test func theComparisonIsReadable() throws {
    let note = try Note(Array(try Self.text("Modes.md").utf8))
    #expect(try ComparedMode.all(in: note).count == 4)
    let modes = try ComparedMode.all(in: note)
    let now = WallTime(milliseconds: 0, offset: 0)
    let bytes = try KeptSection.replacing(
      StatisticsTables(RunStatistics([]), modes: modes, now: now).text, in: note.bytes)
    #expect(bytes == note.bytes, "as shipped, it is what stats writes where nothing ran")
  }
}
