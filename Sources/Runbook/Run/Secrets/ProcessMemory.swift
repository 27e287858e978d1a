import CPlatform

/// What this process has in its memory: secrets, among others.
public enum ProcessMemory {
  /// From now on it is in no core dump, and nobody but root looks into it. What this process starts is as it would be.
  public static func keepPrivate() { platform_keep_memory_private() }
}
