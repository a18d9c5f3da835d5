import Folding

/// The folding of haystacks, as the prefilter sees it.
package struct FolderFolding: PrefilterFolding {
  /// Creates the folding; it has no state.
  package init() {}

  /// Tells a scalar's fold, and skips whatever some gap may hold under some option.
  ///
  /// Marks are skipped as noise is, so a pattern with a mark inside is found by its other symbols.
  @inline(__always)
  package func fold(_ scalar: UInt32, into symbols: inout [UInt32]) -> PrefilterRole {
    let fold = Folder.fold(scalar)
    switch fold.kind {
    case .vanishing, .joiner, .noise, .whiteSpace, .emojiModifier, .regionalIndicator, .fullStop,
      .clauseMark, .sentenceMark:
      return .skipped
    case .lineBreak:
      return .other
    case .symbol where fold.count == 1:
      return Folder.fold(fold.symbol).kind == .symbol ? .symbol(fold.symbol) : .skipped
    case .symbol:
      // Noise inside a fold (the space of ͺ) is skipped as other noise is.
      let count = symbols.count
      for index in 0..<fold.count where Folder.fold(fold[index]).kind == .symbol {
        symbols.append(fold[index])
      }
      return symbols.count == count ? .skipped : .symbols
    }
  }

  /// The folding's own pages.
  package func page(of scalar: UInt32) -> UInt32 { FoldEntry.page(of: scalar) }
}

extension PrefilterPattern {
  /// Takes what the prefilter looks at from a folded term: all but noise and marks.
  ///
  /// - Parameters:
  ///   - term: The folded term. The noise in it, a space between two words say, stands in every
  ///     occurrence as well.
  ///   - isBounded: Whether the edges must not touch another letter or digit.
  package init(term: ArraySlice<UInt32>, isBounded: Bool) {
    self.init([], isBounded: isBounded)
    symbols.reserveCapacity(term.count)
    var isBehindNoise = false
    for symbol in term {
      guard Folder.fold(symbol).kind == .symbol else {
        isBehindNoise = !symbols.isEmpty
        continue
      }
      if isBehindNoise && symbols.count < 64 { wordStarts |= 1 << UInt64(symbols.count) }
      isBehindNoise = false
      symbols.append(symbol)
    }
  }

  /// Takes what the prefilter looks at from a folded term.
  package init(term: [UInt32], isBounded: Bool) {
    self.init(term: term[...], isBounded: isBounded)
  }
}
