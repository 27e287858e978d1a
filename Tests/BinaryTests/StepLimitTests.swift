import Runbook
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Full disks, floods of output, and processes that we have no right to kill.
@Suite(.paced) struct StepLimitTests {
  let scratch: StepScratch
  init() throws { scratch = try StepScratch() }

  /// Whoever gives a silent block more time must not have it stopped for the silence before.
  @Test func aNewLimitRestartsTheSilence() async throws {
    let handle = try scratch.launch("sleep 5; echo up") { $0.idle = .seconds(3) }
    try handle.openGate()
    try await scratch.wait {
      handle.setIdle(in: .seconds(3))
      return handle.status() != .running
    }
    let status = try await scratch.end(of: handle)
    #expect(status.stop == nil && status.end == .exited(0), "\(status)")
  }

  @Test func aFloodOfOutputCostsTheSupervisorNothing() async throws {
    let handle = try scratch.launch(
      "head -c 200M /dev/zero; grep VmHWM /proc/$PPID/status >&2; exit 3"
    ) { $0.capturesOutput = true }
    try handle.openGate()
    #expect(try await scratch.end(of: handle).end == .exited(3))
    var about = stat()
    #expect(stat(handle.folder.output, &about) == 0 && about.st_size == 200 << 20)
    let peak = scratch.text(handle.folder.log).split(separator: " ").compactMap { Int($0) }
    try #require(peak.count == 1)
    #expect(peak[0] < 4096, "kilobytes of peak memory")
  }

  #if os(Linux)
    @Test(.enabled(if: MachineRights.canMount, "no file system may be mounted here"))
    func aFullDiskLosesNoStatus() async throws {
      let disk = scratch.path + "/disk"
      mkdir(disk, 0o700)
      try #require(mount("tmpfs", disk, "tmpfs", 0, "size=256k") == 0)
      defer { umount2(disk, Int32(MNT_DETACH)) }
      let folder = StepFolder(path: disk + "/step")
      // The disk is full from before the first word of output on, and stays so.
      try folder.create(script: Array("cat /dev/zero > \(disk)/fill; echo lost; exit 3".utf8))
      let launch = StepLaunch(
        folder: folder, program: "bash", arguments: [folder.script],
        environment: ["PATH": "/usr/bin:/bin"], workingDirectory: "/")
      let handle = try scratch.start(launch)
      try handle.openGate()
      #expect(try await scratch.end(of: handle).end == .exited(3))
      #expect(!scratch.text(folder.log).contains("lost"))
    }

    @Test(.enabled(if: MachineRights.canMount, "no file system may be mounted here"))
    func aDiskThatIsFullBeforeIsAnErrorAndNothingRuns() throws {
      let disk = scratch.path + "/disk"
      mkdir(disk, 0o700)
      try #require(mount("tmpfs", disk, "tmpfs", 0, "size=64k") == 0)
      defer { umount2(disk, Int32(MNT_DETACH)) }
      let folder = StepFolder(path: disk + "/step")
      try folder.create(script: Array("touch \(scratch.path)/ran".utf8))
      let fill = open(disk + "/fill", O_WRONLY | O_CREAT, 0o600)
      let zeros = [UInt8](repeating: 0, count: 4096)
      while write(fill, zeros, zeros.count) > 0 {}
      close(fill)
      let launch = StepLaunch(
        folder: folder, program: "bash", arguments: [folder.script],
        environment: ["PATH": "/usr/bin:/bin"], workingDirectory: "/")
      let error = #expect(throws: SystemError.self) {
        try scratch.start(launch)
      }
      #expect(error == SystemError("fallocate", path: folder.status, code: ENOSPC))
      #expect(access(scratch.path + "/ran", F_OK) != 0)
    }

    /// The supervisor and its block run as `nobody`; the block leaves a process of root's behind.
    @Test(.enabled(if: getuid() == 0, "needs root, to make what nobody can kill"))
    func whatCannotBeKilledIsNamed() async throws {
      chmod(scratch.path, 0o755)
      let supervisor = scratch.path + "/as-nobody"
      let copy = scratch.path + "/runbook-step"
      let drop = "exec setpriv --reuid=65534 --regid=65534 --clear-groups \(copy) \"$@\""
      let script = """
        cp /bin/bash \(scratch.path)/root-bash && chmod 4755 \(scratch.path)/root-bash
        cp \(scratch.supervisor) \(copy)
        printf '%s\\n' '#!/bin/sh' '\(drop)' > \(supervisor) && chmod 755 \(supervisor)
        """
      try #require(try await scratch.run(script).status.end == .exited(0))
      var launch = try scratch.block(
        "./root-bash -p -c 'exec setpriv --reuid=0 sleep 300' & sleep 300 & echo up; sleep 300")
      launch.deadline = nil
      for path in [launch.folder.path, launch.folder.script, launch.folder.control] {
        chown(path, 65534, 65534)
      }
      let handle = try scratch.start(launch, supervisor: supervisor)
      try handle.openGate()
      // Once what nobody can kill is there.
      try await scratch.wait {
        scratch.living().count { ProcessTable.commandLine(of: $0) == "sleep 300" } == 3
      }
      #expect(handle.setDeadline(in: .milliseconds(100)))
      let status = try await scratch.end(of: handle)
      #expect(status.stop == .deadline && status.end == .signalled(SIGTERM))
      #expect(status.survivors.map(\.name) == ["sleep"])
      #expect(status.survivors.map(\.pid) == scratch.living())
    }
  #endif
}
