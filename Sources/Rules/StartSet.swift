/// The symbols with which a match that is not empty can begin; a superset is allowed.
package struct StartSet: Equatable, Sendable {
  /// Symbols known by number.
  package private(set) var ranges: [ClosedRange<UInt32>]
  /// Members of a PCRE2 class whose symbols only PCRE2 knows, such as `\d` or `[:alpha:]`.
  package private(set) var classes: Set<String>
  /// Whether any symbol at all can begin a match.
  package private(set) var isUnrestricted: Bool

  static let empty = StartSet(ranges: [], classes: [], isUnrestricted: false)
  static let unrestricted = StartSet(ranges: [], classes: [], isUnrestricted: true)

  static func symbols(_ range: ClosedRange<UInt32>) -> StartSet {
    StartSet(ranges: [range], classes: [], isUnrestricted: false)
  }

  static func members(_ text: String) -> StartSet {
    StartSet(ranges: [], classes: [text], isUnrestricted: false)
  }

  var isEmpty: Bool { ranges.isEmpty && classes.isEmpty && !isUnrestricted }

  mutating func formUnion(_ other: StartSet) {
    ranges += other.ranges
    classes.formUnion(other.classes)
    isUnrestricted = isUnrestricted || other.isUnrestricted
  }

  /// Returns the set's symbols as ranges, unordered and perhaps overlapping.
  ///
  /// - Complexity: O(ranges); the first use of a class in a process costs milliseconds.
  package func resolved() -> [ClosedRange<UInt32>] {
    if isUnrestricted { return [0...0x10_FFFF] }
    return classes.reduce(into: ranges) { $0 += ClassMembers.ranges(of: $1) }
  }
}
