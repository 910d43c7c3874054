// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors where the project is built by its own rules (CI), not for a user whose
// compiler is newer than ours.
let strict: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let settings: [SwiftSetting] =
  strict + [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]

// The tests compute most in these modules; optimized, they take a third of the time.
let optimized: [SwiftSetting] =
  Context.environment["CI"] == nil ? [] : [.unsafeFlags(["-O"])]

let package = Package(
  name: "convwalk",
  products: [.executable(name: "convwalk", targets: ["convwalk"])],
  traits: [
    .trait(
      name: "PNGAndJPEG", description: "Read PNG and JPEG pictures, with libpng and libjpeg.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "ConvolutionKernels"),
    .target(name: "ExactNumbers", swiftSettings: settings + optimized),
    .target(
      name: "ConvolutionEngine", dependencies: ["ExactNumbers"],
      swiftSettings: settings + optimized),
    .target(
      name: "FastEvaluation",
      dependencies: ["ConvolutionEngine", "ConvolutionKernels", "ExactNumbers"],
      swiftSettings: settings + optimized),
    .target(
      name: "Canvas", dependencies: ["ExactNumbers"], swiftSettings: settings + optimized),
    .target(
      name: "CNcurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(
      name: "Walkthrough", dependencies: ["ConvolutionEngine", "ExactNumbers"],
      swiftSettings: settings),
    .target(
      name: "Training", dependencies: ["ConvolutionEngine", "ExactNumbers"],
      swiftSettings: settings),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLibYAML", providers: [.apt(["libyaml-dev"])]),
    .target(
      name: "TensorFiles",
      dependencies: ["CPictures", "CZlib", "ConvolutionEngine", "ExactNumbers"],
      exclude: ["README.md"],
      swiftSettings: settings),
    .target(
      name: "CPictures",
      cSettings: [.define("CONVWALK_PICTURES", .when(traits: ["PNGAndJPEG"]))],
      linkerSettings: [
        .linkedLibrary("png", .when(traits: ["PNGAndJPEG"])),
        .linkedLibrary("jpeg", .when(traits: ["PNGAndJPEG"])),
      ]),
    .target(
      name: "Lessons",
      dependencies: [
        "CLibYAML", "ConvolutionEngine", "ExactNumbers", "FastEvaluation",
        "TensorFiles", "Walkthrough",
      ],
      swiftSettings: settings),
    .target(
      name: "Exercises",
      dependencies: ["ConvolutionEngine", "ExactNumbers", "Lessons", "Walkthrough"],
      swiftSettings: settings),
    .target(
      name: "Player",
      dependencies: [
        "Canvas", "ConvolutionEngine", "ExactNumbers", "Exercises", "FastEvaluation", "Lessons",
        "Training",
        "Walkthrough",
      ],
      swiftSettings: settings),
    .target(
      name: "CursesTerminal", dependencies: ["CNcurses", "Canvas"],
      swiftSettings: settings + [.defaultIsolation(MainActor.self)]),
    .executableTarget(
      name: "convwalk",
      dependencies: [
        "Canvas", "ConvolutionEngine", "CursesTerminal", "ExactNumbers", "Exercises",
        "FastEvaluation", "Lessons", "Player", "TensorFiles", "Training", "Walkthrough",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .executableTarget(
      name: "terminal-probe", dependencies: ["Canvas", "CursesTerminal"],
      path: "Tests/TerminalProbe", swiftSettings: settings),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(
      name: "ConvolutionEngineTests",
      dependencies: ["ConvolutionEngine", "ExactNumbers", "FastEvaluation", "Training"],
      swiftSettings: settings),
    .testTarget(
      name: "CanvasTests", dependencies: ["Canvas", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "TensorFilesTests",
      dependencies: ["ConvolutionEngine", "ExactNumbers", "TensorFiles", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "WalkthroughTests",
      dependencies: [
        "ConvolutionEngine", "ExactNumbers", "FastEvaluation", "TestSupport", "Walkthrough",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "LessonsTests",
      dependencies: [
        "ConvolutionEngine", "ExactNumbers", "FastEvaluation", "Lessons", "TensorFiles",
        "TestSupport", "Walkthrough",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ExercisesTests",
      dependencies: [
        "ConvolutionEngine", "ExactNumbers", "Exercises", "Lessons", "TestSupport", "Walkthrough",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PlayerTests",
      dependencies: [
        "Canvas", "ConvolutionEngine", "ExactNumbers", "Exercises", "FastEvaluation", "Lessons",
        "Player", "TensorFiles", "TestSupport", "Training", "Walkthrough",
      ],
      exclude: ["Golden"],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "CPseudoTerminal", "ConvolutionEngine", "TestSupport", "convwalk", "terminal-probe",
      ],
      swiftSettings: settings),
  ]
)
