import CPlatform

@_cdecl("RunbookStep_main")
func stepMain(
  _ argc: Int32, _ argv: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
  argc > 1 ? 0 : 2
}
