#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// All that the system goes through to come to a path: each folder from `/` on, each link, and what stands at the end.
struct PathWalk {
  struct Step {
    /// No link in it but a last one.
    let path: String
    let status: stat
  }

  /// In the order in which they are passed.
  private(set) var way: [Step] = []
  /// Nil where nothing stands there.
  private(set) var end: Step?
  /// Absolute, links followed, as far as there is something.
  private(set) var realPath = "/"

  private static let mostLinks = 40

  /// - Throws: where it can't be followed; a last part that is missing is no error.
  init(_ path: String) throws(SystemError) {
    var rest = Self.parts(try Self.absolute(path))
    var links = 0
    try add("/")
    while let part = rest.popLast() {
      if part == "." { continue }
      if part == ".." {
        realPath = FilePath.folder(of: realPath)
        try add(realPath)
        continue
      }
      let next = FilePath.join(realPath, part)
      guard let step = try Self.look(next, isLast: rest.isEmpty) else {
        realPath = next
        if let end { way.append(end) }
        end = nil
        return
      }
      guard step.status.st_mode & S_IFMT == S_IFLNK else {
        realPath = next
        try add(step)
        continue
      }
      links += 1
      guard links <= Self.mostLinks, let target = FilePath.linkTarget(next) else {
        throw SystemError("realpath", path: path, code: ELOOP)
      }
      way.append(step)
      if target.hasPrefix("/") {
        realPath = "/"
        try add("/")
      }
      rest += Self.parts(target)
    }
  }

  private mutating func add(_ path: String) throws(SystemError) {
    if let step = try Self.look(path, isLast: false) { try add(step) }
  }

  private mutating func add(_ step: Step) throws(SystemError) {
    if let end { way.append(end) }
    end = step
  }

  private static func look(_ path: String, isLast: Bool) throws(SystemError) -> Step? {
    var status = stat()
    if lstat(path, &status) == 0 { return Step(path: path, status: status) }
    guard isLast, errno == ENOENT else { throw SystemError("open", path: path) }
    return nil
  }

  /// The last part first.
  private static func parts(_ path: String) -> [String] {
    path.split(separator: "/").reversed().map(String.init)
  }

  private static func absolute(_ path: String) throws(SystemError) -> String {
    if path.hasPrefix("/") { return path }
    guard let here = getcwd(nil, 0) else { throw SystemError("find the folder we are in") }
    defer { free(here) }
    return FilePath.join(String(cString: here), path)
  }
}
