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
