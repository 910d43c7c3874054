// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nothing here is built with the program. The program's sources are
// links, and so are the promises that its tests hold readers to. `Tests/Fuzzing/run` builds it.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "convwalk-fuzzing",
  targets: [
    .target(name: "ConvolutionKernels"),
    .target(name: "ExactNumbers", swiftSettings: settings),
    .target(name: "ConvolutionEngine", dependencies: ["ExactNumbers"], swiftSettings: settings),
    .target(
      name: "FastEvaluation",
      dependencies: ["ConvolutionEngine", "ConvolutionKernels", "ExactNumbers"],
      swiftSettings: settings),
    .target(name: "Canvas", dependencies: ["ExactNumbers"], swiftSettings: settings),
    .target(
      name: "Walkthrough", dependencies: ["ConvolutionEngine", "ExactNumbers"],
      swiftSettings: settings),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"])]),
    .target(
      name: "CPictures",
      cSettings: [.define("CONVWALK_PICTURES")],
      linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg")]),
    .target(
      name: "TensorFiles",
      dependencies: ["CPictures", "CZlib", "ConvolutionEngine", "ExactNumbers"],
      swiftSettings: settings),
    .target(
      name: "Lessons",
      dependencies: [
        "CLibYAML", "ConvolutionEngine", "ExactNumbers", "FastEvaluation",
        "TensorFiles", "Walkthrough",
      ],
      swiftSettings: settings),
    .target(
      name: "Training", dependencies: ["ConvolutionEngine", "ExactNumbers"],
      swiftSettings: settings),
    .target(
      name: "Exercises",
      dependencies: ["ConvolutionEngine", "ExactNumbers", "Lessons", "Walkthrough"],
      swiftSettings: settings),
    .target(
      name: "Player",
      dependencies: [
        "Canvas", "ConvolutionEngine", "ExactNumbers", "Exercises", "FastEvaluation", "Lessons",
        "Training", "Walkthrough",
      ],
      swiftSettings: settings),
    .target(name: "TestSupport", swiftSettings: settings),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "Canvas", "ConvolutionEngine", "Lessons", "Player", "TensorFiles", "TestSupport",
        "Walkthrough",
      ],
      swiftSettings: settings),
  ]
)
