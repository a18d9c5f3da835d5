import Filtering
import Lexicons
import TestSupport

/// The engine of a lexicon, answering in the oracle's terms.
struct TestedEngine {
  let engine: FilterEngine
  /// The item of each entry.
  private let items: [Int: Int]

  /// Writes entries to keyword files, one a primary risk, and compiles them.
  init(_ items: [OracleItem]) throws {
    var files: [String: String] = [:]
    var places: [String: Int] = [:]
    var lines: [String: Int] = [:]
    for (index, item) in items.enumerated() {
      let name = item.risks[0] + "-test.txt"
      if files[name] == nil {
        files[name] = "risk: \(item.risks[0])\ntitle: test\nversion: 2026-01-01\n"
        lines[name] = 3
      }
      files[name, default: ""] += item.line + "\n"
      lines[name, default: 0] += 1
      places["\(name):\(lines[name] ?? 0)"] = index
    }
    let engine = try FilterEngine(
      files: files.map { (name: $0.key, bytes: Array($0.value.utf8)) })
    var numbers: [Int: Int] = [:]
    for index in 0..<engine.entryCount {
      let entry = engine.entry(index)
      numbers[index] = places["\(entry.file):\(entry.line)"]
    }
    self.engine = engine
    self.items = numbers
  }

  /// Whether every item is an entry of its own.
  func isComplete(_ count: Int) -> Bool { Set(items.values).count == count }

  func findings(in bytes: [UInt8], _ policy: OraclePolicy) -> [OracleFinding] {
    engine.findings(in: bytes.span, policy: Policy(policy)).map(translate)
  }

  func translate(_ finding: Finding) -> OracleFinding {
    OracleFinding(
      item: finding.entry.flatMap { items[$0] }, range: finding.range,
      action: OracleAction(rawValue: Int(finding.action.rawValue)) ?? .tag)
  }
}

extension Policy {
  init(_ policy: OraclePolicy) {
    self.init(
      actions: Dictionary(
        uniqueKeysWithValues: policy.actions.map {
          (risk($0.key), Action(rawValue: UInt8($0.value.rawValue)) ?? .tag)
        }),
      disabled: RiskSet(policy.disabled.map(risk)), noiseLimit: policy.noiseLimit,
      limitAction: Action(rawValue: UInt8(policy.limitAction.rawValue)) ?? .block)
  }
}

private func risk(_ id: String) -> Risk {
  Risk.allCases.first { $0.id == id } ?? .allCases[0]
}
