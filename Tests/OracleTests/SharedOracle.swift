import Synchronization
import TestSupport

/// What the oracle's tests share: the published files are read once.
enum SharedOracle {
  static let characters = Result { try OracleCharacters() }
  /// Generated lexicons that were refused.
  static let refused = Counter()

  final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    func wrappingAdd(_ count: Int) { value.wrappingAdd(count, ordering: .relaxed) }
    var count: Int { value.load(ordering: .relaxed) }
  }

  /// Generates lexicons until one is accepted by both sides.
  static func lexicon(
    _ generator: LexiconGenerator, _ random: inout SplitMix64, _ characters: OracleCharacters
  ) -> (
    items: [OracleItem], literals: [String], matcher: OracleMatcher, engine: TestedEngine
  )? {
    for _ in 0..<20 {
      let (items, literals) = generator.lexicon(&random)
      guard let matcher = OracleMatcher(items, characters) else { continue }
      guard let engine = try? TestedEngine(items), engine.isComplete(items.count) else {
        refused.wrappingAdd(1)
        continue
      }
      return (items, literals, matcher, engine)
    }
    return nil
  }
}
