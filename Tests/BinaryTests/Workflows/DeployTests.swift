import Testing

/// The shipped workflows with real parts.
@Suite(
  .deploys,
  .enabled(if: DeployTools.areThere, "there is no sshd, node, npm, rsync or curl"))
enum DeployTests {}

/// Who brings an engine along wants none of them passed over.
@Suite(
  .pacedFirst,
  .enabled(
    if: ContainerEngine.isBroughtAlong,
    "there is no container engine: scripts/with-containers says why"))
struct DeployPartsTests {
  @Test func areThere() {
    #expect(DeployTools.areThere && ContainerEngine.isThere && DatabaseServer.isThere)
    #expect(Tmux.isThere && ServerFleet.isThere)
  }
}
