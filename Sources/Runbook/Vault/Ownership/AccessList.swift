import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A POSIX access list of a file. With one, the mode's group bits only say what its entries may have at most.
struct AccessList {
  static let attribute = "system.posix_acl_access"

  private enum Tag {
    static let user: UInt16 = 0x02
    static let owningGroup: UInt16 = 0x04
    static let group: UInt16 = 0x08
  }

  private struct Entry {
    let tag: UInt16
    let mayWrite: Bool
    let id: UInt32
  }

  private let entries: [Entry]

  /// Nil where the file has none, and its mode says all.
  static func of(_ path: String) -> AccessList? {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = platform_attribute_get(descriptor, attribute, &bytes, bytes.count)
    return count > 0 ? AccessList(Array(bytes.prefix(count))) : nil
  }

  /// The kernel's form: a version of four bytes, then eight an entry, tag, rights and id. Nil for another.
  init?(_ bytes: [UInt8]) {
    func number(_ start: Int, _ count: Int) -> UInt32 {
      (0..<count).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
    }
    guard bytes.count >= 4, bytes.count % 8 == 4, number(0, 4) == 2 else { return nil }
    entries = stride(from: 4, to: bytes.count, by: 8).map { start in
      Entry(
        tag: UInt16(number(start, 2)), mayWrite: number(start + 2, 2) & 2 != 0,
        id: number(start + 4, 4))
    }
  }

  /// Whether it lets anybody write but these. The owning group is judged as any group: its right is in the list.
  func letsOthersWrite(owners: Set<uid_t>, isOwn: (gid_t) -> Bool, group: gid_t) -> Bool {
    entries.contains { entry in
      guard entry.mayWrite else { return false }
      return switch entry.tag {
      case Tag.user: !owners.contains(entry.id)
      case Tag.group: !isOwn(entry.id)
      case Tag.owningGroup: !isOwn(group)
      default: false
      }
    }
  }
}
