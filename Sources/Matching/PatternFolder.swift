import Folding

/// Folds literals one after the other, as `PatternText` describes, without an allocation for each.
package struct PatternFolder: Sendable {
  /// The symbols of the literal that was folded last.
  package private(set) var symbols: [UInt32] = []
  /// The noise after the last symbol.
  private var gap: [UInt32] = []
  private var last: SymbolTrait?
  private var hasPendingStop = false

  /// Creates a folder that has folded nothing.
  package init() {}

  /// Folds a literal into `symbols`.
  ///
  /// - Parameter text: Its text.
  /// - Throws: `PatternError` when nothing is left, an edge is noise, or it is too long.
  /// - Complexity: O(length of `text`).
  package mutating func fold(_ text: String) throws(PatternError) {
    begin()
    for scalar in text.unicodeScalars { try read(scalar.value) }
    try finish()
  }

  /// Folds a literal into `symbols`.
  ///
  /// - Parameter text: UTF-8; ill-formed parts count as symbols that nothing matches.
  /// - Throws: `PatternError` when nothing is left, an edge is noise, or it is too long.
  /// - Complexity: O(`text.count`).
  package mutating func fold(_ text: Span<UInt8>) throws(PatternError) {
    begin()
    var position = 0
    while position < text.count {
      let scalar = UTF8Decoder.decode(text, at: position)
      position += scalar.length
      try read(scalar.scalar)
    }
    try finish()
  }

  private mutating func begin() {
    symbols.removeAll(keepingCapacity: true)
    gap.removeAll(keepingCapacity: true)
    last = nil
    hasPendingStop = false
  }

  private mutating func read(_ scalar: UInt32) throws(PatternError) {
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
    if !gap.isEmpty {
      if last != .han && trait != .han {
        if gap.count > Gap.maximumLiteral { throw .unmatchable }
        symbols += gap
      }
      gap.removeAll(keepingCapacity: true)
    }
    symbols.append(symbol)
    last = trait
  }

  private func finish() throws(PatternError) {
    if hasPendingStop { throw symbols.isEmpty ? .blank : .noiseAtEdge(0x2E) }
    if symbols.isEmpty { throw .blank }
    if let noise = gap.last(where: { $0 != 0x20 }) { throw .noiseAtEdge(noise) }
    if symbols.count > PatternText.maximumLength { throw .tooLong(symbols: symbols.count) }
  }
}
