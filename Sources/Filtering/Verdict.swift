public import Lexicons

/// The decision on a text.
public enum Decision: UInt8, Sendable, Comparable, CaseIterable {
  /// Nothing was found, or only tags.
  case pass
  /// A person should look at it.
  case review
  /// Parts are masked or replaced.
  case mask
  /// The text is not delivered.
  case block

  /// The decision that an action asks for.
  public init(_ action: Action) {
    switch action {
    case .tag: self = .pass
    case .review: self = .review
    case .mask: self = .mask
    case .block: self = .block
    }
  }

  /// The name in reports.
  public var name: String {
    switch self {
    case .pass: return "pass"
    case .review: return "review"
    case .mask: return "mask"
    case .block: return "block"
    }
  }

  /// Orders decisions by strength.
  public static func < (a: Decision, b: Decision) -> Bool { a.rawValue < b.rawValue }
}

/// What a text is: the decision and its grounds.
public struct Verdict: Sendable {
  /// The strongest action of the findings.
  public let decision: Decision
  /// The findings: by start, then the longer, then the entry.
  public let findings: [Finding]
  /// Occurrences that exceptions cleared.
  public let cleared: [ClearedHit]

  init(findings: [Finding], cleared: [ClearedHit]) {
    self.findings = findings
    self.cleared = cleared
    decision = findings.map { Decision($0.action) }.max() ?? .pass
  }

  /// How many findings each risk has, by the findings' primary risk.
  public var counts: [Risk: Int] {
    var counts: [Risk: Int] = [:]
    for finding in findings {
      if let risk = finding.risk { counts[risk, default: 0] += 1 }
    }
    return counts
  }

  /// The findings as a report without overlaps: from left to right, at each place the longest.
  public var leftmostLongest: [Finding] {
    var result: [Finding] = []
    var end = Int.min
    for finding in findings where finding.range.lowerBound >= end {
      result.append(finding)
      end = finding.range.upperBound
    }
    return result
  }
}
