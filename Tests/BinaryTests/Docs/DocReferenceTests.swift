import Foundation
import Runbook
import Testing

/// The tables of the documentation name what there is: no more, no less.
@Suite(.paced) struct DocReferenceTests {
  // MARK: The command line

  @Test func everyCommandHasItsSection() async throws {
    let help = try await RunbookBinary().run("help").stdout
    let commands =
      help.components(separatedBy: "SUBCOMMANDS:").last?
      .matches(of: #/\n  ([a-z-]+) +[A-Z]/#).map { String($0.1) } ?? []
    let page = try DocPage("docs/command-line.md")
    #expect(!commands.isEmpty)
    let sections = page.headings.filter { $0.level == 2 }.map(\.text)
    #expect(sections.filter { $0.allSatisfy { $0.isLowercase || $0 == "-" } } == commands)
  }

  @Test(arguments: [
    "exec", "plan", "check", "new", "init", "deploy", "reset", "logs", "resume", "attach", "cancel",
    "runs", "stats", "verify", "merge-file", "trust",
  ])
  func sectionNamesTheOptions(_ command: String) async throws {
    let help = try await RunbookBinary().run("help", command).stdout
    var options: [String] = []
    for match in help.matches(of: /\n  (?:-h, )?(--[a-z-]+)(?: <([^>]+)>)?/) {
      if ["--version", "--help"].contains(match.1) { continue }
      options.append(match.2.map { "\(match.1) \($0)" } ?? String(match.1))
    }
    let section = try #require(try DocPage("docs/command-line.md").section(command))
    let spans = section.matches(of: /`(--[^`]+)`/).map { String($0.1) }
    for option in options {
      #expect(spans.contains(option), "\(command) has \(option)")
    }
    func name(_ option: String) -> Substring { option.prefix { $0 != " " } }
    let names = Set(options.map(name))
    for span in spans {
      #expect(names.contains(name(span)), "\(command) has no \(span)")
    }
  }

  @Test func everyOutcomeHasItsStatus() throws {
    let section = try #require(try DocPage("docs/command-line.md").section("Exit statuses"))
    let statuses = Set(firstColumn(section).compactMap { Int32($0) })
    for outcome in Outcome.allCases { #expect(statuses.contains(outcome.exitStatus)) }
  }

  // MARK: The note format

  @Test func everyAttributeHasItsRow() throws {
    let section = try #require(try DocPage("docs/format.md").section("Attributes"))
    let rows = Set(firstColumn(section).flatMap(spans).map { $0.replacing("=", with: "") })
    #expect(rows == Set(AttributeName.allCases.map(\.rawValue)))
  }

  @Test func everySettingHasItsRow() throws {
    let section = try #require(try DocPage("docs/format.md").section("Front matter"))
    let rows = Set(firstColumn(section).flatMap(spans))
    #expect(rows == Set(SettingName.allCases.map(\.rawValue)))
  }

  @Test func everySettingOfTheUserHasItsRow() throws {
    let section = try #require(try DocPage("docs/running.md").section("Your own settings"))
    let rows = Set(firstColumn(section).flatMap(spans))
    #expect(rows == Set(UserSettings.Key.allCases.map(\.rawValue)))
  }

  @Test func everyLanguageIsNamed() throws {
    let section = try #require(try DocPage("docs/format.md").section("Blocks"))
    for language in Interpreter.known.keys {
      #expect(section.contains("`\(language)`"), "\(language)")
    }
  }

  /// Of the tables' rows, without their heads.
  private func firstColumn(_ section: String) -> [String] {
    section.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }
      .compactMap { $0.split(separator: "|").first }
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private func spans(_ cell: String) -> [String] {
    cell.matches(of: /`([^`]+)`/).map { String($0.1) }
  }
}
