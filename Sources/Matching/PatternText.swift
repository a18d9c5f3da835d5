package import Folding

/// A literal as the automaton sees it: folded, with noise dropped where it is skipped anyway.
///
/// Two neighbouring letters, digits or ideographs keep what lies between them as symbols of the
/// pattern unless one of them is Han: there noise is skipped in the text, so it is dropped here
/// (卖 zorb = 卖zorb). A run of white space between two others is one space. `Scanner` reads the
/// text by the same rule.
///
/// - Invariant: neither the first nor the last symbol is noise; there are 1…64 symbols.
package struct PatternText: Hashable, Sendable {
  /// The most symbols that a pattern may have.
  package static let maximumLength = 64

  /// The symbols: folded scalars.
  package let symbols: [UInt32]

  /// Folds a literal.
  ///
  /// - Parameter text: UTF-8; ill-formed parts count as symbols that nothing matches.
  /// - Throws: `PatternError` when nothing is left, an edge is noise, or it is too long.
  /// - Complexity: O(`text.count`).
  package init(_ text: Span<UInt8>) throws(PatternError) {
    var reader = Reader()
    var position = 0
    while position < text.count {
      let scalar = UTF8Decoder.decode(text, at: position)
      position += scalar.length
      try reader.read(scalar.scalar)
    }
    symbols = try reader.finish()
  }

  /// Folds a literal.
  package init(_ text: String) throws(PatternError) {
    let bytes = Array(text.utf8)
    try self.init(bytes.span)
  }

  /// The symbols' traits, in order.
  package var traits: [SymbolTrait] { symbols.map { Folder.trait(ofSymbol: $0) } }

  /// Whether clause marks in every gap are skipped: three symbols or more, every gap beside Han.
  package var isClauseEligible: Bool {
    let traits = traits
    guard traits.count >= 3 else { return false }
    for index in 1..<traits.count where traits[index] != .han && traits[index - 1] != .han {
      return false
    }
    return symbols.allSatisfy { !Folder.fold($0).kind.isMark }
  }

  /// Whether it is also found spelled out (`w-o-r-d`): four letters or more, and nothing else.
  package var isSpelledEligible: Bool {
    symbols.count >= 4 && traits.allSatisfy { $0 == .letter }
  }
}

/// Why a literal cannot be a pattern.
package enum PatternError: Error, Equatable, Sendable {
  /// Nothing is left after folding.
  case blank
  /// It has more than 64 symbols.
  case tooLong(symbols: Int)
  /// It begins or ends with noise, here as written.
  case noiseAtEdge(UInt32)
  /// It has a line break, an ill-formed part, or a longer run of noise than a text may have.
  case unmatchable
}

extension ScalarKind {
  /// A clause or sentence mark: a symbol that no term is expected to have.
  package var isMark: Bool { self == .clauseMark || self == .sentenceMark }
}

/// Reads a literal's scalars one by one.
private struct Reader {
  private var symbols: [UInt32] = []
  private var gap: [UInt32] = []
  private var last: SymbolTrait?
  private var hasPendingStop = false

  mutating func read(_ scalar: UInt32) throws(PatternError) {
    guard scalar <= 0x10FFFF else { throw .unmatchable }
    let fold = Folder.fold(scalar)
    if fold.kind == .vanishing || fold.kind == .joiner { return }
    if hasPendingStop {
      hasPendingStop = false
      if fold.kind == .whiteSpace { try append(0x2E, trait: .other) } else { try skip(0x2E) }
    }
    switch fold.kind {
    case .lineBreak: throw .unmatchable
    case .fullStop: hasPendingStop = true
    case .whiteSpace: try skip(0x20)
    case .noise, .emojiModifier, .regionalIndicator: try skip(fold[0])
    case .symbol, .sentenceMark, .clauseMark:
      for index in 0..<fold.count {
        try append(fold[index], trait: Folder.trait(ofSymbol: fold[index]))
      }
    case .vanishing, .joiner: break
    }
  }

  private mutating func skip(_ symbol: UInt32) throws(PatternError) {
    if last == nil { throw .noiseAtEdge(symbol) }
    if symbol == 0x20 && gap.last == 0x20 { return }
    gap.append(symbol)
  }

  private mutating func append(_ symbol: UInt32, trait: SymbolTrait) throws(PatternError) {
    if last != .han && trait != .han {
      if gap.count > Gap.maximumLiteral { throw .unmatchable }
      symbols += gap
    }
    gap.removeAll()
    symbols.append(symbol)
    last = trait
  }

  consuming func finish() throws(PatternError) -> [UInt32] {
    if hasPendingStop { throw symbols.isEmpty ? .blank : .noiseAtEdge(0x2E) }
    if symbols.isEmpty { throw .blank }
    if let noise = gap.last(where: { $0 != 0x20 }) { throw .noiseAtEdge(noise) }
    if symbols.count > PatternText.maximumLength { throw .tooLong(symbols: symbols.count) }
    return symbols
  }
}
