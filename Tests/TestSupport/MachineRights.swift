#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the tests may do on this machine, tried out: root may do all of it, but not in every container, nor on every
/// file system. A test that needs more is skipped by its name, and never passes untried.
public enum MachineRights {
  /// A small file system of its own.
  public static let canMount = tries("mount -t tmpfs -o size=64k tmpfs . && umount -l \"$PWD\"")

  /// Files that even root can't write.
  public static let canMakeImmutable = tries("touch file && chattr +i file && chattr -i file")

  /// Root can be another user, who can read what the programs of the tests need: Swift's own libraries.
  public static let canBeSomebody = tries(
    """
    library=$(sed -n 's|.* \\(/.*/libswiftCore\\.so\\)$|\\1|p' "/proc/$PPID/maps" | head -n 1)
    [ -n "$library" ] && setpriv --reuid=nobody --regid=nogroup --clear-groups test -r "$library"
    """)

  private static func tries(_ script: String) -> Bool {
    let words =
      "d=$(mktemp -d /tmp/runbook-right-XXXXXX) && cd \"$d\" || exit 1; (\(script)); s=$?; "
      + "cd / && rm -rf \"$d\"; exit $s"
    guard let pipe = popen("exec 2>/dev/null; \(words)", "w") else { return false }
    return pclose(pipe) == 0
  }
}
