import CScan
import Folding

extension TextTail {
  /// A Han character or a word, by its first symbols' numbers.
  struct Unit {
    var start: Int
    var isHan: Bool
    var first: Int
    /// 0 unless it is a word of several letters or digits.
    var second = 0
  }

  /// What stands before a unit.
  enum Boundary {
    /// Nothing that begins before it goes on beyond it.
    case closed
    /// What ends at this offset may go on.
    case crossable(Int)
    case unclear
  }

  /// The scalar that ends at an offset, of one or three bytes.
  @inline(__always)
  func scalar(_ bytes: Span<UInt8>, before end: Int) -> (start: Int, entry: ScalarEntry)? {
    let last = bytes[end - 1]
    if last < 0x80 { return (end - 1, tables.entry(UInt32(last))) }
    guard end >= 3, last < 0xC0, bytes[end - 2] & 0xC0 == 0x80 else { return nil }
    let lead = bytes[end - 3]
    guard lead > 0xE0, lead < 0xF0, lead != 0xED else { return nil }
    return (end - 3, tables.entry(wide(bytes, at: end - 3)))
  }

  /// A symbol of a unit, or the noise between two words.
  @inline(__always)
  func symbol(_ bytes: Span<UInt8>, at offset: Int) -> (number: Int, length: Int) {
    let lead = bytes[offset]
    if lead < 0x80 { return (tables.entry(UInt32(lead)).number, 1) }
    return (tables.entry(wide(bytes, at: offset)).number, 3)
  }

  /// The number of a unit's last symbol, by its end.
  @inline(__always)
  func last(_ bytes: Span<UInt8>, _ end: Int) -> Int {
    symbol(bytes, at: bytes[end - 1] < 0x80 ? end - 1 : end - 3).number
  }

  @inline(__always)
  private func wide(_ bytes: Span<UInt8>, at offset: Int) -> UInt32 {
    UInt32(bytes[offset] & 0xF) << 12 | UInt32(bytes[offset + 1] & 0x3F) << 6
      | UInt32(bytes[offset + 2] & 0x3F)
  }

  @inline(__always)
  private func isInWord(_ entry: ScalarEntry) -> Bool {
    entry.isPlainSymbol && entry.traitBits >= SymbolTrait.letter.bits
  }

  /// The unit that ends at an offset.
  @inline(__always)
  func unit(_ bytes: Span<UInt8>, before end: Int) -> Unit? {
    guard let (start, entry) = scalar(bytes, before: end), entry.isPlainSymbol else { return nil }
    if entry.traitBits == SymbolTrait.han.bits {
      return Unit(start: start, isHan: true, first: entry.number)
    }
    guard end - start == 1, isInWord(entry) else { return nil }
    var (first, number, second) = (start, entry.number, 0)
    while first > 0, bytes[first - 1] < 0x80 {
      let next = tables.entry(UInt32(bytes[first - 1]))
      guard isInWord(next) else { break }
      (number, second) = (next.number, number)
      first -= 1
    }
    return Unit(start: first, isHan: false, first: number, second: second)
  }

  @inline(__always)
  func boundary(_ bytes: Span<UInt8>, before unit: Unit) -> Boundary {
    if unit.start == 0 { return isWhole ? .closed : .unclear }
    if !unit.isHan, let before = wordBeforeSpace(bytes, unit.start) {
      return goesOn(from: before, to: unit) ? .crossable(unit.start - 1) : .closed
    }
    guard let (start, entry) = scalar(bytes, before: unit.start) else { return .unclear }
    if !entry.isPlainSymbol {
      return isClosed(by: entry, bytes, start, unit) ? .closed : gap(bytes, before: unit)
    }
    // Of two letters the first one would belong to the word.
    let isHan = entry.traitBits == SymbolTrait.han.bits
    guard isHan || (unit.start - start == 1 && isInWord(entry)) else { return .unclear }
    let crosses = tables.isInner(InnerFilter.key(entry.number, unit.first))
    return crosses ? .crossable(unit.start) : .closed
  }

  /// Whether a single scalar of noise, or a mark, right before a unit lets nothing through; false as
  /// well where that is not plain to see.
  @inline(__always)
  private func isClosed(
    by entry: ScalarEntry, _ bytes: Span<UInt8>, _ end: Int, _ unit: Unit
  ) -> Bool {
    guard isGap(entry), end > 3, let (start, before) = scalar(bytes, before: end) else {
      return false
    }
    let isSpace = entry.kindBits == UInt32(KW_KIND_SPACE)
    if !isSpace && tables.isInner(InnerFilter.key(entry.number, unit.first)) { return false }
    if before.isPlainSymbol && (unit.isHan || before.traitBits == SymbolTrait.han.bits) {
      let isKnown = end - start == 1 ? isInWord(before) : before.traitBits == SymbolTrait.han.bits
      return isKnown && !tables.isInner(InnerFilter.key(before.number, unit.first))
    }
    // Of two words each has two letters or more, or the gap may be one of many in a spelled one.
    guard !isSpace, entry.number != SymbolTable.stop, entry.number != SymbolTable.comma else {
      return false
    }
    return end - start == 1 && isInWord(before) && bytes[start - 1] < 0x80
      && isInWord(tables.entry(UInt32(bytes[start - 1])))
  }

  /// The last two symbols of a word before a single space right before an offset.
  @inline(__always)
  private func wordBeforeSpace(_ bytes: Span<UInt8>, _ offset: Int) -> (Int, Int)? {
    guard offset > 2, bytes[offset - 1] == 0x20, bytes[offset - 2] | bytes[offset - 3] < 0x80 else {
      return nil
    }
    let first = tables.entry(UInt32(bytes[offset - 3]))
    let second = tables.entry(UInt32(bytes[offset - 2]))
    return isInWord(first) && isInWord(second) ? (first.number, second.number) : nil
  }

  /// Whether a pattern may have a space inside between a word that ends with two symbols and a unit.
  @inline(__always)
  private func goesOn(from end: (Int, Int), to unit: Unit) -> Bool {
    tables.isInner(InnerFilter.key(end.0, end.1, SymbolTable.space, unit.first))
      && (unit.second == 0
        || tables.isInner(InnerFilter.key(end.0, end.1, unit.first, unit.second)))
  }

  /// A gap that is read backwards.
  struct Gap {
    /// The number of scalars.
    var count = 0
    /// What stands right behind a scalar is white space, which is one symbol, if it is any.
    var isBehindSpace = false
    /// There is something but white space.
    var hasMark = false
    /// There is a mark that ends a sentence, but for a full stop.
    var endsSentence = false
    /// Right before the unit stands a mark that can be part of a number.
    var isDigitMark = false
  }

  /// What a unit has before it that is no symbol.
  @inline(never)
  private func gap(_ bytes: Span<UInt8>, before unit: Unit) -> Boundary {
    var end = unit.start
    var gap = Gap()
    var crosses = false
    while true {
      if end == 0 { return isWhole ? .closed : .unclear }
      guard let (start, entry) = scalar(bytes, before: end) else { return .unclear }
      if entry.kindBits == UInt32(KW_KIND_LINE) { return .closed }
      if entry.isPlainSymbol { break }
      guard isGap(entry), gap.count < Self.longestGap else { return .unclear }
      let isSpace = entry.kindBits == UInt32(KW_KIND_SPACE)
      if !isSpace {
        let number = entry.number
        gap.hasMark = true
        gap.endsSentence = gap.endsSentence || entry.kindBits == UInt32(KW_KIND_SENTENCE)
        if gap.count == 0 {
          gap.isDigitMark = number == SymbolTable.stop || number == SymbolTable.comma
        }
        crosses = crosses || tables.isInner(InnerFilter.key(number, unit.first))
        if gap.isBehindSpace {
          let key = InnerFilter.key(number, SymbolTable.space, unit.first)
          if tables.isInner(key) { return .unclear }
        }
      }
      gap.isBehindSpace = isSpace
      gap.count += 1
      end = start
    }
    guard let before = self.unit(bytes, before: end) else { return .unclear }
    return boundary(bytes, between: before, end, gap, unit, crosses)
  }

  /// Whether a scalar is noise or a mark.
  @inline(__always)
  func isGap(_ entry: ScalarEntry) -> Bool {
    if entry.isExpansion { return false }
    let kind = Int(entry.kindBits)
    return kind == Int(KW_KIND_NOISE) || kind == Int(KW_KIND_SPACE) || kind == Int(KW_KIND_STOP)
      || kind == Int(KW_KIND_SENTENCE) || kind == Int(KW_KIND_CLAUSE)
  }

  /// What a gap lets through between a unit that ends at `end` and another; `crosses` says that a
  /// pattern may have one of the gap's marks or noise right before that.
  private func boundary(
    _ bytes: Span<UInt8>, between before: Unit, _ end: Int, _ gap: Gap, _ unit: Unit,
    _ crosses: Bool
  ) -> Boundary {
    let last = last(bytes, end)
    if before.isHan || unit.isHan {
      // What stands between is skipped, or is a mark of which one stands in each gap.
      if crosses { return .unclear }
      let mayCross = !gap.endsSentence && tables.isInner(InnerFilter.key(last, unit.first))
      return mayCross ? .unclear : .closed
    }
    // Letters that stand alone may be spelled out; a digit behind a mark may touch one before it.
    if before.second == 0 && unit.second == 0 { return .unclear }
    let first = tables.entry(UInt32(bytes[unit.start]))
    if gap.isDigitMark && first.traitBits == SymbolTrait.digit.bits { return .unclear }
    if gap.hasMark {
      if !crosses { return .closed }
      return gap.count == 1 && bytes[end] < 0x80 ? .crossable(end) : .unclear
    }
    // More white space than one space, or another, or behind a letter that stands alone.
    let mayCross =
      before.second == 0
      ? tables.isInner(InnerFilter.key(last, SymbolTable.space, unit.first))
      : goesOn(from: (symbol(bytes, at: end - 2).number, last), to: unit)
    if !mayCross { return .closed }
    return gap.count == 1 && bytes[end] == 0x20 ? .crossable(end) : .unclear
  }
}
