/// Words that are harm only together: sets of words, or of their occurrences.
struct OracleCombination<Occurrences: Sendable>: Sendable {
  var parts: [Occurrences]
  var within: Int
  var isOrdered: Bool
  var with: [Occurrences]
  var without: [Occurrences]

  func map<Other>(_ transform: (Occurrences) -> Other) -> OracleCombination<Other> {
    OracleCombination<Other>(
      parts: parts.map(transform), within: within, isOrdered: isOrdered, with: with.map(transform),
      without: without.map(transform))
  }
}

extension OracleCombination where Occurrences == [OracleHit] {
  /// The occurrences of parts at which the combination is found.
  func ends(in text: OracleText) -> [OracleHit] {
    func sentence(_ hit: OracleHit) -> Int {
      text.sentence(through: text.symbols[hit.last].unit)
    }
    var result: Set<OracleHit> = []
    for part in parts.indices where !isOrdered || part == parts.count - 1 {
      for last in parts[part] {
        let place = sentence(last)
        func isBefore(_ hit: OracleHit) -> Bool { sentence(hit) == place && hit.last <= last.last }
        guard with.allSatisfy({ $0.contains(where: isBefore) }),
          without.allSatisfy({ !$0.contains(where: isBefore) })
        else { continue }
        let sets = parts.map { $0.filter { sentence($0) == place } }
        let others = Array(parts.indices).filter { $0 != part }
        if canChoose(others, from: sets, before: last) { result.insert(last) }
      }
    }
    return Array(result)
  }

  /// Whether an occurrence of each of the parts stands before another one, each near the next.
  private func canChoose(_ rest: [Int], from sets: [[OracleHit]], before next: OracleHit) -> Bool {
    if rest.isEmpty { return true }
    for part in rest where !isOrdered || part == rest[rest.count - 1] {
      for hit in sets[part] {
        let distance = next.first - hit.last - 1
        guard distance >= 0, distance <= within else { continue }
        if canChoose(rest.filter { $0 != part }, from: sets, before: hit) { return true }
      }
    }
    return false
  }
}
