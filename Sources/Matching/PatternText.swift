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
    var folder = PatternFolder()
    try folder.fold(text)
    symbols = folder.symbols
  }

  /// Folds a literal.
  package init(_ text: String) throws(PatternError) {
    var folder = PatternFolder()
    try folder.fold(text)
    symbols = folder.symbols
  }

  /// The symbols' traits, in order.
  package var traits: [SymbolTrait] { symbols.map { Folder.trait(ofSymbol: $0) } }
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

extension SymbolSequences {
  /// Creates a set of different literals.
  init(_ texts: [PatternText]) {
    self.init()
    for text in texts { insert(text.symbols) }
  }
}
