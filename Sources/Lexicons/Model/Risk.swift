/// One of the 31 risks of Appendix A of TC260-003 (the same in GB/T 45654-2025).
///
/// The raw value is the place in the appendix, from 0, and fits a bit of ``RiskSet``.
/// Names in Chinese and English: ``officialName`` and ``englishName``.
public enum Risk: UInt8, CaseIterable, Sendable, Hashable, Comparable {
  // A.1: content violating core socialist values
  case subversion, nationalSecurity, separatism, terrorism, ethnicHatred, violenceAndObscenity
  case falseInformation, otherProhibited
  // A.2: discriminatory content
  case ethnicDiscrimination, beliefDiscrimination, nationalityDiscrimination
  case regionalDiscrimination, genderDiscrimination, ageDiscrimination, occupationalDiscrimination
  case healthDiscrimination, otherDiscrimination
  // A.3: commercial violations
  case intellectualProperty, businessEthics, tradeSecrets, unfairCompetition, otherCommercial
  // A.4: others' lawful rights
  case physicalAndMentalHealth, portrait, reputation, honour, privacy, personalInformation
  case otherRights
  // A.5: needs of specific services
  case inaccuracy, unreliability

  /// The group of the appendix that the risk belongs to.
  public var group: RiskGroup {
    switch rawValue {
    case 0..<8: .coreValues
    case 8..<17: .discrimination
    case 17..<22: .commercial
    case 22..<29: .lawfulRights
    default: .serviceNeeds
    }
  }

  /// The identifier in the appendix, such as `A.1.f`.
  public var id: String {
    let letter = UInt8(ascii: "a") + rawValue - group.firstRawValue
    return group.id + "." + String(UnicodeScalar(letter))
  }

  /// Whether the keyword library must cover the risk: the 17 of A.1 and A.2.
  public var isCounted: Bool { floor != nil }

  /// The least number of effective terms that the standard asks for, or `nil` where it asks for none.
  ///
  /// Source: TC260-003 clause 8.1.
  public var floor: Int? {
    switch group {
    case .coreValues: 200
    case .discrimination: 100
    case .commercial, .lawfulRights, .serviceNeeds: nil
    }
  }

  /// The 17 risks that the keyword library must cover, in the order of the appendix.
  public static let counted: [Risk] = allCases.filter(\.isCounted)

  /// Orders risks as the appendix does.
  public static func < (first: Risk, second: Risk) -> Bool { first.rawValue < second.rawValue }
}

extension Risk: CustomStringConvertible {
  /// The identifier, such as `A.1.f`.
  public var description: String { id }
}
