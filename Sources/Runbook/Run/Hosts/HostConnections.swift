import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The connections of a run to its hosts: one each, opened before the first step, shared by all of its blocks, and gone
/// with the run. The lock on a host, too, lives as long as its connection.
public final class HostConnections {
  private let run: RunID
  private let needs: [HostNeed]
  private let configFile: TrustedPath?
  private let environment: [String: String]
  private let holder: String
  private let sockets: String
  private var held: [String: HostLink] = [:]

  /// Nil where the plan needs none.
  ///
  /// - Parameters:
  ///   - files: those of this plan.
  ///   - holder: who and since when, for whoever finds the lock taken.
  public init?(
    _ plan: Plan, run: RunID, note: NoteFile, files: HostFiles, environment: [String: String],
    holder: String
  ) throws(SystemError) {
    self.run = run
    needs = HostNeed.all(
      of: plan, noteTitle: NoteName.title(of: FilePath.name(of: note.realPath)))
    guard !needs.isEmpty else { return nil }
    configFile = files.sshConfig
    self.environment = environment
    self.holder = holder
    sockets = try HostFolder.make(environment: environment)
  }

  var client: SSHClient {
    // Time of day and the drawn part: short, and no other run's on this machine. ssh puts a digest of whom it connects to
    // in place of %C, so whoever names this path shares the connection.
    SSHClient(configFile: configFile, socket: "\(sockets)/\(run.text.suffix(11))-%C")
  }

  public struct Problem {
    public let host: String
    public let fault: HostFault
    /// The program that is missing there.
    public var program: String?
  }

  /// Connects to all of them at once. What can't be used is told; nothing has run then.
  public func open() -> [Problem] { open(needs) }

  private func open(_ needs: [HostNeed]) -> [Problem] {
    var problems: [Problem] = []
    var opening: [HostOpening] = []
    for need in needs {
      let program = HostProgram.hold(
        run: run.text, word: HostLink.drawWord(), programs: need.programs, lock: need.lock,
        holder: holder)
      do throws(SystemError) {
        let link = try HostLink(
          client.words(host: need.host, .opens), program, environment: environment,
          hasOwnSession: true)
        opening.append(
          HostOpening(host: need.host, ssh: client.typed(need.host), link: link))
      } catch {
        let fault = HostFault(
          .other, "ssh can't be started: \(error)", fix: "install the ssh client")
        problems.append(Problem(host: need.host, fault: fault))
      }
    }
    HostOpening.finish(opening)
    for opened in opening {
      problems += opened.problems
      if opened.isReady { held[opened.host] = opened.link }
    }
    return problems
  }

  /// Before a block starts. A connection that was lost meanwhile is made again: the lock fell with it, and nothing may go
  /// forward that somebody else's run may be working on.
  func admit(_ host: String?, isForward: Bool) throws(HostFault) {
    for need in needs where need.lock != nil || need.host == host {
      if let link = held[need.host] {
        _ = link.pump()
        if !link.isOver { continue }
      }
      held[need.host] = nil
      let problems = open([need])
      // Without a lock to be held, the block's own connection may still come about.
      if isForward, need.lock != nil, let problem = problems.first { throw problem.fault }
    }
  }

  /// - Parameter cleans: the run is over, and what it left on the hosts goes.
  public func close(cleans: Bool) {
    for (host, link) in held {
      if cleans { clean(link) }
      link.closeInput()
      if cleans {
        // Else it ends by itself, a minute after its last user: steps that run on share it.
        _ = Command.output(
          of: "ssh", Array(client.closingWords(host: host).dropFirst()),
          environment: environment, within: 2)
      }
    }
    held = [:]
  }

  private func clean(_ link: HostLink) {
    let end = HostFollower.now + Double(SSHClient.connectTimeout)
    link.send("clean")
    while !link.isOver, HostFollower.now < end {
      if link.pump().news.contains(where: { $0.first == "cleaned" }) { return }
      link.wait(atMost: 0.1)
    }
  }
}
