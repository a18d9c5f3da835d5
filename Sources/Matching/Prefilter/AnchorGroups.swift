import CScan

/// The patterns grouped by their anchors' folded keys, and the table of those keys.
struct AnchorGroups {
  /// The members, those with the same first four symbols of their keys side by side; never empty.
  private(set) var members: [UInt16] = [0]
  /// The members of each group, packed.
  private(set) var groups: [UInt32] = []
  /// A pattern of each group, whose anchor stands for those of the others.
  private(set) var patterns: [Int] = []
  /// The hash table of the first four symbols of keys.
  private(set) var keys: [UInt64] = []
  /// The set of the hashes in `keys`, four bits to a slot.
  private(set) var keyMarks: [UInt8] = []
  /// The size of `keys`, as a power of two.
  private(set) var keyBits = 4

  /// Groups the patterns that have an anchor.
  ///
  /// - Complexity: O(n log n) in the patterns.
  init(patterns: [PrefilterPattern], numbered: [[UInt16]], anchors: [Anchor?]) {
    var order: [(key: AnchorKey, index: Int)] = []
    for (index, anchor) in anchors.enumerated() {
      if let anchor { order.append((AnchorKey(anchor, numbered[index]), index)) }
    }
    order.sort { ($0.key.head, $0.key.tail, $0.index) < ($1.key.head, $1.key.tail, $1.index) }
    var starts: [Int] = []
    for (_, index) in order {
      guard let anchor = anchors[index] else { continue }
      starts.append(members.count)
      append(patterns[index], numbered[index], anchor, index)
    }
    var runs: [(head: UInt64, run: MemberRun)] = []
    AnchorGroups.forEachRun(order) {
      $0.key == $1.key
    } body: { range in
      self.patterns.append(order[range.lowerBound].index)
      groups.append(MemberRun(start: starts[range.lowerBound], count: range.count).packed)
    }
    AnchorGroups.forEachRun(order) {
      $0.key.head == $1.key.head
    } body: { range in
      let run = MemberRun(start: starts[range.lowerBound], count: range.count)
      runs.append((order[range.lowerBound].key.head, run))
    }
    insert(runs)
  }

  /// Calls `body` with each longest range of neighbours that belong together, in parts of at most
  /// `MemberRun.maximumCount`.
  private static func forEachRun<T>(
    _ elements: [T], by belong: (T, T) -> Bool, body: (Range<Int>) -> Void
  ) {
    var start = 0
    while start < elements.count {
      var end = start + 1
      while end < elements.count, end - start < MemberRun.maximumCount,
        belong(elements[start], elements[end])
      { end += 1 }
      body(start..<end)
      start = end
    }
  }

  private mutating func append(
    _ pattern: PrefilterPattern, _ numbers: [UInt16], _ anchor: Anchor, _ index: Int
  ) {
    let symbols = pattern.symbols
    func isBounded(_ symbol: UInt32) -> Bool {
      pattern.isBounded && PrefilterAlphabet.isOnLetterPlane(symbol)
    }
    let member = AnchorMember(
      length: symbols.count, offset: anchor.offset,
      bounds: (isBounded(symbols[0]), isBounded(symbols[symbols.count - 1])), pattern: index)
    members += member.header
    members += numbers
  }

  private mutating func insert(_ runs: [(head: UInt64, run: MemberRun)]) {
    // At most half full.
    while 1 << keyBits < 2 * (runs.count + 1) { keyBits += 1 }
    keys = [UInt64](repeating: 0, count: 1 << keyBits)
    keyMarks = [UInt8](repeating: 0, count: 1 << (keyBits - 1))
    for (head, run) in runs {
      let hash = kw_key_hash(head)
      let mark = hash >> UInt64(62 - keyBits)
      keyMarks[Int(mark >> 3)] |= 1 << UInt8(mark & 7)
      var slot = Int(hash >> UInt64(64 - keyBits))
      while keys[slot] != 0 { slot = (slot + 1) & (1 << keyBits - 1) }
      keys[slot] = hash & 0xFFFF_FFFF | UInt64(run.packed) << 32
    }
  }
}
