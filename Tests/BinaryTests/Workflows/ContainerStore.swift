import Foundation

/// The images and containers of one test.
///
/// A podman that `scripts/with-containers` has set up keeps them in a folder of their own, over the base image that all
/// share. So deploys run beside each other: podman fails to list images while somebody removes one. Any other engine has
/// one store for everybody, and `DeployTests` then runs one deploy after the other.
final class ContainerStore {
  /// For each program that is to find it, here and in logins elsewhere.
  let environment: [String: String]
  private let name: String
  private let folder: String?

  /// Whether each test has a store of its own.
  static let isOwn = !ContainerEngine.environment.isEmpty

  /// - Parameter name: with which the test's containers, and its images behind `localhost/`, begin.
  init(_ name: String) async throws {
    self.name = name
    try await ContainerEngine.makeBase()
    guard let settings = ContainerEngine.environment["CONTAINERS_CONF"] else {
      (environment, folder) = ([:], nil)
      return
    }
    // Podman wants at most 50 bytes: sockets are in there.
    let folder = "/tmp/\(name)"
    try await Shell.run(
      """
      mkdir '\(folder)'
      shared=$(docker info --format '{{.Store.GraphRoot}}')
      sed 's|^\\[engine\\]|&\\ntmp_dir = "\(folder)/tmp"\\nlock_type = "file"|' '\(settings)' >'\(folder)/containers.conf'
      cat >'\(folder)/storage.conf' <<END
      [storage]
      driver = "overlay"
      graphroot = "\(folder)/images"
      runroot = "\(folder)/run"
      [storage.options]
      additionalimagestores = ["$shared"]
      END
      """)
    environment = [
      "CONTAINERS_CONF": "\(folder)/containers.conf",
      "CONTAINERS_STORAGE_CONF": "\(folder)/storage.conf",
    ]
    self.folder = folder
  }

  deinit {
    _ = ContainerEngine.succeeds(
      """
      docker ps -aq --filter 'name=^\(name)' | xargs -r docker rm -f -t 0
      docker images --format '{{.Repository}}:{{.Tag}}' localhost/\(name) | xargs -r docker rmi -f
      """, environment)
    if let folder { _ = ContainerEngine.succeeds("rm -rf '\(folder)'") }
  }
}
