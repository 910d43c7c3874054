// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nothing here is built with the program. The engine's sources are
// links: what is measured is what the program has.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "convwalk-benchmarks",
  targets: [
    .target(name: "ConvolutionKernels"),
    .target(name: "ExactNumbers", swiftSettings: settings),
    .target(name: "ConvolutionEngine", dependencies: ["ExactNumbers"], swiftSettings: settings),
    .target(
      name: "FastEvaluation",
      dependencies: ["ConvolutionEngine", "ConvolutionKernels", "ExactNumbers"],
      swiftSettings: settings),
    .executableTarget(
      name: "benchmark", dependencies: ["ConvolutionEngine", "ExactNumbers", "FastEvaluation"],
      swiftSettings: settings,
      linkerSettings: [.linkedLibrary("m")]),
  ]
)
