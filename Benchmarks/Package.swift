// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "VeDich", path: "..")],
  targets: [
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "LinearAlgebra", "Statistics", "Regression", "TimeSeries", "Forecasting", "Indicators",
        "IndicatorStore", "Attainment",
      ].map { .product(name: $0, package: "VeDich") },
      swiftSettings: strict)
  ],
  swiftLanguageModes: [.v6]
)
