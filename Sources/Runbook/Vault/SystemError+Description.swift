extension SystemError: CustomStringConvertible {
  /// `can't open “/etc/x”: Permission denied`
  public var description: String {
    guard let path else { return "can't \(deed): \(reason)" }
    return "can't \(deed) “\(path)”: \(reason)"
  }

  private var deed: String { Self.deeds[call] ?? call }

  private static let deeds = [
    "open": "open", "read": "read", "write": "write", "close": "close", "stat": "look at",
    "lstat": "look at", "fstat": "look at", "mkdir": "make the folder", "mkfifo": "make the pipe",
    "rename": "rename", "link": "link", "unlink": "remove", "rmdir": "remove the folder",
    "fsync": "bring to the disk", "fdatasync": "bring to the disk",
    "fallocate": "reserve room on the disk for", "ftruncate": "cut", "lock": "lock",
    "flock": "lock", "readlink": "follow", "realpath": "find", "opendir": "list",
    "readdir": "list", "chmod": "set the permissions of", "chown": "set the owner of",
    "chdir": "go into the folder", "exec": "start", "posix_spawn": "start", "fork": "start",
    "renameat2": "swap", "listxattr": "read the attributes of",
    "getxattr": "read the attributes of", "setxattr": "keep the attributes of",
    "pipe": "make a pipe", "setsid": "make a session", "kill": "signal",
  ]
}
