import Foundation
import KeywordFilter

/// A case that is ready to run.
struct Subject: Sendable {
  private let definition: Case
  private let files: [(name: String, bytes: [UInt8])]
  private let engine: FilterEngine
  private let haystack: [UInt8]

  init(_ definition: Case) throws {
    self.definition = definition
    files = try definition.files()
    // What is built is held against the library that the build of the program compiled.
    let isBuiltIn = definition.library == true || definition.model == .build
    engine = isBuiltIn ? .builtIn : try FilterEngine(files: files)
    haystack = try definition.haystack()
  }

  /// What a run must count.
  var expectedCount: Int {
    if let count = definition.count ?? definition.terms { return count }
    return definition.model == .build
      ? Self.entryCount(engine) : engine.findings(in: haystack.span).count
  }

  /// Does what is measured once, and counts.
  func run() throws -> Int {
    switch definition.model {
    case .build: return Self.entryCount(try FilterEngine(files: files))
    case .scan: return engine.findings(in: haystack.span).count
    case .intercept: return engine.findings(in: haystack.span).count { $0.action >= .mask }
    case .verdict: return engine.verdict(of: haystack.span).findings.count
    case .stream: return stream()
    case .coverage: return try coverage()
    }
  }

  private static func entryCount(_ engine: FilterEngine) -> Int {
    engine.entryCount + engine.duplicates.count
  }

  private func stream() -> Int {
    var sink = CountingSink()
    var stream = engine.stream(blockHandling: .pass)
    let bytes = haystack.span
    for start in stride(from: 0, to: bytes.count, by: 32) {
      stream.push(bytes.extracting(start..<min(start + 32, bytes.count)), to: &sink)
    }
    stream.finish(to: &sink)
    return sink.findings
  }

  /// Runs `kwfilter coverage`, which lies beside this program, and reads the total.
  private func coverage() throws -> Int {
    let process = Process()
    let output = Pipe()
    process.executableURL = Bundle.main.executableURL?
      .deletingLastPathComponent().appending(path: "kwfilter")
    process.arguments = ["coverage", "--json", "--keywords", definition.keywords.path]
    process.standardOutput = output
    try process.run()
    let report = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let object = try JSONSerialization.jsonObject(with: report) as? [String: Any]
    return (object?["total"] as? [String: Any])?["effective"] as? Int ?? -1
  }
}

/// Counts findings and lets the released bytes go.
private struct CountingSink: StreamSink {
  var findings = 0

  mutating func release(_ bytes: Span<UInt8>) {}

  mutating func event(_ event: StreamEvent) {
    if case .finding = event { findings += 1 }
  }
}
