import ArgumentParser

/// `kwfilter check`: the verdict on one text, explained.
struct CheckCommand: ParsableCommand {
  static let name = "check"

  static let configuration = CommandConfiguration(
    commandName: name,
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
    var request = CheckRequest(text: text)
    request.policy = try policy.policy()
    request.source = try library.source()
    request.isJSON = json
    request.colour = colour
    return try request.answer()
  }
}
