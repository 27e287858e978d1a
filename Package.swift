// swift-tools-version: 6.1

import PackageDescription

// `Sources/Runbook` and `Sources/runbook` are one folder on a disk that ignores case. The explicit,
// disjoint `sources:` keep the two targets apart there.
let package = Package(
  name: "runbook",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Runbook", targets: ["Runbook"]),
    .executable(name: "runbook", targets: ["RunbookCLI"]),
    .executable(name: "runbook-step", targets: ["RunbookStep"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CCmark", pkgConfig: "libcmark",
      providers: [.apt(["libcmark-dev"]), .brew(["cmark"])]),
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(name: "CPlatform", path: "Sources/CPlatform"),
    .target(
      name: "Runbook",
      dependencies: [
        "CCmark", "CYAML", "CPlatform", .product(name: "Crypto", package: "swift-crypto"),
      ],
      path: "Sources/Runbook",
      sources: ["Note", "Vault", "Plan", "Run", "Record"],
      // What runs on a host, and in Ansible, travels inside the binary.
      resources: [
        .embedInCode("HostScripts/session.sh"),
        .embedInCode("HostScripts/supervise.sh"),
        .embedInCode("HostScripts/runbook_block.py"),
        .embedInCode("HostScripts/runbook_lines.py"),
      ],
      // swift-crypto's BoringSSL is C++, and SwiftPM links no C++ runtime for a Swift product.
      linkerSettings: [.linkedLibrary("stdc++", .when(platforms: [.linux]))]),
    .executableTarget(
      name: "RunbookCLI",
      dependencies: [
        "Runbook", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/runbook",
      sources: ["Main", "Commands", "Fronts", "Terminal"]),
    // Embedded Swift: no runtime in the process that has to outlive everything else.
    .executableTarget(
      name: "RunbookStep",
      dependencies: ["CPlatform"],
      path: "Sources/runbook-step",
      swiftSettings: [
        .enableExperimentalFeature("Embedded"),
        .unsafeFlags(["-wmo", "-parse-as-library"]),
      ],
      linkerSettings: [
        .unsafeFlags(["-Xclang-linker", "-static"], .when(platforms: [.linux]))
      ]),
    .target(name: "TestSupport", dependencies: ["Runbook"], path: "Tests/TestSupport"),
    .testTarget(
      name: "RunbookTests",
      dependencies: ["Runbook", "TestSupport"],
      path: "Tests/RunbookTests",
      exclude: ["Fixtures"]),
    // No test target names RunbookStep: SwiftPM would link its objects into the test bundle, and Embedded Swift's
    // own `swift_release` with them. `swift test` builds every product anyway.
    .testTarget(
      name: "BinaryTests",
      dependencies: ["Runbook", "RunbookCLI", "TestSupport"],
      path: "Tests/BinaryTests",
      exclude: ["Fixtures"]),
    .testTarget(
      name: "TortureTests",
      dependencies: ["Runbook", "RunbookCLI", "TestSupport"],
      path: "Tests/TortureTests"),
  ]
)
