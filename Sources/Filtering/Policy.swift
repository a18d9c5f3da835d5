public import Lexicons

/// What a scan does about findings.
///
/// It applies at match time, on one compiled database.
public struct Policy: Sendable, Hashable {
  /// Actions that replace the entries' own, by risk.
  public var actions: [Risk: Action]
  /// Risks that are switched off.
  public var disabled: RiskSet
  /// The character that stands for each intercepted one.
  public var maskCharacter: Unicode.Scalar
  /// What is said in place of a blocked text, by risk.
  public var refusals: [Risk: String]
  /// What is said where no risk has a text of its own.
  public var refusal: String
  /// The most noise characters skipped beside Han, 0…8.
  public var noiseLimit: Int
  /// What is done when a limit is passed: more invisible characters than are skipped, or a regex
  /// that runs into its limits.
  public var limitAction: Action

  /// The refusal unless a policy says otherwise.
  public static let defaultRefusal = "抱歉，这个内容我无法提供。"

  /// Creates a policy; by default every risk is on and entries act as written.
  ///
  /// - Parameters:
  ///   - actions: Actions that replace the entries' own.
  ///   - disabled: Risks switched off.
  ///   - maskCharacter: Stands for each intercepted character.
  ///   - refusals: Refusal texts by risk.
  ///   - refusal: The refusal of all other risks.
  ///   - noiseLimit: Noise characters skipped beside Han, 0…8; others are brought into range.
  ///   - limitAction: What is done when a limit is passed.
  public init(
    actions: [Risk: Action] = [:], disabled: RiskSet = [], maskCharacter: Unicode.Scalar = "*",
    refusals: [Risk: String] = [:], refusal: String = Policy.defaultRefusal, noiseLimit: Int = 3,
    limitAction: Action = .block
  ) {
    self.actions = actions
    self.disabled = disabled
    self.maskCharacter = maskCharacter
    self.refusals = refusals
    self.refusal = refusal
    self.noiseLimit = min(max(noiseLimit, 0), 8)
    self.limitAction = limitAction
  }

  /// Returns what an entry does: the strongest action over its enabled risks; nil if none is on.
  func action(of entry: EntryRecord) -> Action? {
    let risks = entry.risks & ~disabled.rawValue
    guard risks != 0, let own = Action(rawValue: entry.action) else { return nil }
    if actions.isEmpty { return own }
    var strongest: Action?
    for risk in Risk.allCases where risks >> UInt32(risk.rawValue) & 1 != 0 {
      let action = actions[risk] ?? own
      strongest = max(strongest ?? action, action)
    }
    return strongest
  }

  /// The kinds of finding that must be held back for.
  var enabledKinds: UInt64 {
    var strong: UInt32 = 0
    var weak: UInt32 = 0
    for risk in Risk.allCases where !disabled.contains(risk) {
      let bit: UInt32 = 1 << UInt32(risk.rawValue)
      let action = actions[risk]
      if action?.isInterception ?? true { strong |= bit }
      if action?.isInterception ?? false { weak |= bit }
    }
    return FindingKind.strong(risks: strong) | FindingKind.weak(risks: weak)
  }

  /// The refusal for a risk.
  func refusal(for risk: Risk?) -> String { risk.flatMap { refusals[$0] } ?? refusal }
}
