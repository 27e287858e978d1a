// swift-tools-version: 6.1

import PackageDescription

// A package of its own: everything in it, and what it tests, is compiled for libFuzzer by scripts/fuzz.
let package = Package(
  name: "runbook-fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "runbook", path: "..")],
  targets: [
    .executableTarget(
      name: "Fuzz", dependencies: [.product(name: "Runbook", package: "runbook")],
      swiftSettings: [.unsafeFlags(["-parse-as-library"])])
  ]
)
