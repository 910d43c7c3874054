// swift-tools-version: 6.2
import PackageDescription

// A package of its own, because the trait is of a whole build: tested here, it costs what reads
// pictures alone, not a second build of the program and of all tests.
let package = Package(
  name: "convwalk-compressed-pictures",
  dependencies: [.package(name: "convwalk", path: "../..", traits: ["PNGAndJPEG"])],
  targets: [
    .testTarget(
      name: "CompressedPictureTests",
      dependencies: [.product(name: "TensorFiles", package: "convwalk")])
  ]
)
