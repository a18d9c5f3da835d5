/// One of the five groups of risks in Appendix A of TC260-003.
public enum RiskGroup: UInt8, CaseIterable, Sendable, Hashable, Comparable {
  case coreValues = 1, discrimination, commercial, lawfulRights, serviceNeeds

  /// The identifier in the appendix, such as `A.1`.
  public var id: String { "A.\(rawValue)" }

  /// The name in the appendix.
  public var officialName: String {
    switch self {
    case .coreValues: "包含违反社会主义核心价值观的内容"
    case .discrimination: "包含歧视性内容"
    case .commercial: "商业违法违规"
    case .lawfulRights: "侵犯他人合法权益"
    case .serviceNeeds: "无法满足特定服务类型的安全需求"
    }
  }

  /// The name in English.
  public var englishName: String {
    switch self {
    case .coreValues: "Content violating core socialist values"
    case .discrimination: "Discriminatory content"
    case .commercial: "Commercial violations"
    case .lawfulRights: "Infringing others' lawful rights"
    case .serviceNeeds: "Failing the safety needs of specific service types"
    }
  }

  /// The risks of the group, in the order of the appendix.
  public var risks: [Risk] { Risk.allCases.filter { $0.group == self } }

  /// The raw value of the group's first risk.
  var firstRawValue: UInt8 {
    switch self {
    case .coreValues: 0
    case .discrimination: 8
    case .commercial: 17
    case .lawfulRights: 22
    case .serviceNeeds: 29
    }
  }

  /// Orders groups as the appendix does.
  public static func < (first: RiskGroup, second: RiskGroup) -> Bool {
    first.rawValue < second.rawValue
  }
}
