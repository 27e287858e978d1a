import Testing

/// The shipped workflows with real parts. One after the other: they share the engine, and what removes an image while
/// another lists them makes some engines fail.
@Suite(
  .serialized, .pacedFirst,
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
