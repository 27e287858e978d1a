#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How a run reaches groups of hosts.
public final class FleetAccess {
  public let ansible: Ansible
  private let run: RunID
  private let plan: Plan
  private let environment: [String: String]
  private var known: [String: [String]] = [:]

  /// How long Ansible may take to read an inventory, in seconds; one can be a program.
  private static let patience: Double = 120

  /// Nil where the plan needs none.
  public init?(_ plan: Plan, run: RunID, files: HostFiles, environment: [String: String]) {
    guard let inventory = files.inventory else { return nil }
    ansible = Ansible(inventory: inventory, sshConfig: files.sshConfig)
    self.run = run
    self.plan = plan
    self.environment = environment
  }

  // MARK: Who they are

  /// In the order of the inventory. They stay who they are for as long as this process carries the run.
  func hosts(_ pattern: String) throws(HostFault) -> [String] {
    if let hosts = known[pattern] { return hosts }
    let hosts = try list(pattern)
    known[pattern] = hosts
    return hosts
  }

  private func list(_ pattern: String) throws(HostFault) -> [String] {
    let output: [String]
    do {
      let folder = try makeFolder()
      defer { try? RunFolder(path: folder).remove() }
      let log = folder + "/hosts"
      // A session of its own: it must not find a terminal to ask for a password in.
      let process = try PipedProcess(
        ansible.listing(pattern, log: log),
        environment: ansible.environment(environment, job: nil), hasOwnSession: true)
      let isOver = process.finish(within: Self.patience)
      guard isOver, process.exitStatus == 0 else {
        if Ansible.complaint(log)?.contains("Could not match") == true { throw unknown(pattern) }
        throw HostFault(
          .configuration,
          isOver
            ? Ansible.complaint(log) ?? "Ansible could not read \(ansible.inventory.text)"
            : "the inventory \(ansible.inventory.text) was not read within \(Int(Self.patience)) s",
          fix: "see what `ansible-inventory -i \(ansible.inventory.text) --list` says")
      }
      output = PlainText.lines(of: try WholeFile.read(log))
    } catch let fault as HostFault {
      throw fault
    } catch {
      throw HostFault(.other, "Ansible can't be started: \(error)", fix: "install ansible-core")
    }
    let hosts = output.filter { $0.hasPrefix("    ") }.map(\.trimmingSpaces)
    guard !hosts.isEmpty else { throw unknown(pattern) }
    return hosts
  }

  private func unknown(_ pattern: String) -> HostFault {
    HostFault(
      .unknownName, "no host of the inventory fits \(pattern)",
      fix: "see what there is: `ansible-inventory -i \(ansible.inventory.text) --graph`")
  }

  // MARK: Before the run

  public struct Problem {
    public let pattern: String
    public let fault: HostFault
    /// The program that is missing there.
    public var program: String?
  }

  /// Looks at each host that a step may run on. What can't be used is told; nothing has run then.
  public func open() -> [Problem] {
    if let fault = missing, let block = plan.fleetBlocks.first {
      return [Problem(pattern: block.options.hosts ?? "", fault: fault)]
    }
    var problems: [Problem] = []
    var patterns: [String: String] = [:]
    var programs: [String] = []
    for block in plan.fleetBlocks {
      guard let pattern = block.options.hosts else { continue }
      let program = block.interpreter.program
      if !programs.contains(program) { programs.append(program) }
      guard !problems.contains(where: { $0.pattern == pattern }) else { continue }
      do throws(HostFault) {
        for host in try hosts(pattern) where patterns[host] == nil { patterns[host] = pattern }
      } catch {
        problems.append(Problem(pattern: pattern, fault: error))
      }
    }
    guard problems.isEmpty else { return problems }
    return probe(known.values.flatMap(\.self), programs) { patterns[$0] ?? $0 }
  }

  /// What has to be there before any host can be looked for.
  private var missing: HostFault? {
    let programs = [Ansible.program, Ansible.playbook]
    if let program = programs.first(where: { !Preflight.isThere($0, environment) }) {
      return HostFault(
        .unfit, "\(program) is not on this machine, and hosts= is run by Ansible",
        fix: "install ansible-core, or use host= for a single server")
    }
    guard WholeFile.size(ansible.inventory.text) == nil else { return nil }
    return HostFault(
      .configuration, "there is no inventory \(ansible.inventory.text)",
      fix: "mend inventory: in the front matter; it is relative to the note's folder")
  }

  /// - Parameter pattern: the one by which a host came in.
  private func probe(
    _ hosts: [String], _ programs: [String], pattern: (String) -> String
  ) -> [Problem] {
    var order: [String] = []
    for host in hosts where !order.contains(host) { order.append(host) }
    let program = HostProgram.probe(
      run: run.text, word: HostLink.drawWord(), programs: programs)
    var faults: [String: [(HostFault, String?)]] = [:]
    var answered: Set<String> = []
    let complaint = pass(program, order, within: RemoteLaunch.longestWay + 2 * Double(order.count))
    { news in
      switch news {
      case .began, .runs: break
      case .refused(let host, let message):
        answered.insert(host)
        faults[host, default: []].append((Self.unfit(host, message), nil))
      case .ended(let answer):
        answered.insert(answer.host)
        faults[answer.host] = Self.faults(of: answer)
      }
    }
    return order.flatMap { host -> [Problem] in
      if !answered.contains(host) {
        return [
          Problem(
            pattern: pattern(host),
            fault: Self.unfit(host, complaint ?? "Ansible did not come to it"))
        ]
      }
      return (faults[host] ?? []).map {
        Problem(pattern: pattern(host), fault: $0.0, program: $0.1)
      }
    }
  }

  private static func unfit(_ host: String, _ message: String) -> HostFault {
    HostFault(
      .other, "\(host) can't be used: \(message)", fix: "see what `ansible \(host) -m ping` says")
  }

  private static func faults(of answer: FleetAnswer) -> [(HostFault, String?)] {
    if let fault = answer.fault { return [(fault, nil)] }
    return answer.words.filter { $0.first == "missing" && $0.count > 1 }.map {
      (.missing($0[1], on: answer.host), $0[1])
    }
  }

  // MARK: After the run

  /// What the run left on the hosts goes, but where something of it may still run.
  public func close(_ state: RunState) {
    let hosts = Set(
      state.blocks.values.flatMap(\.attempts).flatMap(\.hosts).filter(\.hasBegun).map(\.host)
    )
    .subtracting(state.survivors.compactMap(\.host)).sorted()
    guard !hosts.isEmpty else { return }
    let program = HostProgram.clean(run: run.text, word: HostLink.drawWord())
    _ = pass(program, hosts, within: RemoteLaunch.longestWay / 2) { _ in }
  }

  /// One call to each of them, all at once as far as the machine allows.
  ///
  /// - Returns: what Ansible said where it did not do its work.
  private func pass(
    _ program: HostProgram, _ hosts: [String], within seconds: Double,
    _ take: (FleetAnswers.News) -> Void
  ) -> String? {
    do {
      let folder = try makeFolder()
      defer { try? RunFolder(path: folder).remove() }
      var job = FleetJob(
        name: "call", folder: folder, hosts: hosts, program: program,
        answers: FleetAnswers.Place(in: folder))
      job.tries = 1
      let pass = try FleetPass(
        job, ansible, forks: min(hosts.count, 32), environment: environment)
      pass.finish(within: seconds)
      var answers = FleetAnswers(job.answers)
      for news in answers.next() { take(news) }
      return pass.complaint
    } catch {
      return "Ansible can't be started: \(error)"
    }
  }

  /// Private, and short-lived.
  private func makeFolder() throws(SystemError) -> String {
    let path = "\(try HostFolder.make(environment: environment))/fleet-\(HostLink.drawWord())"
    guard mkdir(path, 0o700) == 0 else { throw SystemError("mkdir", path: path) }
    return path
  }
}
