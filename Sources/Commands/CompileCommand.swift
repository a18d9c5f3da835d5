import ArgumentParser
import Filtering

/// `kwfilter compile`: keyword files to one file that opens at once.
struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Compile a folder of keyword files to one checked file.",
    discussion: """
      Every bad line of every file is reported at once, with file, line and remedy; nothing is \
      written then. The file is put in place in one step, so that a running reader never sees half \
      of it. It opens in milliseconds, and a damaged one is refused.

      EXAMPLES
        kwfilter compile Keywords -o keywords.kwf
        model | kwfilter --keywords keywords.kwf

      EXIT CODE
        0 it was written, 2 an error.
      """)

  @Argument(help: ArgumentHelp("The folder of keyword files (*.txt).", valueName: "dir"))
  var directory: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "blob"))
  var output: String

  @Flag(help: "Write version, digest, entries and bytes as JSON.")
  var json = false

  func run() throws { throw ExitCode(try outcome()) }

  private func outcome() throws(CommandError) -> Outcome {
    guard try FileReading.isDirectory(directory) else {
      throw .badOptions("\(directory): no folder; name the one that holds the keyword files")
    }
    let engine = try Library.compiled(directory).engine
    try engine.withDatabase { database throws(CommandError) in
      try FileWriting.replace(output, with: database)
    }
    let byteCount = engine.statistics.byteCount
    if json {
      try Output.write(
        JSONValue.object([
          ("version", .string(engine.version)), ("digest", .string(engine.digest)),
          ("entries", .integer(engine.entryCount)), ("bytes", .integer(byteCount)),
        ]).line)
    } else {
      try Output.write(
        "\(output): \(engine.entryCount) entries, \(byteCount) bytes, "
          + "version \(engine.version), digest \(engine.digest)\n")
    }
    return .done
  }
}
