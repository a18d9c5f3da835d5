// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .unsafeFlags(["-warnings-as-errors"]),
]

let package = Package(
  name: "kwfilter-benchmarks",
  dependencies: [
    .package(name: "kwfilter", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
  ],
  targets: [
    // The package's own benchmarks: swift package benchmark
    .executableTarget(
      name: "EngineBenchmarks",
      dependencies: [
        .product(name: "KeywordFilter", package: "kwfilter"),
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "kwfilter", package: "kwfilter"),
      ],
      path: "Benchmarks/EngineBenchmarks", swiftSettings: settings,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    // Our side of Peers/run and of instructions
    .executableTarget(
      name: "BenchmarkRunner",
      dependencies: [.product(name: "KeywordFilter", package: "kwfilter")],
      swiftSettings: settings),
  ]
)
