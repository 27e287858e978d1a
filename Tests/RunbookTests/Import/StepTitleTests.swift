import Testing

@testable import Runbook

struct StepTitleTests {
  @Test(arguments: [
    ("==> Build the app...", "Build the app"), ("[1/5] build", "Build"),
    ("Step 2: upload", "Upload"), ("1. first", "First"),
    ("### Check ###", "Check"), ("3 files are copied", "3 files are copied"), ("npm ci", "Npm ci"),
    ("dist/ goes up", "dist/ goes up"),
    ("a {b} [c](d) `e` #f ^g key:: x", "A b c(d) e f g key: x"), ("🚀 Go", "🚀 Go"),
    ("deploy_app", "deploy_app"),
  ])
  func isCleaned(_ text: String, _ title: String) { #expect(StepTitle.cleaned(text) == title) }

  @Test(arguments: ["====", "", "1.", "[ ]", "#!"])
  func holdsNoWords(_ text: String) { #expect(StepTitle.cleaned(text) == nil) }
}
