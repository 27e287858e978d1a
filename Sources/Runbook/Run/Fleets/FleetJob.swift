/// What Ansible is to bring to which hosts. It reads that from a folder, where our action and callback are too; values of
/// variables it has in its environment.
struct FleetJob {
  static let action = "runbook_block"
  static let callback = "runbook_lines"

  /// Tells it from the others of an attempt.
  var name: String
  /// Private, and its own.
  var folder: String
  var hosts: [String]
  var program: HostProgram
  /// Where the answers are collected.
  var answers: FleetAnswers.Place
  var names: [String] = []
  /// Variables of which each host has a value of its own.
  var perHost: [String] = []
  /// Of the block on all of its hosts together, in seconds from when it runs on the first.
  var deadline: Double?
  /// A file in which the runner may say otherwise.
  var limit: String?
  /// Those on which the block may run already.
  var begun: [String] = []
  /// How many hosts at a time.
  var batches: [Int] = []
  var stopsAtFailure = false
  /// A host is asked to begin first, and then to say how it ended: Ansible hands on nothing before a program's end.
  var saysWhenItRuns = false
  /// How often a connection is tried; nil: for as long as it takes.
  var tries: Int?
  /// Shared connections may hang.
  var hasOwnConnections = false

  func write(_ ansible: Ansible) throws {
    let job = JobFile(
      name: name, answers: answers.lines, kept: answers.folder, word: program.word, names: names,
      perHost: perHost, hosts: hosts, begun: begun, deadline: deadline, limit: limit,
      sshConfig: ansible.sshConfig?.text, stopsAtFailure: stopsAtFailure,
      saysWhenItRuns: saysWhenItRuns, tries: tries, hasOwnConnections: hasOwnConnections)
    let files: [(String, [UInt8])] = [
      ("job.json", Array(try JSONText.encode(job).utf8)),
      ("book.json", Array(try JSONText.encode([play]).utf8)),
      ("begin", program.beginning), ("end", program.ending),
      (Self.action + ".py", PackageResources.runbook_block_py),
      (Self.callback + ".py", PackageResources.runbook_lines_py),
    ]
    for (name, bytes) in files {
      try WholeFile.write(bytes, to: "\(folder)/\(name)", mode: 0o600)
    }
  }

  var book: String { folder + "/book.json" }
  /// Once it is there no host is begun any more.
  var over: String { folder + "/over" }
  /// What Ansible itself says.
  var log: String { folder + "/said" }

  /// The action has no arguments, so nothing of a block or a value is ever a template.
  private var play: Play {
    Play(
      hosts: hosts, serial: batches, anyErrorIsFatal: stopsAtFailure,
      tasks: [
        Play.Task(ignoresErrors: !stopsAtFailure, ignoresUnreachable: !stopsAtFailure)
      ])
  }

  private struct JobFile: Encodable {
    let name, answers, kept, word: String
    let names, perHost, hosts, begun: [String]
    let deadline: Double?
    let limit, sshConfig: String?
    let stopsAtFailure, saysWhenItRuns: Bool
    let tries: Int?
    let hasOwnConnections: Bool
  }

  private struct Play: Encodable {
    struct Task: Encodable {
      let name = "runbook"
      let action = FleetJob.action
      let tags = "always"
      let runsInCheckMode = false
      let ignoresErrors, ignoresUnreachable: Bool

      enum CodingKeys: String, CodingKey {
        case name, action, tags
        case runsInCheckMode = "check_mode"
        case ignoresErrors = "ignore_errors"
        case ignoresUnreachable = "ignore_unreachable"
      }
    }

    let hosts: [String]
    let gathersFacts = false
    let strategy = "linear"
    let serial: [Int]
    let anyErrorIsFatal: Bool
    let tasks: [Task]

    enum CodingKeys: String, CodingKey {
      case hosts, strategy, serial, tasks
      case gathersFacts = "gather_facts"
      case anyErrorIsFatal = "any_errors_fatal"
    }
  }
}
