/// The file `.runbook.yml` at a vault's root: settings for all its notes, where they say nothing themselves.
public struct VaultDefaults: Sendable, Equatable, Codable {
  public static let fileName = ".runbook.yml"

  /// As people are told of it.
  public let file: String
  public let bytes: [UInt8]
  /// The vault's root as seen from the note's folder: `..`, or `.`; paths in the file are relative to it.
  public let rootFromNote: String

  public init(file: TrustedFile, rootFromNote: String) {
    self.file = file.path
    bytes = file.bytes
    self.rootFromNote = rootFromNote
  }

  func settings() throws(NoteProblem) -> SettingsFile { try SettingsFile(bytes) }

  /// A path in the file as the note would write it.
  func fromNote(_ path: String) -> String {
    guard !path.isEmpty, !path.hasPrefix("/"), !path.hasPrefix("~"), !path.hasPrefix("$"),
      rootFromNote != "."
    else { return path }
    return rootFromNote + "/" + path
  }
}
