#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folders that the user trusts, whoever can write there: `trusted` in the state folder. A vault can't name itself.
public struct TrustedFolders {
  private let path: String
  /// Real paths, sorted.
  public private(set) var folders: [String]

  /// Makes nothing; without a state folder, or without the file, there are none.
  public static func read(environment: [String: String]) -> [String] {
    guard let path = StateFolder.trusted(environment: environment) else { return [] }
    return (try? TrustedFolders(path: path, environment: environment).folders) ?? []
  }

  public init(in state: StateFolder, environment: [String: String]) throws {
    try self.init(path: state.trusted, environment: environment)
  }

  private init(path: String, environment: [String: String]) throws {
    self.path = path
    do {
      let bytes = try Trust(environment: environment).read(path, fix: "chmod go-w \(path)").bytes
      folders = JSONText.decode([String].self, bytes) ?? []
    } catch let error as SystemError where error.code == ENOENT || error.code == ENOTDIR {
      folders = []
    }
  }

  /// - Returns: the folder's real path.
  /// - Throws: `VaultProblem` for what is no folder, or one that is for all; `SystemError`.
  public mutating func add(_ folder: String) throws -> String {
    let real = try FilePath.real(folder)
    var status = stat()
    guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw VaultProblem("\(folder) is no folder", fix: "name the folder that a vault is in")
    }
    guard status.st_mode & (S_ISVTX | S_IWOTH) != S_ISVTX | S_IWOTH else {
      throw VaultProblem(
        "\(folder) is a folder for all users of this machine, and nothing there can be trusted",
        fix: "name the folder in it that you mean")
    }
    guard real != "/" else {
      throw VaultProblem(
        "that would trust all that there is", fix: "name the folder of the vault")
    }
    try write(Set(folders).union([real]))
    return real
  }

  /// - Returns: whether it was trusted. It may be gone by now.
  public mutating func remove(_ folder: String) throws -> Bool {
    let real = (try? FilePath.real(folder)) ?? folder
    guard folders.contains(real) else { return false }
    try write(Set(folders).subtracting([real]))
    return true
  }

  private mutating func write(_ new: Set<String>) throws {
    folders = new.sorted()
    let text = try JSONText.encode(folders)
    try WholeFile.replace(path, with: Array((text + "\n").utf8), mode: 0o600)
  }
}
