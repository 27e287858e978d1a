import Foundation

/// Puts a word in the place of what differs from run to run: times, ids, pids, folders, the person.
enum Placeholders {
  static func apply(to text: String, scratch: String) throws -> String {
    var text = text.replacing(scratch, with: "<scratch>")
    for (pattern, word) in patterns {
      text = text.replacing(try Regex(pattern), with: word)
    }
    for (pattern, replacement) in grouped {
      text = text.replacing(try Regex(pattern)) { match in
        "\(match.output[1].substring ?? "")\(replacement)\(match.output[2].substring ?? "")"
      }
    }
    return text
  }

  private static let patterns = [
    (#"\d{8}-\d{6}-[0-9a-f]{4}"#, "<run>"),
    (#"\d{4}-\d\d-\d\d \d{6} "#, "<day> <clock> "),
    (#"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"#, "<moment>"),
    (#"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"#, "<day> <time>"),
    (#"\d\d:\d\d:\d\d"#, "<time>"),
    (#"\d+\.\d+s|\b\d+m \d+s"#, "<took>"),
    (#"by \S+ on \S+"#, "by <user> on <host>"),
    (#"<time>\.\d{3}"#, "<time>"), (#"\b\d+ms\b"#, "<took>"),
    (#"\(\d+\)"#, "(<pid>)"),
  ]

  private static let grouped = [
    (#"(runbook (?:logs|resume|attach|cancel|rollback) )[0-9a-f]{4}\b()"#, "<id>"),
    (#"(\brun )[0-9a-f]{4}( rolled back| of )"#, "<id>"),
    (#"(\nhost: )\S+(\n)"#, "<host>"),
    (#"(\nuser: )\S+(\n)"#, "<user>"),
    (#"(\nrun_seconds: )\S+(\n)"#, "<seconds>"), (#"(\nrun_order: )\d+(\n)"#, "<order>"),
    (#"(\| )\d+\.\d{3}( \|)"#, "<seconds>"),
    (#"(\n- Machine: ).+(\n)"#, "<host>"),
    (#"(\n- User: )\S+(\n)"#, "<user>"),
    (#"(\n- Plan: `)[0-9a-f]{12}(`\n)"#, "<digest>"),
    (#"(\n- bash: ).+(\n)"#, "<version>"), (#"(\n- PATH: ).+(\n)"#, "<path>"),
    (#"(\n- umask: ).+(\n)"#, "<umask>"),
    (#"(\n- runbook: )\S+(\n)"#, "<version>"),
  ]
}

extension RunbookBinary {
  /// The text with placeholders for what differs from run to run.
  func plain(_ text: String) throws -> String {
    try Placeholders.apply(to: text, scratch: scratch.path)
  }

  /// The path of the only record note, from the folder; nil where there is none.
  var record: String? {
    let runs = folder.appendingPathComponent("Runs").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
    return names.count == 1 ? "Runs/\(names[0])" : nil
  }

  /// The folders of the runs that the state folder remembers.
  var runs: [URL] {
    let folder = stateFolder.appendingPathComponent("runbook/runs")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { folder.appendingPathComponent($0) }
  }

  /// The id of the run that began last, as the state folder has it; empty where there is none.
  var latest: String {
    let order = stateFolder.appendingPathComponent("runbook/order")
    let lines = ((try? String(contentsOf: order, encoding: .utf8)) ?? "").split(separator: "\n")
    return lines.last?.split(separator: " ").last.map(String.init) ?? ""
  }

  /// The journal of the latest run.
  func journal() throws -> String {
    guard let run = runs.first(where: { $0.lastPathComponent == latest }) else { return "" }
    let data = try Data(contentsOf: run.appendingPathComponent("journal.jsonl"))
    return String(decoding: data.prefix { $0 != 0 }, as: UTF8.self)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> URL {
    let file = try write(name, "")
    try Self.put(bytes, file.path)
    return file
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  /// Makes the folder a vault, so that records stand in its `Runs/`, and gives notes a place to run in.
  func makeVault() throws {
    for name in [".obsidian", "../app"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
  }

  /// Where the notes of a made vault run: `cwd: ../app`.
  var app: URL { scratch.appendingPathComponent("app") }
}
