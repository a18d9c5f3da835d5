/// How often each count occurred; its size is that of the largest count.
package struct Histogram: Sendable {
  private var counts: [Int] = []
  /// How many samples there are.
  package private(set) var total = 0

  /// Makes an empty histogram.
  package init() {}

  /// Adds a sample, 0 or more.
  package mutating func add(_ value: Int) {
    while counts.count <= value { counts.append(0) }
    counts[value] += 1
    total += 1
  }

  /// Returns a quantile.
  ///
  /// - Parameter share: 0…1, such as 0.99.
  /// - Returns: The smallest value that at least this share does not pass; 0 without samples.
  package func quantile(_ share: Double) -> Int {
    var rest = Int((Double(total) * share).rounded(.up))
    for (value, count) in counts.enumerated() {
      rest -= count
      if rest <= 0 { return value }
    }
    return maximum
  }

  /// The largest sample; 0 without samples.
  package var maximum: Int { max(counts.count - 1, 0) }
}
