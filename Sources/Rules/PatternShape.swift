/// What is known of a part of a pattern without running it: widths, reach and beginnings.
///
/// Widths count symbols. `extent` is how far past the part's start matching may look (look-ahead
/// included), `back` how far before it; `nil` means that no bound is known.
struct PatternShape {
  /// Larger widths are all refused, so they are cut here before they overflow.
  private static let ceiling = 1 << 20
  private static let longestPrefix = 64

  var least = 0
  var most: Int? = 0
  var extent: Int? = 0
  var back = 0
  /// With which symbols a match of the part that is not empty begins.
  var first = StartSet.empty
  /// Symbols with which every match of the part begins.
  var prefix: [UInt32] = []
  /// Whether `prefix` is all that the part can match, so that the next part's prefix goes on.
  var isLiteral = true

  /// The part that matches nothing but the empty text.
  static let empty = PatternShape()

  /// One symbol, which is `literal` where only that one matches.
  static func symbol(_ first: StartSet, literal: UInt32? = nil) -> PatternShape {
    PatternShape(
      least: 1, most: 1, extent: 1, first: first, prefix: literal.map { [$0] } ?? [],
      isLiteral: literal != nil)
  }

  /// A part that may match anything of any length, or nothing.
  static let unknown = PatternShape(
    least: 0, most: nil, extent: nil, first: .unrestricted, isLiteral: false)

  private static func sum(_ a: Int?, _ b: Int?) -> Int? {
    guard let a, let b else { return nil }
    return Swift.min(a + b, ceiling)
  }

  private static func max(_ a: Int?, _ b: Int?) -> Int? {
    guard let a, let b else { return nil }
    return Swift.max(a, b)
  }

  mutating func append(_ next: PatternShape) {
    extent = Self.max(extent, next.extent == 0 ? 0 : Self.sum(most, next.extent))
    back = Swift.max(back, next.back - least)
    if least == 0 { first.formUnion(next.first) }
    if isLiteral && prefix.count < Self.longestPrefix {
      prefix += next.prefix
      isLiteral = next.isLiteral
    } else {
      isLiteral = false
    }
    least = Swift.min(least + next.least, Self.ceiling)
    most = Self.sum(most, next.most)
  }

  mutating func formAlternation(_ other: PatternShape) {
    isLiteral = isLiteral && other.isLiteral && prefix == other.prefix
    prefix = zip(prefix, other.prefix).prefix { $0 == $1 }.map { $0.0 }
    least = Swift.min(least, other.least)
    most = Self.max(most, other.most)
    extent = Self.max(extent, other.extent)
    back = Swift.max(back, other.back)
    first.formUnion(other.first)
  }

  /// Repeats the part; `high` is `nil` where the quantifier has no upper bound.
  func repeated(_ low: Int, _ high: Int?) -> PatternShape {
    if high == 0 { return PatternShape(back: 0) }
    var result = self
    result.least = Swift.min(low * least, Self.ceiling)
    if most == 0 {
      // A repeated look-around stays as wide as one.
    } else if let most, let extent, let high {
      result.most = Swift.min(high * most, Self.ceiling)
      result.extent = Swift.min((high - 1) * most + extent, Self.ceiling)
    } else {
      result.most = nil
      result.extent = nil
    }
    if low == 0 {
      result.prefix = []
      result.isLiteral = false
    } else if isLiteral {
      let whole = low * prefix.count <= Self.longestPrefix
      result.prefix = Array(repeatElement(prefix, count: whole ? low : 1).joined())
      result.isLiteral = prefix.isEmpty || (whole && low == high)
    }
    return result
  }

  /// The part as a look-ahead: it is examined, not consumed.
  var asLookAhead: PatternShape { PatternShape(most: 0, extent: extent, back: back) }

  /// The part as a look-behind, which starts its width before the current symbol.
  var asLookBehind: PatternShape {
    PatternShape(
      extent: extent.map { Swift.max(0, $0 - least) }, back: back + (most ?? Self.ceiling))
  }
}
