#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file or a folder that another program reads, and that decides what it does: what it is named by was judged.
public struct TrustedPath: Sendable, Equatable, Codable {
  /// Absolute.
  public let text: String

  fileprivate init(_ text: String) { self.text = text }

  /// One that this program made itself.
  init(own text: String) { self.text = text }

  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension Trust {
  /// More files in it are no configuration.
  private static let mostFiles = 10_000

  /// A file, or a folder with all that is in it. What is not there is let pass: its reader says so.
  ///
  /// - Parameters:
  ///   - name: what it is, `inventory`.
  ///   - neighbours: names beside it that its reader takes as well.
  /// - Throws: `VaultProblem` where somebody else can write there, or it is a pipe or a device.
  public func admit(
    _ path: String, as name: String, with neighbours: [String] = []
  ) throws(VaultProblem) -> TrustedPath {
    do {
      let folder = FilePath.folder(of: path)
      var open = [path] + neighbours.map { FilePath.join(folder, $0) }
      var count = 0
      while let next = open.popLast() {
        count += 1
        guard count <= Self.mostFiles else {
          throw VaultProblem("the \(name) \(path) has too many files", fix: "name one file of it")
        }
        open += try admitOne(next, as: "the \(name) \(next)")
      }
    } catch let problem as VaultProblem {
      throw problem
    } catch {
      throw VaultProblem("the \(name) can't be read: \(error)")
    }
    return TrustedPath(path)
  }

  /// - Returns: what lies in it, where it is a folder.
  private func admitOne(_ path: String, as what: String) throws -> [String] {
    let real = try judge(path, as: what)
    var status = stat()
    guard stat(real, &status) == 0 else { return [] }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return []
    case S_IFDIR:
      guard !isTrusted(real), let stream = opendir(real) else { return [] }
      defer { closedir(stream) }
      return Vault.entries(of: stream).map(\.name).filter { $0 != "." && $0 != ".." }
        .map { FilePath.join(real, $0) }
    default:
      throw VaultProblem("\(what) is a pipe or a device", fix: "name a file")
    }
  }
}
