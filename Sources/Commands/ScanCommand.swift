import ArgumentParser
import Filtering

/// `kwfilter scan`: where files have forbidden phrases.
struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Search files and folders, or standard input.",
    discussion: """
      Every occurrence of every entry is reported, overlapping ones too. Folders are searched \
      recursively and in parallel; hidden files in them are skipped and symbolic links are not \
      followed. Hits come in the order of the paths. Files may be of any size.

      EXAMPLES
        kwfilter scan corpus/
        kwfilter scan --encoding gb18030 old/*.txt
        kwfilter scan --json corpus/ | jq -r 'select(.risk=="A.1.f") | .file' | sort | uniq -c
        zcat dump.gz | kwfilter scan --disable A.2

      OUTPUT
        file:line:start-end risk action [entry] …context…
        --json writes a line for each hit with the keys file, line, start, end, match, term, risk, \
      action, evasion. start and end are byte offsets in the file, in its own encoding.

      ENCODING
        Files are UTF-8 unless --encoding says otherwise. A file of which more than 1 % is no text \
      in that encoding, or NUL, is named on standard error and the exit code is 2, as it would look \
      clean whatever is in it; --binary searches it all the same.

      EXIT CODE
        0 something was found, 1 nothing was found, 2 an error (as grep).
      """)

  @OptionGroup(title: "Library") var library: LibraryOptions
  @OptionGroup(title: "Policy") var policy: PolicyOptions

  @Flag(help: "Write one JSON object a hit.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "The files' encoding: utf-8, gbk, gb18030, utf-16, utf-16le or utf-16be.", valueName: "name"))
  var encoding: TextEncoding = .utf8

  @Flag(help: "Search files that are no text, too.")
  var binary = false

  @Option(
    name: [.customShort("j"), .long],
    help: ArgumentHelp("Files searched at a time. (default: all processors)", valueName: "n"))
  var threads: Int?

  @Option(
    name: .customLong("color"),
    help: ArgumentHelp("Colours: auto, always or never.", valueName: "when"))
  var colour: ColourMode = .auto

  @Argument(
    help: ArgumentHelp("Files and folders; - or none for standard input.", valueName: "path"))
  var paths: [String] = []

  func run() async throws { throw ExitCode(try await outcome()) }

  private func outcome() async throws -> Outcome {
    let engine = try library.library().engine
    let threads = threads ?? Process.processorCount
    guard 1...1024 ~= threads else {
      throw CommandError.badValue(
        option: "--threads", value: "\(threads)", remedy: "give a number from 1 to 1024")
    }
    let plan = ScanPlan(
      engine: engine, policy: try policy.policy(),
      endsWithLines: engine.statistics.regexes == 0, encoding: encoding, acceptsBinary: binary,
      writer: HitWriter(engine: engine, isJSON: json, style: Style(colour)), threads: threads)
    let paths = paths.isEmpty ? [FileReading.standardInputName] : paths
    let summary = try await ParallelScan(plan, paths: paths).run()
    if summary.problems > 0 { return .incomplete }
    return summary.hits > 0 ? .found : .foundNothing
  }
}
