import ArgumentParser
import Coverage

/// Counts what a library has of what the standard asks for.
struct CoverageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coverage",
    abstract: "Count effective terms against the floors of the standard.",
    discussion: """
      TC260-003 clause 8.1 asks for 10 000 terms, at least 200 for each risk of A.1 and 100 for \
      each of A.2. Counted are literal terms that block or mask, once each, for their file's risk, \
      unless an earlier entry is the same after folding (duplicate); they have fewer than two Han \
      characters and than four Latin letters (short); a scan of the term does not report it \
      (unreachable); a shorter term inside intercepts it already (subsumed); or more than 5 % of \
      their risk, and more than five, begin or end with the same two Han characters or four \
      letters (padding: the excess).

      EXAMPLES
        kwfilter coverage                         the built-in library
        kwfilter coverage --keywords Keywords     a folder that is being edited
        kwfilter coverage --keywords Keywords --json | jq '.risks[] | select(.pass | not)'

      EXIT STATUS: 0 every floor is met, 1 not, 2 error.
      """)

  @OptionGroup var libraryOptions: LibraryOptions

  @Flag(help: "Write one JSON object for programs.")
  var json = false

  @Flag(name: .customLong("all"), help: "List every problem, not only the first 10 of each kind.")
  var listsAll = false

  @Option(name: .customLong("color"), help: "Colours: auto, always or never.")
  var colour: ColourMode = .auto

  func run() throws {
    let library = try libraryOptions.library()
    let report = CoverageChecker.check(library.engine)
    if json {
      try Output.write(report.json.line)
    } else {
      let text = report.text(
        style: Style(colour), limit: listsAll ? nil : 10,
        place: { library.place(ofFile: $0) })
      try Output.write(text)
    }
    if !report.passes { throw ExitCode(1) }
  }
}

extension Library {
  /// Where a keyword file lies: with its folder, where the library is one.
  func place(ofFile file: String) -> String {
    if case .directory(let path) = source { Directory.join(path, file) } else { file }
  }
}
