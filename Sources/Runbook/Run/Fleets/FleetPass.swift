import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ansible at work on one job.
final class FleetPass {
  let job: FleetJob
  private let process: PipedProcess

  /// Makes the job's folder, and begins.
  init(_ job: FleetJob, _ ansible: Ansible, forks: Int?, environment: [String: String]) throws {
    self.job = job
    for path in [job.folder, job.answers.folder] {
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
        throw SystemError("mkdir", path: path)
      }
    }
    try job.write(ansible)
    // A session of its own: neither ssh nor Ansible may find a terminal to ask in.
    process = try PipedProcess(
      ansible.playing(job.book, forks: forks, log: job.log),
      environment: ansible.environment(environment, job: job.folder), hasOwnSession: true)
  }

  deinit { end() }

  var isOver: Bool { process.hasEnded }

  /// At once. What a host does it goes on to do.
  func end() {
    try? WholeFile.write([], to: job.over, mode: 0o600)
    process.killSession()
  }

  /// Until it has ended, at most so many seconds; then it is ended.
  func finish(within seconds: Double) {
    process.finish(within: seconds)
    end()
  }

  /// What Ansible said of a job that it did not get done.
  var complaint: String? { Ansible.complaint(job.log) }
}
