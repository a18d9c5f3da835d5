import Foundation
import KeywordFilter

/// A case that is ready to run.
struct Subject: Sendable {
  private let model: Case.Model
  private let files: [(name: String, bytes: [UInt8])]
  private let keywords: String
  private let engine: FilterEngine
  private let haystack: [UInt8]

  init(_ definition: Case) throws {
    model = definition.model
    keywords = definition.keywords.path
    files = try definition.files()
    let isBuiltIn = definition.library == true && definition.terms == nil
    engine = isBuiltIn ? .builtIn : try FilterEngine(files: files)
    haystack = try definition.haystack()
  }

  /// The bytes that one run reads.
  var byteCount: Int {
    model == .build ? files.reduce(0) { $0 + $1.bytes.count } : haystack.count
  }

  /// What a run must count where the case does not say.
  var expectedCount: Int {
    model == .build ? engine.entryCount : engine.findings(in: haystack.span).count
  }

  /// Does what is measured once, and counts.
  func run() throws -> Int {
    switch model {
    case .build: return try FilterEngine(files: files).entryCount
    case .scan: return engine.findings(in: haystack.span).count
    case .intercept: return engine.findings(in: haystack.span).count { $0.action >= .mask }
    case .verdict: return engine.verdict(of: haystack.span).findings.count
    case .stream: return stream()
    case .coverage: return try coverage()
    }
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
    process.arguments = ["coverage", "--json", "--keywords", keywords]
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
