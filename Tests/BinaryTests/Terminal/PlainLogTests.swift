import Testing

@testable import RunbookCLI

@Suite(.paced) struct PlainLogTests {
  @Test func aLineAnEvent() {
    let log = PlainLog(style: .plain)
    #expect(
      log.line(
        time: "14:02:11", mark: .done, number: "1.2", title: "Build locally", detail: "12.4s")
        == "14:02:11  ✓ 1.2 Build locally  12.4s")
    #expect(log.line(time: "14:02:11", mark: .running, title: "Start") == "14:02:11  ▸ Start")
    #expect(
      log.line(
        time: "14:02:11", mark: .failed, number: "2", title: "a\nb\u{1B}[2J", detail: "exit 1")
        == "14:02:11  ✗ 2 a b  exit 1")
  }

  @Test func ascii() {
    let log = PlainLog(style: Style(hasColour: false, hasMotion: false, hasUnicode: false))
    #expect(
      log.line(time: "14:02:11", mark: .timedOut, number: "1", title: "Build")
        == "14:02:11  T 1 Build")
  }
}
