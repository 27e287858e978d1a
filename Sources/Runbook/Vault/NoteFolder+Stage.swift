import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension NoteFolder {
  /// What is added to a dot-file's name while it is being written, where files without a name can't be had.
  static let stagingSuffix = "-new"

  /// Writes a new file, durable before it has its name: whoever finds the name finds all the bytes.
  /// - Parameters:
  ///   - original: the file whose mode, owner and extended attributes it gets.
  ///   - shared: where there is none: the file whose readers and writers it gets; nil: 0644 less the umask.
  ///   - isPrivate: where there is neither, nobody else can read it.
  ///   - draft: its name while it is being written, where files without a name can't be had.
  /// - Throws: `EEXIST` where the name is taken; nothing is left in the folder then, nor after any other error.
  func stage(
    _ bytes: [UInt8], as name: String, like original: OpenFile? = nil,
    sharedLike shared: OpenFile? = nil, isPrivate: Bool = false, draft: String? = nil
  ) throws(SystemError) -> FileIdentity {
    let mode: mode_t = original == nil && shared == nil && !isPrivate ? 0o644 : 0o600
    func fill(_ file: OpenFile) throws(SystemError) {
      try write(bytes, to: file)
      if let original {
        try FileMetadata.copy(from: original, to: file)
      } else if let shared {
        try FileMetadata.share(file, like: shared)
      }
      guard calls.sync(file.descriptor) == 0 else { throw SystemError("fsync", path: file.path) }
    }
    if let identity = try stageUnnamed(as: name, mode: mode, fill) { return identity }
    let staging = draft ?? Self.hidden(name) + Self.stagingSuffix
    let flags = O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW
    let descriptor = openat(self.descriptor, staging, flags, mode)
    guard descriptor >= 0 else { throw SystemError("open", path: path(of: staging)) }
    let file = OpenFile(descriptor: descriptor, path: path(of: name))
    do {
      try fill(file)
      try rename(staging, toNew: name)
    } catch {
      unlinkat(self.descriptor, staging, 0)
      throw error
    }
    return try file.identity()
  }

  /// nil where the file system has no files without names.
  private func stageUnnamed(
    as name: String, mode: mode_t, _ fill: (OpenFile) throws(SystemError) -> Void
  ) throws(SystemError) -> FileIdentity? {
    let descriptor = calls.openUnnamed(path, mode)
    guard descriptor >= 0 else { return nil }
    let file = OpenFile(descriptor: descriptor, path: path(of: name))
    try fill(file)
    if platform_link_unnamed(descriptor, self.descriptor, name) == 0 { return try file.identity() }
    // Without /proc it has no way to a name.
    if errno == ENOENT { return nil }
    throw SystemError("link", path: path(of: name))
  }

  private func write(_ bytes: [UInt8], to file: OpenFile) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      let wrote = bytes.withUnsafeBytes { buffer in
        calls.write(file.descriptor, UnsafeRawBufferPointer(rebasing: buffer[done...]))
      }
      if wrote < 0, errno == EINTR { continue }
      guard wrote > 0 else {
        throw SystemError("write", path: file.path, code: wrote == 0 ? ENOSPC : errno)
      }
      done += wrote
    }
  }

  private static func hidden(_ name: String) -> String { name.hasPrefix(".") ? name : "." + name }
}
