import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What this process was started with.
enum ProcessContext {
  static let environment: [String: String] = {
    var result: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let text = String(cString: pointer)
      if let equals = text.firstIndex(of: "=") {
        result[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      entry += 1
    }
    return result
  }()

  /// The user's own settings, or why they can't be read. `Main` ends a command for that before it does anything.
  static let userSettings = Result { try UserSettings.read(environment: environment) }

  /// Whose files this process believes.
  static let trust = Trust(
    settings: (try? userSettings.get()) ?? UserSettings(),
    folders: TrustedFolders.read(environment: environment), environment: environment)

  /// The path of this program.
  static var executable: String {
    #if os(Linux)
      if let path = realpath("/proc/self/exe", nil) {
        defer { free(path) }
        return String(cString: path)
      }
    #endif
    return CommandLine.arguments.first ?? "runbook"
  }

  /// The mask of new files' modes; reading it means setting it for a moment.
  static var umask: Int {
    #if canImport(Glibc)
      let mask = Glibc.umask(0o077)
      _ = Glibc.umask(mask)
    #elseif canImport(Musl)
      let mask = Musl.umask(0o077)
      _ = Musl.umask(mask)
    #else
      let mask = Darwin.umask(0o077)
      _ = Darwin.umask(mask)
    #endif
    return Int(mask)
  }

  static func setMask(_ mask: Int) {
    #if canImport(Glibc)
      _ = Glibc.umask(mode_t(mask & 0o777))
    #elseif canImport(Musl)
      _ = Musl.umask(mode_t(mask & 0o777))
    #else
      _ = Darwin.umask(mode_t(mask & 0o777))
    #endif
  }

  /// The folder that this process is in.
  static var folder: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// A path as somebody would type it here.
  static func shown(_ path: String) -> String {
    guard let here = folder, path.hasPrefix(here + "/") else { return path }
    return String(path.dropFirst(here.count + 1))
  }

  static var user: String {
    if let entry = getpwuid(getuid()), let name = entry.pointee.pw_name {
      return String(cString: name)
    }
    return environment["USER"] ?? "uid \(getuid())"
  }

  static var machine: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "this machine" }
    let text = String(
      decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.split(separator: ".").first.map(String.init) ?? text
  }
}

extension KnownVaults {
  /// As this process finds them.
  static var here: KnownVaults { KnownVaults(trust: ProcessContext.trust) }
}
