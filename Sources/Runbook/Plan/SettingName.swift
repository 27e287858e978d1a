/// The front matter keys that are ours. Flat, since Obsidian's property editor knows no nesting.
public enum SettingName: String, Sendable, CaseIterable {
  case timeout, idle, grace
  case onTimeout = "on_timeout"
  case onError = "on_error"
  case shell, strict, cwd, host
  case sshConfig = "ssh_config"
  case inventory, params, env, secrets, steps, notify
  case logLines = "log_lines"
  case logLimit = "log_limit"
  case lock
  case lockHost = "lock_host"
  case record

  /// A hyphen is as good as an underscore; letters' case counts.
  init?(written key: String) {
    self.init(rawValue: String(key.map { $0 == "-" ? "_" : $0 }))
  }
}
