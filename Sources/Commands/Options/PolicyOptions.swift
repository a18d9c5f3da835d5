import ArgumentParser
import Filtering
import Lexicons

/// What is done about findings.
struct PolicyOptions: ParsableArguments {
  @Option(
    name: .customLong("disable"),
    help: ArgumentHelp(
      "Switch risks off: A.1.f, or A.2 for the whole group; commas between several.",
      valueName: "risk"))
  var disabled: [String] = []

  @Option(
    name: .customLong("action"),
    help: ArgumentHelp(
      "Act otherwise than the entries say: A.1.f=review; block, mask, review or tag.",
      valueName: "risk=action"))
  var actions: [String] = []

  @Option(
    name: .customLong("mask-with"),
    help: ArgumentHelp("The character that stands for each masked one.", valueName: "char"))
  var mask: String = "*"

  @Option(
    name: .customLong("noise"),
    help: ArgumentHelp(
      "How many noise characters are skipped beside Han, 0 to 8: 法*币.", valueName: "n"))
  var noise: Int = 3

  @Option(
    name: .customLong("refusal"),
    help: ArgumentHelp(
      "What is said in place of a blocked text; RISK=TEXT for one risk or group.",
      valueName: "text"))
  var refusals: [String] = []

  /// Checks the options and makes the policy.
  func policy() throws(CommandError) -> Policy {
    try PolicyParser.policy(
      disabled: disabled, actions: actions, mask: mask, noise: noise, refusals: refusals)
  }
}
