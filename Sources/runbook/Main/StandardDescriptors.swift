#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard input, output and error, which whoever started this program may have closed (`>&-`). The next file
/// that is opened would take their place, and what is printed would go into it: into the journal, or the note.
enum StandardDescriptors {
  static func fill() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free one, so this one: those below it are taken by now.
      _ = open("/dev/null", O_RDWR)
    }
  }
}
