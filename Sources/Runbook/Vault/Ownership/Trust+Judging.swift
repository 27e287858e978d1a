#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Trust {
  /// Goes through a path as the system does, and refuses it where somebody else could decide what stands there.
  ///
  /// - Parameters:
  ///   - what: as people call it, `the inventory /srv/hosts`.
  ///   - root: the folder that is to be trusted where this one is not believed; nil: that of the path.
  ///   - fix: what to do instead of trusting it.
  /// - Returns: the real path.
  /// - Throws: `VaultProblem`; `SystemError` where it can't be followed. What is not there is believed.
  @discardableResult
  func judge(_ path: String, as what: String, in root: String? = nil, fix: String? = nil)
    throws -> String
  {
    let walk = try PathWalk(path)
    guard !isTrusted(walk.realPath) else { return walk.realPath }
    let steps = walk.way.map { ($0, true) } + (walk.end.map { [($0, false)] } ?? [])
    for (step, isWay) in steps {
      guard let fault = fault(of: step.status, step.path, isWay: isWay) else { continue }
      throw problem(fault, of: step, what, fix ?? Self.fix(root ?? folder(of: walk)))
    }
    return walk.realPath
  }

  private func folder(of walk: PathWalk) -> String {
    let isFolder = walk.end.map { $0.status.st_mode & S_IFMT == S_IFDIR } ?? false
    return isFolder ? walk.realPath : FilePath.folder(of: walk.realPath)
  }

  /// By its real path.
  func isTrusted(_ path: String) -> Bool {
    folders.contains { path == $0 || FilePath.relative(path, to: $0) != nil }
  }

  func problem(
    _ fault: Fault, of step: PathWalk.Step, _ what: String, _ fix: String
  ) -> VaultProblem {
    let whose = what.hasSuffix(step.path) ? "it" : step.path
    return VaultProblem(
      "\(what) is not used, since what it says would run as you: \(whose) \(Self.words(fault))",
      fix: fix)
  }

  static func fix(_ folder: String) -> String {
    "look at it, and if you trust whoever can write there: runbook trust \(folder)"
  }

  static func words(_ fault: Fault) -> String {
    switch fault {
    case .owner(let user): "belongs to \(Account.name(ofUser: user))"
    case .group(let group): "can be written by the group \(Account.name(ofGroup: group))"
    case .everybody: "can be written by everybody"
    case .accessList: "can be written by others, as its access list says (getfacl)"
    }
  }
}
