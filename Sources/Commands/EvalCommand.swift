import ArgumentParser
import Coverage
import Filtering

/// Measures what a library does to texts of which it is known what should become of them.
struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Measure recall and over-blocking on labelled texts.",
    discussion: """
      Files are JSON lines, also compressed (.xz, .gz by the system's tools): text, expected \
      (intercept or pass), and where known risk, source and kind. With --benign, files not named \
      .jsonl are plain text, each line of which should pass; they are reported by file.

      Recall is the share of rows to intercept that are hit; right risk the share of those hit, \
      where the row has a risk, with a finding of that risk (primary or secondary); over-blocking \
      the share of rows to pass that are hit. Every number is given twice: for findings that block \
      or mask, and with those that only ask for review. Singletons are entries that hit exactly one \
      benign line: their share of the lines estimates how much of unseen text would be hit by \
      entries that look harmless so far.

      EXAMPLES
        kwfilter eval rows.jsonl.xz
        kwfilter eval --keywords Keywords rows.jsonl --benign news/*.txt --worst 20
        kwfilter eval --json rows.jsonl | jq .labelled.interception.recall

      EXIT STATUS: 0 measured, 2 error.
      """)

  @OptionGroup var libraryOptions: LibraryOptions

  @Argument(help: ArgumentHelp("Files of rows, or '-'.", valueName: "file"))
  var files: [String]

  @Flag(help: "Files not named .jsonl are ordinary text, one a line, which should pass.")
  var benign = false

  @Option(help: ArgumentHelp("Show the worst false alarms and misses.", valueName: "n"))
  var worst: Int = 0

  @Flag(help: "Write one JSON object for programs.")
  var json = false

  @Option(name: .customLong("color"), help: "Colours: auto, always or never.")
  var colour: ColourMode = .auto

  func validate() throws {
    if worst < 0 { throw ValidationError("--worst is a number of rows, 0 or more") }
    if files.isEmpty { throw ValidationError("name at least one file of rows") }
  }

  func run() async throws {
    let library = try libraryOptions.library()
    var evaluation = Evaluation(library.engine, worst: worst)
    for file in files {
      let isRows = Self.isRows(file)
      let reader = EvaluationRowReader(
        benign ? (isRows ? .labelledOrBenign : .benign) : .labelled)
      try await LineBatches.read(file, named: Directory.lastComponent(file)) { batch in
        evaluation.add(try await Self.evaluate(batch, reader, library.engine, worst: worst))
      }
    }
    guard evaluation.labelled != RowCounts() || evaluation.benign != RowCounts() else {
      throw EvaluationInputError.noRows
    }
    let report = EvaluationReport(evaluation, library)
    if json {
      try Output.write(report.json.line)
    } else {
      try Output.write(report.text(style: Style(colour)))
    }
  }

  /// Whether a file has JSON lines, by its name.
  private static func isRows(_ path: String) -> Bool {
    var name = path[...]
    if let format = CompressedFormat(path) { name = name.dropLast(format.rawValue.count + 1) }
    return name.hasSuffix(".jsonl") || name.hasSuffix(".json")
  }

  /// Evaluates a batch on all processors.
  private static func evaluate(
    _ batch: LineBatch, _ reader: EvaluationRowReader, _ engine: FilterEngine, worst: Int
  ) async throws -> Evaluation {
    let count = Process.processorCount
    let size = (batch.lines.count + count - 1) / count
    return try await withThrowingTaskGroup(of: (Int, Evaluation).self) { group in
      for part in 0..<count {
        let lines = min(part * size, batch.lines.count)..<min((part + 1) * size, batch.lines.count)
        group.addTask {
          (part, try evaluate(batch, lines, reader, Evaluation(engine, worst: worst)))
        }
      }
      var parts: [(Int, Evaluation)] = []
      for try await part in group { parts.append(part) }
      var sum = Evaluation(engine, worst: worst)
      for (_, part) in parts.sorted(by: { $0.0 < $1.0 }) { sum.add(part) }
      return sum
    }
  }

  private static func evaluate(
    _ batch: LineBatch, _ lines: Range<Int>, _ reader: EvaluationRowReader,
    _ empty: Evaluation
  ) throws -> Evaluation {
    var evaluation = empty
    var problems: [EvaluationInputError.BadRow] = []
    for index in lines {
      let number = batch.firstLine + index
      do throws(EvaluationRowReader.Problem) {
        let row = try reader.row(batch.line(index), file: batch.file, number: number)
        if let row { evaluation.add(row) }
      } catch {
        problems.append(.init(file: batch.file, line: number, reason: error.reason))
      }
    }
    if !problems.isEmpty { throw EvaluationInputError.badRows(problems) }
    return evaluation
  }
}
