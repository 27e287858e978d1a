import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Does the same to many things, on all cores.
public enum AllCores {
  /// The results in the order of the items. `body` runs on several threads at once.
  /// - Parameter portion: so many at a time; the cores then don't wait for each other's lock.
  public static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], portion: Int = 8, _ body: @escaping @Sendable (Item) -> Result
  ) -> [Result] {
    let work = Work(items, portion, body)
    let helpers = min(cores, items.count / portion) - 1
    let threads = (0..<max(0, helpers)).compactMap { _ in SystemThread { work.run() } }
    work.run()
    for thread in threads { thread.join() }
    return work.results
  }

  private static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  private final class Work<Item: Sendable, Result: Sendable>: Sendable {
    private let items: [Item]
    private let portion: Int
    private let body: @Sendable (Item) -> Result
    private let next = Atomic(0)
    private let done = Mutex<[Int: [Result]]>([:])

    init(_ items: [Item], _ portion: Int, _ body: @escaping @Sendable (Item) -> Result) {
      self.items = items
      self.portion = portion
      self.body = body
    }

    /// Takes portions until there are none.
    func run() {
      while true {
        let start = next.wrappingAdd(portion, ordering: .relaxed).oldValue
        guard start < items.count else { return }
        let results = items[start..<min(items.count, start + portion)].map(body)
        done.withLock { $0[start] = results }
      }
    }

    var results: [Result] {
      done.withLock { done in done.sorted { $0.key < $1.key }.flatMap(\.value) }
    }
  }
}
