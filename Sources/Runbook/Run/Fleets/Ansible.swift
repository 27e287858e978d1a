/// How the system's Ansible is called: a value, so that what is run can be seen without running it.
///
/// Who the hosts are, how they are reached and as whom is Ansible's, by the user's inventory and configuration. What would
/// ask somebody, or change what is run, is set.
public struct Ansible: Sendable, Codable, Equatable {
  public var inventory: TrustedPath
  /// The ssh configuration that the note names.
  public var sshConfig: TrustedPath?

  static let program = "ansible"
  static let playbook = "ansible-playbook"

  /// The command line that lists the hosts of a pattern.
  ///
  /// - Parameter log: the file that gets them; one beside it gets the complaints.
  func listing(_ pattern: String, log: String) -> [String] {
    here([Self.program, pattern, "-i", inventory.text, "--list-hosts"], log)
  }

  func playing(_ book: String, forks: Int?, log: String) -> [String] {
    here(
      [Self.playbook, "-i", inventory.text] + (forks.map { ["-f", String($0)] } ?? []) + [book], log
    )
  }

  /// An `ansible.cfg` beside the inventory counts, as where a person calls Ansible there.
  private func here(_ words: [String], _ log: String) -> [String] {
    let text = "cd \"$1\" && shift && exec \"$@\" </dev/null >\"$0\" 2>\"$0.errors\""
    return ["/bin/sh", "-c", text, log, FilePath.folder(of: inventory.text)] + words
  }

  /// The errors of a call, in a line; nil where it had none.
  static func complaint(_ log: String) -> String? {
    let lines = [log, log + ".errors"].flatMap { path in
      PlainText.lines(of: (try? WholeFile.read(path, from: -8192)) ?? [])
    }.map(\.trimmingSpaces).filter { !$0.isEmpty }
    let error = lines.first { $0.hasPrefix("ERROR!") || $0.hasPrefix("[ERROR]") } ?? lines.last
    return error.map { line in
      line.replacing("ERROR! ", with: "").replacing("[ERROR]: ", with: "")
    }
  }

  /// - Parameter job: the folder of what is to be done; nil for a listing.
  func environment(_ base: [String: String], job: String?) -> [String: String] {
    var result = base.merging(Self.settings) { _, own in own }
    if let job {
      result["RUNBOOK_FLEET"] = job
      result["ANSIBLE_ACTION_PLUGINS"] = job
      result["ANSIBLE_CALLBACK_PLUGINS"] = job
      result["ANSIBLE_STDOUT_CALLBACK"] = FleetJob.callback
      // Others might write down what they are handed.
      result["ANSIBLE_CALLBACKS_ENABLED"] = FleetJob.callback
      result["ANSIBLE_CALLBACK_WHITELIST"] = FleetJob.callback
    }
    return result
  }

  private static let settings = [
    // It refuses to run with another encoding.
    "LC_ALL": "C.UTF-8",
    "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "true",
    "ANSIBLE_INVENTORY_UNPARSED_FAILED": "true",
    // A name that is nothing in the inventory must not be passed over.
    "ANSIBLE_HOST_PATTERN_MISMATCH": "error",
    "ANSIBLE_NOCOLOR": "1", "ANSIBLE_FORCE_COLOR": "0", "ANSIBLE_NOCOWS": "1",
    "ANSIBLE_DEPRECATION_WARNINGS": "0", "ANSIBLE_LOCALHOST_WARNING": "0",
    "ANSIBLE_RETRY_FILES_ENABLED": "0", "ANSIBLE_VERBOSITY": "0", "ANSIBLE_LOG_PATH": "/dev/null",
    "ANSIBLE_ENABLE_TASK_DEBUGGER": "0", "ANSIBLE_STRATEGY": "linear",
    "ANSIBLE_NO_TARGET_SYSLOG": "1",
    "SSH_ASKPASS_REQUIRE": "never", "PYTHONDONTWRITEBYTECODE": "1",
  ]
}
