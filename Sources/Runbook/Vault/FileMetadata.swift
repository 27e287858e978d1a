import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Mode, owner and extended attributes (access lists are among them) of a file.
enum FileMetadata {
  /// These are fingerprints of the content, made by the kernel itself.
  private static let ofContent: Set<String> = ["security.ima", "security.evm"]

  /// Makes them those of `original`. What can't be kept is an error: a note must not become readable to others because a
  /// box was ticked, nor change hands, unless its group may do all that its owner may.
  static func copy(from original: OpenFile, to file: OpenFile) throws(SystemError) {
    let wanted = try original.status()
    let present = try file.status()
    if wanted.st_uid != present.st_uid || wanted.st_gid != present.st_gid {
      guard
        fchown(file.descriptor, wanted.st_uid, wanted.st_gid) == 0
          || isShared(wanted) && giveGroup(wanted, present, file)
      else {
        throw SystemError("chown", path: original.path)
      }
    }
    // After the owner (changing that clears bits of the mode), before the attributes (an access list has
    // the mode's group bits in it).
    guard fchmod(file.descriptor, wanted.st_mode & 0o7777) == 0 else {
      throw SystemError("chmod", path: original.path)
    }
    try copyAttributes(from: original, to: file)
  }

  /// Lets those read and write a new file who may read and write `original`; who it belongs to is asked of root alone.
  static func share(_ file: OpenFile, like original: OpenFile) throws(SystemError) {
    try FileAccess(try original.status()).give(to: file)
    if let list = try value(of: AccessList.attribute, in: original) {
      _ = list.withUnsafeBytes { buffer in
        platform_attribute_set(
          file.descriptor, AccessList.attribute, buffer.baseAddress, buffer.count)
      }
    }
  }

  private static func isShared(_ status: stat) -> Bool { status.st_mode & 0o060 == 0o060 }

  private static func giveGroup(_ wanted: stat, _ present: stat, _ file: OpenFile) -> Bool {
    wanted.st_gid == present.st_gid || fchown(file.descriptor, uid_t.max, wanted.st_gid) == 0
  }

  private static func copyAttributes(
    from original: OpenFile, to file: OpenFile
  ) throws(SystemError) {
    let wanted = Set(try names(of: original)).subtracting(ofContent)
    // A folder's default access list came with the new file.
    for name in try names(of: file) where !wanted.contains(name) && !ofContent.contains(name) {
      // What can't be removed was put there by the system, for any file.
      _ = platform_attribute_remove(file.descriptor, name)
    }
    for name in wanted.sorted() {
      guard let value = try value(of: name, in: original) else { continue }
      if let present = try? self.value(of: name, in: file), present == value { continue }
      let result = value.withUnsafeBytes { buffer in
        platform_attribute_set(file.descriptor, name, buffer.baseAddress, buffer.count)
      }
      guard result == 0 else {
        throw SystemError("setxattr", path: original.path)
      }
    }
  }

  private static func names(of file: OpenFile) throws(SystemError) -> [String] {
    while true {
      let size = platform_attribute_names(file.descriptor, nil, 0)
      if size == 0 || (size < 0 && (errno == ENOTSUP || errno == ENOSYS)) { return [] }
      guard size > 0 else { throw SystemError("listxattr", path: file.path) }
      var names = [CChar](repeating: 0, count: size)
      let got = platform_attribute_names(file.descriptor, &names, size)
      if got < 0, errno == ERANGE { continue }
      guard got >= 0 else { throw SystemError("listxattr", path: file.path) }
      return names.prefix(got).split(separator: 0).map {
        String(decoding: $0.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      }
    }
  }

  /// nil where it went meanwhile.
  private static func value(of name: String, in file: OpenFile) throws(SystemError) -> [UInt8]? {
    while true {
      let size = platform_attribute_get(file.descriptor, name, nil, 0)
      var value = [UInt8](repeating: 0, count: max(size, 0) + 1)
      let got = platform_attribute_get(file.descriptor, name, &value, value.count)
      if got >= 0 { return Array(value.prefix(got)) }
      if errno == ERANGE { continue }
      if isMissing(errno) { return nil }
      throw SystemError("getxattr", path: file.path)
    }
  }

  /// A file system without attributes has none.
  private static func isMissing(_ code: Int32) -> Bool {
    #if canImport(Darwin)
      code == ENOATTR || code == ENOTSUP
    #else
      code == ENODATA || code == ENOTSUP
    #endif
  }
}
