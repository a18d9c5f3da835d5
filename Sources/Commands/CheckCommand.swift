import ArgumentParser
import Filtering

/// `kwfilter check`: the verdict on one text, explained.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what would be done with a text, and why.",
    discussion: """
      Names the entry behind each finding with its file and line, its risk, what was folded or \
      skipped to find it, and which hits an exception cleared.

      EXAMPLES
        kwfilter check '一段文字'
        kwfilter check --json < answer.txt | jq .decision
        kwfilter check --keywords Keywords --noise 0 '一 段 文 字'

      JSON
        {"decision","findings":[{"start","end","match","term","risk","action","evasion"}], \
      "cleared":[{"start","end","match","term","risk","exception"}], \
      "lexicon":{"version","digest"}}; decision is pass, review, mask or block; offsets count bytes.

      EXIT CODE
        0 pass or review, 1 mask or block, 2 an error.
      """)

  @OptionGroup(title: "Library") var library: LibraryOptions
  @OptionGroup(title: "Policy") var policy: PolicyOptions

  @Flag(help: "Write the verdict as JSON.")
  var json = false

  @Option(
    name: .customLong("color"),
    help: ArgumentHelp("Colours: auto, always or never.", valueName: "when"))
  var colour: ColourMode = .auto

  @Argument(help: "The text; without it, or for -, standard input.")
  var text: String?

  func run() throws { throw ExitCode(try outcome()) }

  private func outcome() throws(CommandError) -> Outcome {
    let policy = try policy.policy()
    let library = try library.library()
    let explanation = Explanation(try input(), library, policy)
    if json {
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
