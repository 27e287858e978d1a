import Testing

/// The shipped workflows with real parts. One after the other: they share the engine, and what removes an image while
/// another lists them makes some engines fail.
@Suite(
  .serialized, .paced,
  .enabled(if: DeployTools.areThere, "there is no sshd, node, npm, rsync or curl"))
enum DeployTests {}

/// Who brings an engine along wants none of them passed over.
@Suite(.paced, .enabled(if: ContainerEngine.isBroughtAlong, "no container engine is brought along"))
struct DeployPartsTests {
  @Test func areThere() {
    #expect(DeployTools.areThere && ContainerEngine.isThere && DatabaseServer.isThere)
    #expect(Tmux.isThere && ServerFleet.isThere)
  }
}
