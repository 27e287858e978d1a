import Glibc
import Testing

@testable import Runbook

/// What is passed on the way to a path.
@Suite struct PathWalkTests {
  private let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    try scratch.file("real/deep/file")
    try scratch.folder("ways")
    try #require(symlink("../real/deep", scratch.path("ways/relative")) == 0)
    try #require(symlink(scratch.path("real"), scratch.path("ways/absolute")) == 0)
    try #require(symlink("loop", scratch.path("ways/loop")) == 0)
    try #require(symlink("nowhere", scratch.path("ways/dangling")) == 0)
  }

  private func walk(_ path: String) throws -> (way: [String], end: String?, real: String) {
    let walk = try PathWalk(scratch.path(path))
    let names = walk.way.map { String($0.path.dropFirst(scratch.path.count)) }
    return (
      names.filter { $0.hasPrefix("/") }, walk.end?.path,
      String(walk.realPath.dropFirst(scratch.path.count))
    )
  }

  @Test(arguments: [
    ("real/deep/file", ["/real", "/real/deep"], "/real/deep/file"),
    ("ways/relative/file", ["/ways", "/ways/relative", "/real", "/real/deep"], "/real/deep/file"),
    ("ways/absolute", ["/ways", "/ways/absolute"], "/real"),
    ("real/deep/../../ways", ["/real", "/real/deep", "/real"], "/ways"),
  ])
  func isRealpath(_ path: String, _ way: [String], _ real: String) throws {
    let found = try walk(path)
    #expect(found.real == real && found.end == scratch.path + real)
    #expect(try FilePath.real(scratch.path(path)) == scratch.path + real)
    // A link may begin anew at `/`.
    #expect(way.allSatisfy(found.way.contains), "\(found.way)")
  }

  @Test func whatIsMissing() throws {
    #expect(try walk("real/none").end == nil)
    #expect(try walk("ways/dangling").real == "/ways/nowhere")
    #expect(throws: SystemError.self) { try walk("none/file") }
    #expect(throws: SystemError.self) { try walk("ways/loop") }
    #expect(try PathWalk("/").end?.path == "/")
  }
}
