/// What the end of a text is compared with.
extension AutomatonBuilder {
  /// Gathers what may be under way at the end of a text, see `EndFilter`.
  mutating func gatherEnds(_ order: [UInt32]) {
    func goesOn(_ slot: UInt32) -> Bool { base(slot) != 0 && depths[Int(slot)] > 1 }
    var ends = EndFilter(members: 2 * order.count { goesOn($0) })
    for slot in order where goesOn(slot) {
      gatherNeighbours(slot, &ends)
      gatherBeginning(slot, &ends)
    }
    self.ends = ends
  }

  /// Adds what stands at either side of the last gap before a state's last symbol or word.
  private func gatherNeighbours(_ slot: UInt32, _ ends: inout EndFilter) {
    var symbols = SymbolsBackwards(slot)
    let last = symbols.next(self), previous = symbols.next(self)
    if table.isGap[last] || table.isGap[previous] {
      ends.insert(EndFilter.mark(previous), EndFilter.mark(last))
    }
    if table.isGap[last] { return }
    if table.isHan[last] && table.isHan[previous] {
      let third = symbols.next(self)
      if third != 0 && table.isHan[third] {
        ends.insert(EndFilter.pair(third, previous), EndFilter.touching(last))
      }
      return ends.insert(EndFilter.han(previous), EndFilter.han(last))
    }
    var (left, right) = (previous, UInt64(table.letters[last]))
    if table.isHan[last] {
      right = EndFilter.han(last)
    } else if table.isLetter(previous) {
      left = symbols.next(self)
      // Behind its second letter a word is known by its first two.
      if table.isLetter(left) { return }
      right = right << 8 | UInt64(table.letters[previous])
    }
    var gap = (first: 0, last: left)
    while table.isGap[left] {
      gap.first = left
      left = symbols.next(self)
    }
    if left == 0 { return }
    if table.isHan[left] { return ends.insert(EndFilter.han(left), right) }
    var word: UInt64 = 0
    for index in 0..<EndFilter.letters where table.isLetter(left) {
      word |= UInt64(table.letters[left]) << UInt64(56 - 8 * index)
      left = symbols.next(self)
    }
    let isBetweenWords = !table.isHan[last]
    ends.insert(word, right, gap: isBetweenWords ? EndFilter.gap(gap.first, gap.last) : 0)
  }

  /// Adds the letters that lead to a state, if they are all.
  private func gatherBeginning(_ slot: UInt32, _ ends: inout EndFilter) {
    if depths[Int(slot)] > EndFilter.letters { return }
    var symbols = SymbolsBackwards(slot)
    var letters: UInt64 = 0
    for _ in 0..<depths[Int(slot)] {
      let letter = table.letters[symbols.next(self)]
      if letter == 0 { return }
      letters = letters << 8 | UInt64(letter)
    }
    ends.insert(beginning: letters)
  }

  /// The symbols that lead to a state, the last one first.
  private struct SymbolsBackwards {
    private var slot: UInt32

    init(_ slot: UInt32) { self.slot = slot }

    /// The number of the next symbol, 0 before the first one.
    mutating func next(_ builder: AutomatonBuilder) -> Int {
      if slot == 0 { return 0 }
      let parent = builder.parent(slot)
      defer { slot = parent }
      return Int(slot - builder.base(parent))
    }
  }
}
