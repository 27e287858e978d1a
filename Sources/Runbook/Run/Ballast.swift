import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Room on the disk that is held from the beginning of a run, and given back when it has to undo something: on a
/// disk that the run itself has filled, the rollback's scripts and logs would find no place.
struct Ballast {
  private let path: String

  /// Holds room for the blocks that undo and clean up. Nothing where the plan has none.
  init(path: String, plan: Plan) throws(SystemError) {
    self.path = path
    let size = Self.size(plan)
    // A runner that was killed left its own behind.
    unlink(path)
    guard size > 0 else { return }
    let descriptor = platform_create(path, 0o600)
    guard descriptor >= 0 else { throw SystemError("open", path: path) }
    defer { close(descriptor) }
    let code = platform_reserve(descriptor, size)
    guard code == 0 else { throw SystemError("fallocate", path: path, code: code) }
  }

  func release() { unlink(path) }

  /// A script, a log, a status and a folder a block, each in whole pages.
  private static func size(_ plan: Plan) -> Int64 {
    let blocks = plan.steps.flatMap(\.blocks).filter { $0.role == .rollback || $0.role == .always }
    return blocks.reduce(0) { $0 + Int64($1.code.count / 4096 + 8) * 4096 }
  }
}
