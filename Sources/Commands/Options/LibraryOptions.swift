import ArgumentParser

/// Which keyword library is used.
struct LibraryOptions: ParsableArguments {
  @Option(
    name: .customLong("keywords"),
    help: ArgumentHelp(
      "A folder of keyword files (*.txt), or a file made by 'kwfilter compile'.",
      discussion: "Without it the built-in library is used.", valueName: "dir|blob"))
  var path: String?

  /// Looks at what is named.
  func source() throws(CommandError) -> LibrarySource { try LibrarySource(path) }

  /// Opens the library.
  func library() throws(CommandError) -> Library { try Library(source()) }
}
