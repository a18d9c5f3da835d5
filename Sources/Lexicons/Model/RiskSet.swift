/// A set of risks, one bit each, as policies and entries hold them.
public struct RiskSet: OptionSet, Sendable, Hashable {
  /// Bit *n* stands for the risk whose raw value is *n*.
  public let rawValue: UInt32

  /// Makes a set from its bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Makes the set of one risk.
  public init(_ risk: Risk) { rawValue = 1 << UInt32(risk.rawValue) }

  /// Makes the set of `risks`.
  public init(_ risks: some Sequence<Risk>) {
    rawValue = risks.reduce(0) { $0 | RiskSet($1).rawValue }
  }

  /// All 31 risks.
  public static let all = RiskSet(Risk.allCases)

  /// Whether `risk` is a member.
  public func contains(_ risk: Risk) -> Bool { !isDisjoint(with: RiskSet(risk)) }

  /// The members in the order of the appendix.
  public var risks: [Risk] { Risk.allCases.filter(contains) }
}
