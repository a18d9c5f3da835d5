// swift-tools-version: 6.3;(experimentalCGen)
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .strictMemorySafety(), .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
let tested: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

let package = Package(
  name: "kwfilter",
  products: [
    .library(name: "KeywordFilter", targets: ["KeywordFilter"]),
    .executable(name: "kwfilter", targets: ["kwfilter"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    // 0: what comes from C
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .target(name: "CFoldTables"),
    .target(name: "CMemory"),
    .target(name: "CScan"),
    .target(name: "CText"),
    .target(name: "CKeywords", plugins: ["EmbedKeywords"]),
    // 1: text and storage
    .target(name: "Folding", dependencies: ["CFoldTables"], swiftSettings: strict),
    .target(name: "Storage", dependencies: ["CMemory"], swiftSettings: strict),
    .target(name: "JSONText", swiftSettings: strict),
    // 2: what can be found, and what it means
    .target(
      name: "Matching", dependencies: ["Folding", "Storage", "CScan"], swiftSettings: strict),
    .target(name: "Rules", dependencies: ["Folding", "CPCRE2"], swiftSettings: strict),
    .target(name: "Lexicons", dependencies: ["Folding"], swiftSettings: strict),
    // 3: findings, verdicts, streams
    .target(
      name: "Filtering", dependencies: ["Folding", "Storage", "Matching", "Rules", "Lexicons"],
      swiftSettings: strict),
    // 4: the library product, and what is measured of a lexicon
    .target(
      name: "KeywordFilter", dependencies: ["Filtering", "Lexicons", "Storage", "CKeywords"],
      swiftSettings: strict),
    .target(
      name: "Coverage", dependencies: ["Filtering", "Lexicons", "Folding"], swiftSettings: strict),
    // 5: the program
    .target(
      name: "Commands",
      dependencies: [
        "KeywordFilter", "Filtering", "Lexicons", "Coverage", "JSONText", "Folding", "CText",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "kwfilter", dependencies: ["Commands"], exclude: ["Samples"], swiftSettings: strict),
    // Tools of the build; not shipped
    .executableTarget(name: "GenerateTables", swiftSettings: strict),
    .executableTarget(
      name: "GenerateFrequencies", dependencies: ["CScan"], swiftSettings: strict),
    .executableTarget(
      name: "CompileKeywords", dependencies: ["Filtering", "Lexicons", "Storage"],
      swiftSettings: strict),
    .plugin(
      name: "EmbedKeywords", capability: .buildTool(), dependencies: ["CompileKeywords"],
      path: "Sources/EmbedKeywords"),
    // Tests
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: tested),
    .testTarget(
      name: "FoldingTests", dependencies: ["Folding", "TestSupport"], swiftSettings: tested),
    .testTarget(
      name: "RulesTests", dependencies: ["Rules", "Folding", "CPCRE2", "TestSupport"],
      swiftSettings: tested),
    .testTarget(
      name: "LexiconsTests", dependencies: ["Lexicons", "TestSupport"], swiftSettings: tested),
    .testTarget(
      name: "JSONTextTests", dependencies: ["JSONText", "TestSupport"], swiftSettings: tested),
    .testTarget(
      name: "CommandsTests",
      dependencies: ["Commands", "Filtering", "Lexicons", "JSONText", "CText", "TestSupport"],
      swiftSettings: tested),
    .testTarget(
      name: "EndToEndTests", dependencies: ["kwfilter", "TestSupport"],
      exclude: ["Snapshots"], swiftSettings: tested),
    .testTarget(name: "ArchitectureTests", swiftSettings: tested),
    .testTarget(
      name: "LibraryTests", dependencies: ["KeywordFilter"], exclude: ["Harmful", "Ordinary"],
      swiftSettings: tested),
    .testTarget(
      name: "FilteringTests",
      dependencies: ["Filtering", "Lexicons", "Matching", "Folding", "Storage", "TestSupport"],
      swiftSettings: tested),
    .testTarget(
      name: "OracleTests",
      dependencies: ["Filtering", "Lexicons", "Folding", "Matching", "TestSupport"],
      swiftSettings: tested),
    .testTarget(
      name: "ComplaintTests", dependencies: ["Filtering", "Lexicons"], swiftSettings: tested),
    .testTarget(
      name: "CoverageTests",
      dependencies: ["Coverage", "Commands", "Filtering", "Lexicons", "Folding"],
      swiftSettings: tested),
    .testTarget(
      name: "MatchingTests",
      dependencies: ["Matching", "Folding", "Storage", "CScan", "TestSupport"],
      swiftSettings: tested),
  ]
)
