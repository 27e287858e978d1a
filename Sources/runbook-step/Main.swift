import CPlatform

/// `runbook-step`: starts one block, outlives whoever asked for it, and writes down how it ended. The
/// protocol with the runner is in `docs/step-protocol.md`.
@_cdecl("RunbookStep_main")
func stepMain(
  _ argc: Int32, _ argv: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
  let arguments = StepArguments(count: Int(argc), argv)
  platform_step_prepare(arguments?.isInteractive == true ? 1 : 0)
  guard let arguments else {
    Gate.refuse(StepFailure(call: "arguments", code: 22, path: nil))
    return 2
  }
  let files: StepFiles
  switch StepFiles.open(arguments) {
  case .success(let opened): files = opened
  case .failure(let failure):
    Gate.refuse(failure)
    return 1
  }
  guard Gate.waitForOpening() else {
    files.write(StatusText(first: "never"))
    return 0
  }
  var supervisor = Supervisor(arguments, files)
  files.write(supervisor.run())
  return 0
}
