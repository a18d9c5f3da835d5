package import Filtering
import Lexicons

/// Turns option values into a policy.
package enum PolicyParser {
  /// Makes a policy of the values of the options.
  ///
  /// - Throws: `CommandError.badValue` for the first value that cannot be understood.
  package static func policy(
    disabled: [String] = [], actions: [String] = [], mask: String = "*", noise: Int = 3,
    refusals: [String] = []
  ) throws(CommandError) -> Policy {
    var policy = Policy()
    for name in disabled.flatMap(items) {
      for risk in try risks(name, option: "--disable") {
        policy.disabled.insert(RiskSet(risk))
      }
    }
    for item in actions.flatMap(items) { try add(action: item, to: &policy) }
    for text in refusals { add(refusal: text, to: &policy) }
    let scalars = mask.unicodeScalars
    guard scalars.count == 1, let scalar = scalars.first, scalar.value >= 0x20 else {
      throw .badValue(option: "--mask-with", value: mask, remedy: "give one character, such as ＊")
    }
    policy.maskCharacter = scalar
    guard 0...8 ~= noise else {
      throw .badValue(option: "--noise", value: "\(noise)", remedy: "give a number from 0 to 8")
    }
    policy.noiseLimit = noise
    return policy
  }

  /// The parts of a list with commas.
  private static func items(_ list: String) -> [String] {
    list.split(separator: ",").map { trim($0) }
  }

  private static func trim(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The risks that a name stands for: itself, or those of its group.
  private static func risks(_ name: String) -> [Risk]? {
    if let risk = Risk(spelling: name) { return [risk] }
    return RiskGroup.allCases.first { $0.id == name }?.risks
  }

  private static func risks(
    _ name: String, option: String
  ) throws(CommandError) -> [Risk] {
    guard let risks = risks(name) else {
      throw .badValue(
        option: option, value: name,
        remedy: "no such risk; they are called A.1.a to A.5.b, or A.1 to A.5 for a group")
    }
    return risks
  }

  private static func add(action item: String, to policy: inout Policy) throws(CommandError) {
    let parts = item.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else {
      throw .badValue(option: "--action", value: item, remedy: "write RISK=ACTION: A.1.f=review")
    }
    guard let action = Action(name: trim(parts[1])) else {
      throw .badValue(
        option: "--action", value: item,
        remedy: "no such action; there are block, mask, review and tag")
    }
    for risk in try risks(trim(parts[0]), option: "--action") { policy.actions[risk] = action }
  }

  private static func add(refusal text: String, to policy: inout Policy) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let risks = risks(String(parts[0])) else {
      policy.refusal = text
      return
    }
    for risk in risks { policy.refusals[risk] = String(parts[1]) }
  }
}
