#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Users and groups as the system knows them. A call may ask a server; nobody is asked about what one has alone.
enum Account {
  struct User {
    let name: String
    /// The one that the user's files get.
    let group: gid_t
  }

  struct Group {
    let name: String
    let id: gid_t
    let members: [String]
  }

  static func user(_ id: uid_t) -> User? {
    withBuffer { buffer, size in
      var entry = passwd()
      var found: UnsafeMutablePointer<passwd>?
      guard getpwuid_r(id, &entry, buffer, size, &found) == 0, found != nil,
        let name = entry.pw_name
      else { return nil }
      return User(name: String(cString: name), group: entry.pw_gid)
    }
  }

  static func group(_ id: gid_t) -> Group? {
    group { entry, buffer, size, found in getgrgid_r(id, entry, buffer, size, found) }
  }

  static func group(named name: String) -> gid_t? {
    // A number names a group as well, as in chgrp.
    group { entry, buffer, size, found in getgrnam_r(name, entry, buffer, size, found) }?.id
      ?? gid_t(name)
  }

  /// As people know them; the number where they have no name.
  static func name(ofUser id: uid_t) -> String { user(id)?.name ?? "uid \(id)" }
  static func name(ofGroup id: gid_t) -> String { group(id)?.name ?? "gid \(id)" }

  private typealias Entry = UnsafeMutablePointer<group>

  private static func group(
    _ look: (Entry, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<Entry?>) -> Int32
  ) -> Group? {
    withBuffer { buffer, size in
      // The system's type, not this one.
      let entry = Entry.allocate(capacity: 1)
      defer { entry.deallocate() }
      var found: Entry?
      guard look(entry, buffer, size, &found) == 0, let group = found?.pointee,
        let name = group.gr_name
      else { return nil }
      var members: [String] = []
      var next = group.gr_mem
      while let member = next?.pointee {
        members.append(String(cString: member))
        next = next?.successor()
      }
      return Group(name: String(cString: name), id: group.gr_gid, members: members)
    }
  }

  /// Large enough for a group of thousands.
  private static func withBuffer<Result>(
    _ body: (UnsafeMutablePointer<CChar>, Int) -> Result?
  ) -> Result? {
    let size = 1 << 18
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: size)
    defer { buffer.deallocate() }
    return body(buffer, size)
  }
}
