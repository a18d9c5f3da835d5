import ArgumentParser

/// `kwfilter inspect`: facts about a library.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a library holds and what it costs.",
    discussion: """
      H is the most bytes that a stream can ever hold back; on ordinary text it is a few. The \
      digest is the same wherever the same keyword files are compiled by the same program.

      EXAMPLES
        kwfilter inspect
        kwfilter inspect --keywords Keywords --json | jq .digest

      EXIT CODE
        0, or 2 for an error.
      """)

  @OptionGroup(title: "Library") var library: LibraryOptions

  @Flag(help: "Write the facts as JSON.")
  var json = false

  func run() throws { throw ExitCode(try outcome()) }

  private func outcome() throws(CommandError) -> Outcome {
    let inspection = Inspection(try library.library())
    try Output.write(json ? inspection.json.line : Array(inspection.text.utf8))
    return .done
  }
}
