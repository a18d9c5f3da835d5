import Filtering

/// What `kwfilter check` is asked for, and its answer.
struct CheckRequest {
  /// The text; `nil`, or `-`, for standard input.
  var text: String?
  /// The library to check it with.
  var source = LibrarySource.builtIn
  /// What is done about findings.
  var policy = Policy()
  /// Whether the verdict is written as JSON.
  var isJSON = false
  /// When it is coloured.
  var colour = ColourMode.auto

  /// Makes a request with every option as it is by default.
  init(text: String?) { self.text = text }

  /// Reads a command line without options, `check`, `check -` or `check TEXT`; `nil` for any other.
  ///
  /// The parser takes longer to make its description of all options than the rest of the process.
  init?(plain arguments: [String]) {
    guard arguments.first == CheckCommand.name, arguments.count <= 2 else { return nil }
    let text = arguments.count == 2 ? arguments[1] : nil
    if let text, text.utf8.first == UInt8(ascii: "-"), text != FileReading.standardInputName {
      return nil
    }
    self.init(text: text)
  }

  /// Decides on the text and writes the verdict.
  func answer() throws(CommandError) -> Outcome {
    let library = try Library(source)
    let explanation = Explanation(try input(), library, policy)
    if isJSON {
      try Output.write(explanation.json.line)
    } else {
      try Output.write(explanation.text(Style(colour)))
    }
    switch explanation.decision {
    case .pass, .review: return .done
    case .mask, .block: return .intercepted
    }
  }

  private func input() throws(CommandError) -> [UInt8] {
    if let text, text != FileReading.standardInputName { return Array(text.utf8) }
    return try FileReading.contents(of: FileReading.standardInputName)
  }
}
