import Folding

extension Evasion {
  /// Reads off a finding's bytes how they hide what was found: forms that folding undoes.
  ///
  /// - Parameters:
  ///   - text: The text, or a part of it.
  ///   - range: The finding's bytes in `text`.
  init(of text: Span<UInt8>, in range: Range<Int>) {
    self = []
    var at = range.lowerBound
    while at < min(range.upperBound, text.count) {
      let decoded = UTF8Decoder.decode(text, at: at)
      at += decoded.length
      if decoded.scalar < 0x80 || decoded.scalar == DecodedScalar.illFormed { continue }
      let fold = Folder.fold(decoded.scalar)
      if fold.isIdentity { continue }
      switch fold.kind {
      case .vanishing, .joiner: insert(.invisible)
      case .symbol: formUnion(Self.kind(of: decoded.scalar, fold))
      default: break
      }
    }
  }

  private static func kind(of scalar: UInt32, _ fold: Fold) -> Evasion {
    let isHan = Folder.trait(ofSymbol: fold[0]) == .han
    if isHan {
      let isIdeograph =
        (0x3400...0x9FFF).contains(scalar) || (0x20000...0x3FFFF).contains(scalar)
        || (0xF900...0xFAFF).contains(scalar)
      return isIdeograph ? .variant : .width
    }
    let isCompatibility = (0xFF00...0xFFEF).contains(scalar) || (0x2000...0x33FF).contains(scalar)
    if isCompatibility || (0x1D400...0x1F1FF).contains(scalar) { return .width }
    return fold.count == 1 && fold[0] < 0x80 ? .lookAlike : []
  }
}
