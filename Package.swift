// swift-tools-version: 6.2

import Foundation
import PackageDescription

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let realModule: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// Reference tables and golden files are read from the source tree, so no target bundles resources.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  let folder = "\(Context.packageDirectory)/Tests/\(name)Tests/"
  let data = ["Golden", "Reference"].filter {
    FileManager.default.fileExists(atPath: folder + $0)
  }
  return .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestSupport"], exclude: data,
    swiftSettings: strict)
}

let package = Package(
  name: "VeDich",
  products: [
    // MARK: Numerical foundations
    .library(name: "LinearAlgebra", targets: ["LinearAlgebra"]),
    .library(name: "Statistics", targets: ["Statistics"]),
    .library(name: "Regression", targets: ["Regression"]),
    // MARK: Forecasting
    .library(name: "TimeSeries", targets: ["TimeSeries"]),
    .library(name: "Forecasting", targets: ["Forecasting"]),
    // MARK: Targets and their attainment
    .library(name: "Indicators", targets: ["Indicators"]),
    .library(name: "IndicatorStore", targets: ["IndicatorStore"]),
    .library(name: "Attainment", targets: ["Attainment"]),
    .library(name: "Reports", targets: ["Reports"]),
    .library(name: "DemoProvince", targets: ["DemoProvince"]),
    // MARK: The program
    .executable(name: "vedich", targets: ["vedich"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .target(
      name: "CLAPACK",
      cSettings: [.enableWarning("all"), .treatAllWarnings(as: .error)],
      linkerSettings: [.linkedLibrary("openblas")]),
    library("LinearAlgebra", ["CLAPACK", realModule]),
    library("Statistics", ["LinearAlgebra", realModule]),
    library("Regression", ["LinearAlgebra", "Statistics", realModule]),
    library("TimeSeries", []),
    library(
      "Forecasting", ["LinearAlgebra", "Statistics", "Regression", "TimeSeries", realModule]),
    library("Indicators", ["TimeSeries"]),
    library("ContentHash", []),
    library("IndicatorStore", ["ContentHash", "TimeSeries", "Indicators", yams]),
    library(
      "Attainment",
      [
        "LinearAlgebra", "Statistics", "Regression", "TimeSeries", "Forecasting", "Indicators",
        realModule,
      ]),
    library(
      "Reports", ["ContentHash", "TimeSeries", "Indicators", "Attainment", "Forecasting"]),
    library("DemoProvince", ["Statistics", "TimeSeries", "Indicators", realModule]),
    .executableTarget(
      name: "vedich",
      dependencies: [
        "LinearAlgebra", "Statistics", "Regression", "TimeSeries", "Forecasting", "Indicators",
        "IndicatorStore", "Attainment", "Reports", "DemoProvince", arguments,
      ],
      swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("LinearAlgebra", ["LinearAlgebra", "Statistics"]),
    tests("Statistics", ["Statistics", realModule]),
    tests("Regression", ["Regression", "LinearAlgebra", "Statistics", realModule]),
    tests("TimeSeries", ["TimeSeries"]),
    tests("Forecasting", ["Forecasting", "LinearAlgebra", "Statistics", "TimeSeries", realModule]),
    tests("Indicators", ["Indicators", "TimeSeries"]),
    tests("ContentHash", ["ContentHash"]),
    tests("IndicatorStore", ["IndicatorStore", "ContentHash", "Indicators", "TimeSeries"]),
    tests(
      "Attainment",
      [
        "Attainment", "Forecasting", "Regression", "LinearAlgebra", "Statistics", "Indicators",
        "TimeSeries",
      ]),
    tests("Reports", ["Reports", "ContentHash", "Attainment", "Indicators", "TimeSeries"]),
    tests("DemoProvince", ["DemoProvince", "IndicatorStore", "Indicators", "TimeSeries"]),
    tests(
      "vedich",
      [
        "vedich", "IndicatorStore", "Indicators", "TimeSeries", "Attainment", "Regression",
        arguments,
      ]),
  ],
  swiftLanguageModes: [.v6]
)
