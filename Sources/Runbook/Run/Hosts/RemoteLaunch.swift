/// How a block that runs elsewhere is described for its follower.
enum RemoteLaunch {
  case host(HostLaunch)
  case fleet(FleetLaunch)

  var stop: HostLaunch.Stop? {
    get {
      switch self {
      case .host(let launch): launch.stop
      case .fleet(let launch): launch.stop
      }
    }
    set {
      switch self {
      case .host(var launch):
        launch.stop = newValue
        self = .host(launch)
      case .fleet(var launch):
        launch.stop = newValue
        self = .fleet(launch)
      }
    }
  }

  /// How long it may take until the block has begun there, in seconds: Ansible has to be started, say, and to log in.
  /// After that its time counts all the same.
  static let longestWay: Double = 120

  /// For people.
  var place: String {
    switch self {
    case .host(let launch): launch.host
    case .fleet(let launch): launch.hosts.joined(separator: ", ")
    }
  }

  /// Nil where it runs on one host.
  var hosts: [String]? {
    if case .fleet(let launch) = self { launch.hosts } else { nil }
  }

  func write(to folder: StepFolder) throws {
    switch self {
    case .host(let launch): try launch.write(to: folder)
    case .fleet(let launch): try launch.write(to: folder)
    }
  }
}

extension RunState.RunningAttempt {
  /// It has not begun where it is to run, as far as is known.
  func isOnItsWay(_ block: Block) -> Bool { block.options.runsElsewhere && !hasBegunThere }

  /// What it may still take to begin there, in seconds, beside its own time.
  func wayLeft(of block: Block) -> Double { isOnItsWay(block) ? RemoteLaunch.longestWay : 0 }

  /// Its time from its beginning, or its last extension, on, in seconds; nil: it has all the time.
  func limit(of block: Block) -> Double? { extensionSeconds ?? block.options.timeout.seconds }

  /// The end of its time, by the run's clock.
  func deadline(of block: Block) -> Double? {
    limit(of: block).map { deadlineFrom + wayLeft(of: block) + $0 }
  }
}

extension StepFolder {
  /// Is there once the follower knows that the block runs where it is to run.
  var begun: String { path + "/begun" }
}
