import Foundation
import KeywordFilter

/// Our side of the comparison: an engine that is asked over standard input, or one measured scan.
///
///     BenchmarkRunner serve KEYWORDS [NOISE]    # see Session
///     BenchmarkRunner compile KEYWORDS OUTPUT   # a database file
///     BenchmarkRunner repeat DATABASE TEXT scan|stream COUNT
///     BenchmarkRunner classes                   # see FoldClasses
@main struct BenchmarkRunner {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("serve", 2...3):
      let noiseLimit = arguments.count == 3 ? Int(arguments[2]) : nil
      var session = try Session(keywords: arguments[1], noiseLimit: noiseLimit)
      try session.serve()
    case ("compile", 3):
      let lexicon = try LexiconParser.parse(files: KeywordFiles.read(arguments[1]))
      try Data(FilterEngine.compile(lexicon)).write(to: URL(fileURLWithPath: arguments[2]))
    case ("repeat", 5):
      try repeatScan(arguments[1], arguments[2], arguments[3], Int(arguments[4]) ?? 1)
    case ("classes", 1):
      print(try FoldClasses.han().joined(separator: "\n"))
    default:
      FileHandle.standardError.write(
        Data("usage: BenchmarkRunner serve|compile|repeat|classes …\n".utf8))
      exit(2)
    }
  }

  /// Scans a text some times and prints the number of findings: a subject for callgrind.
  private static func repeatScan(
    _ database: String, _ path: String, _ mode: String, _ count: Int
  ) throws {
    let bytes = try KeywordFiles.contents(database)
    let engine = try FilterEngine(database: bytes.span)
    let text = try KeywordFiles.contents(path)
    var found = 0
    for _ in 0..<count {
      found +=
        mode == "stream"
        ? Measurement.stream(engine, text, chunk: 32, policy: Policy())
        : Measurement.scan(engine, text, policy: Policy())
    }
    print(found)
  }
}
