import CScan
import Folding

extension TextTail {
  /// What stands behind a text's last unit.
  struct Ending {
    enum Kind {
      case nothing
      /// Noise scalars only.
      case noise
      /// One clause mark and nothing else.
      case clauseMark
      /// A mark among other things.
      case mark
      /// A full stop, which the next scalar may decide, and no other mark.
      case stop
      /// A line break.
      case line
      case unclear
    }

    var kind = Kind.nothing
    /// The number of scalars.
    var count = 0
    /// The symbol that the first of them is between letters.
    var nearest = 0
    /// The number of the first mark.
    var mark = 0
  }

  /// Reads what stands behind the last unit, and puts `end` behind that.
  func ending(_ bytes: Span<UInt8>, _ end: inout Int) -> Ending {
    var ending = Ending()
    while end > 0 {
      guard let (start, entry) = scalar(bytes, before: end) else { return Ending(kind: .unclear) }
      if entry.isPlainSymbol { break }
      let kind = Int(entry.kindBits)
      if kind == Int(KW_KIND_LINE) { return Ending(kind: .line) }
      guard isGap(entry), ending.count < Self.longestGap else { return Ending(kind: .unclear) }
      end = start
      ending.count += 1
      ending.nearest = kind == Int(KW_KIND_SPACE) ? SymbolTable.space : entry.number
      switch kind {
      case Int(KW_KIND_SENTENCE), Int(KW_KIND_CLAUSE):
        let isAlone = kind == Int(KW_KIND_CLAUSE) && ending.count == 1
        ending.kind = isAlone ? .clauseMark : .mark
        ending.mark = entry.number
      case Int(KW_KIND_STOP): ending.kind = .stop
      default:
        if ending.kind == .nothing { ending.kind = .noise }
        if ending.kind == .clauseMark { ending.kind = .mark }
      }
    }
    return ending
  }

  /// Tells whether what leads to a state can go on behind a text's ending.
  ///
  /// - Parameters:
  ///   - state: That of the last unit, or of more; 0 where those begin nothing.
  ///   - ending: What stands behind the last unit.
  ///   - unit: The last unit.
  ///   - last: The number of its last symbol.
  ///   - isAlone: Whether it is all that leads to the state.
  /// - Returns: Nil where it is unclear.
  func canGoOn(
    _ state: UInt32, behind ending: Ending, _ unit: Unit, last: Int, isAlone: Bool
  ) -> Bool? {
    guard isAlive(state) else { return false }
    switch ending.kind {
    case .nothing: return true
    case .line: return false
    case .stop, .unclear: return nil
    case .mark, .clauseMark:
      let goesOn =
        tables.isInner(InnerFilter.key(last, ending.mark))
        || tables.isInner(InnerFilter.key(last, ending.nearest))
      if goesOn { return nil }
      // A pattern with a mark in each gap may have begun; letters that touch begin none.
      guard ending.kind == .clauseMark, isAlone else { return false }
      if !unit.isHan { return unit.second == 0 ? nil : false }
      return tables.clauseKinds(beyond: state) & enabled != 0
    case .noise:
      if unit.isHan { return ending.count <= noiseLimit }
      if ending.count > 1 { return nil }
      if noiseLimit > 0, tables.hanKinds(beyond: state) & enabled != 0 { return true }
      if isAlone && unit.second == 0, tables.spelledKinds(beyond: state) & enabled != 0 {
        return true
      }
      return isAlive(tables.child(of: state, ending.nearest))
    }
  }
}
