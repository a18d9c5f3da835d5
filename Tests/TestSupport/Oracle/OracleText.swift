import Synchronization

/// A scalar of a text, or a maximal ill-formed part of it.
package struct OracleUnit: Sendable {
  /// The scalar; `nil` where the bytes are ill-formed.
  let scalar: UInt32?
  /// The bytes.
  let range: Range<Int>
  /// A full stop is resolved to a sentence mark or noise.
  var kind: OracleKind
  let symbols: [UInt32]
  let traits: [OracleTrait]

  var vanishes: Bool { scalar != nil && (kind == .vanishing || kind == .joiner) }
  var isNoise: Bool {
    switch kind {
    case .noise, .whiteSpace, .emojiModifier, .regionalIndicator: scalar != nil
    default: false
    }
  }
  var isTextSymbol: Bool {
    scalar != nil && (kind == .symbol || kind == .clauseMark || kind == .sentenceMark)
  }
  /// A line break or an ill-formed part: nothing matches across.
  var breaks: Bool { scalar == nil || kind == .lineBreak }
}

/// A folded symbol of a text that is neither noise nor invisible.
struct OracleSymbol: Sendable {
  let value: UInt32
  let trait: OracleTrait
  /// The index of its scalar.
  let unit: Int
}

/// Scalars between two neighbouring symbols.
struct OracleGap: Sendable {
  var vanishing = 0
  var isBroken = false
  /// Noise scalars that count.
  var counted = 0
  var noise: [UInt32] = []
  /// The noise as symbols; `nil` where it is more than stands between two letters.
  var literal: [UInt32]? = []

  /// Whether anything can match across at all.
  var isPassable: Bool { !isBroken && vanishing <= 32 }
  /// Whether its neighbours touch.
  var touches: Bool { isPassable && noise.isEmpty }
}

/// A text taken apart by the words of the specification.
package struct OracleText: Sendable {
  package let bytes: [UInt8]
  var units: [OracleUnit] = []
  var symbols: [OracleSymbol] = []

  /// Decodes, folds and classes a text.
  package init(_ bytes: [UInt8], _ characters: OracleCharacters) {
    self.bytes = bytes
    for (scalar, range) in Self.decode(bytes) {
      let entry = scalar.map { characters.entry($0) }
      units.append(
        OracleUnit(
          scalar: scalar, range: range, kind: entry?.kind ?? .lineBreak,
          symbols: entry?.symbols ?? [], traits: entry?.traits ?? []))
    }
    resolveStops()
    for (index, unit) in units.enumerated() where unit.isTextSymbol {
      for (value, trait) in zip(unit.symbols, unit.traits) {
        symbols.append(OracleSymbol(value: value, trait: trait, unit: index))
      }
    }
  }

  /// Makes each `.` a sentence mark where the next visible scalar is white space or a line break,
  /// else noise; noise too where the 33rd invisible scalar since the last symbol comes first.
  private mutating func resolveStops() {
    var stop: Int?
    var invisible = 0
    func resolve(as kind: OracleKind) {
      if let stop { units[stop].kind = kind }
      stop = nil
    }
    for index in units.indices {
      if units[index].vanishes {
        invisible += 1
        if invisible > 32 {
          resolve(as: .noise)
          invisible = 0
        }
        continue
      }
      let isSpace = units[index].kind == .whiteSpace || units[index].kind == .lineBreak
      if stop != nil, isSpace, units[index].scalar != nil { invisible = 0 }
      resolve(as: isSpace && units[index].scalar != nil ? .sentenceMark : .noise)
      if units[index].isTextSymbol || units[index].breaks { invisible = 0 }
      if units[index].kind == .fullStop { stop = index }
    }
    resolve(as: .noise)
  }

  /// The gap in front of a symbol.
  func gap(before index: Int) -> OracleGap {
    let (left, right) = (symbols[index - 1].unit, symbols[index].unit)
    return left == right ? OracleGap() : gap(of: units[left + 1..<right])
  }

  /// Describes scalars that lie between two symbols.
  func gap(of units: ArraySlice<OracleUnit>) -> OracleGap {
    var gap = OracleGap()
    gap.vanishing = units.count { $0.vanishes }
    gap.isBroken = units.contains { $0.breaks }
    let noise = units.filter { $0.isNoise }
    gap.noise = noise.compactMap(\.scalar)
    gap.counted = counted(units)
    gap.literal = literal(noise)
    return gap
  }

  /// Counts noise, but not what belongs to one emoji: what follows a joiner, a skin tone, the second
  /// half of a flag.
  private func counted(_ units: ArraySlice<OracleUnit>) -> Int {
    var count = 0
    var isJoined = false
    var previous: OracleUnit?
    var isHalfFlag = false
    for unit in units {
      if unit.vanishes {
        if unit.kind == .joiner { isJoined = true }
        continue
      }
      let completesFlag = unit.kind == .regionalIndicator && isHalfFlag
      let isTone =
        unit.kind == .emojiModifier && previous != nil && previous?.kind != .emojiModifier
      if !isJoined && !completesFlag && !isTone { count += 1 }
      isHalfFlag = unit.kind == .regionalIndicator && !completesFlag
      isJoined = false
      previous = unit
    }
    return count
  }

  private func literal(_ noise: [OracleUnit]) -> [UInt32]? {
    var result: [UInt32] = []
    var spaces = 0
    for unit in noise {
      spaces = unit.kind == .whiteSpace ? spaces + 1 : 0
      if spaces > 8 { return nil }
      if spaces <= 1 { result.append(spaces == 1 ? 0x20 : unit.symbols[0]) }
    }
    return result.count > 8 ? nil : result
  }

  /// The number of line breaks and sentence marks up to and including a scalar.
  func sentence(through unit: Int) -> Int {
    units[...unit].count { $0.scalar != nil && ($0.kind == .lineBreak || $0.kind == .sentenceMark) }
  }

  /// Cuts bytes into scalars and maximal ill-formed parts, by the standard library's decoder.
  package static func decode(_ bytes: [UInt8]) -> [(UInt32?, Range<Int>)] {
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    var result: [(UInt32?, Range<Int>)] = []
    var start = 0
    while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let encoded):
        result.append((Unicode.UTF8.decode(encoded).value, start..<start + encoded.count))
        start += encoded.count
      case .error(let length):
        result.append((nil, start..<start + length))
        start += length
      case .emptyInput: return result
      }
    }
  }
}

/// A scalar's fold and classes, remembered.
struct OracleEntry: Sendable {
  let kind: OracleKind
  let symbols: [UInt32]
  let traits: [OracleTrait]
}

/// Folds that were worked out before.
final class OracleCache: Sendable {
  private let entries = Mutex<[UInt32: OracleEntry]>([:])

  func entry(_ scalar: UInt32, _ make: () -> OracleEntry) -> OracleEntry {
    entries.withLock { known in
      if let entry = known[scalar] { return entry }
      let entry = make()
      known[scalar] = entry
      return entry
    }
  }
}

extension OracleCharacters {
  func entry(_ scalar: UInt32) -> OracleEntry {
    cache.entry(scalar) {
      let symbols = fold(scalar)
      return OracleEntry(kind: kind(scalar), symbols: symbols, traits: symbols.map(trait))
    }
  }
}
