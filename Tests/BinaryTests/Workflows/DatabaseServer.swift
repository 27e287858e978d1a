import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A real PostgreSQL with a database `shop`, reached by a socket in a folder of its own.
final class DatabaseServer {
  /// Short: a socket's path has 107 bytes at most.
  private let folder: String

  static let programs =
    (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql"))?
    .compactMap(Int.init).max().map { "/usr/lib/postgresql/\($0)/bin" }
  static let isThere = programs != nil

  init() async throws {
    let programs = try #require(Self.programs)
    folder = "/tmp/rb-pg-\(UUID().uuidString.prefix(8))"
    // It refuses to run as root.
    let run = getuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups" : ""
    try await Shell.run(
      """
      mkdir \(folder)
      [ -z "\(run)" ] || chown postgres \(folder)
      \(run) \(programs)/initdb -D \(folder)/data -A trust -U postgres --no-sync --locale=C -E UTF8
      \(run) \(programs)/pg_ctl -D \(folder)/data -l \(folder)/log -w start \
        -o "-k \(folder) -c listen_addresses= -c fsync=off" >/dev/null
      createdb -h \(folder) -U postgres shop
      """)
    try await query("create table orders (id int primary key, what text)")
    try await query("insert into orders values (1, 'tea'), (2, 'cups')")
  }

  deinit {
    let pid = (try? String(contentsOfFile: "\(folder)/data/postmaster.pid", encoding: .utf8))?
      .split(separator: "\n").first.flatMap { Int32($0) }
    if let pid { kill(pid, SIGQUIT) }
    // It ends within moments, and writes nothing on this signal.
    if let pid { for _ in 0..<500 where kill(pid, 0) == 0 { usleep(10_000) } }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// As `psql --dbname` takes it.
  var connection: String { "host=\(folder) user=postgres dbname=shop" }

  @discardableResult
  func query(_ text: String) async throws -> String {
    try await Shell.run("psql --no-psqlrc -qAt --dbname '\(connection)' --command \"\(text)\"")
  }

  func orders() async throws -> String { try await query("select * from orders order by id") }
}
