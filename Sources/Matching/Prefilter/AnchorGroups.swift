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
    var order: [(head: UInt64, index: Int)] = []
    order.reserveCapacity(patterns.count)
    // What the sorted loop needs of patterns, which lie anywhere in memory.
    var tails = [UInt64](repeating: 0, count: patterns.count)
    var bounds = [(Bool, Bool)](repeating: (false, false), count: patterns.count)
    for (index, anchor) in anchors.enumerated() {
      guard let anchor else { continue }
      let key = AnchorKey(anchor, numbered[index])
      order.append((key.head, index))
      tails[index] = key.tail
      bounds[index] = Self.bounds(patterns[index])
    }
    order.sort { left, right in
      if left.head != right.head { return left.head < right.head }
      let (tail, other) = (tails[left.index], tails[right.index])
      return tail == other ? left.index < right.index : tail < other
    }
    var starts: [Int] = []
    starts.reserveCapacity(order.count)
    members.reserveCapacity(order.count * 10)
    for (_, index) in order {
      guard let anchor = anchors[index] else { continue }
      starts.append(members.count)
      let numbers = numbered[index]
      AnchorMember(
        length: numbers.count, offset: anchor.offset, bounds: bounds[index], pattern: index
      ).append(to: &members)
      members += numbers
    }
    var runs: [(head: UInt64, run: MemberRun)] = []
    AnchorGroups.forEachRun(order) {
      $0.head == $1.head && tails[$0.index] == tails[$1.index]
    } body: { range in
      self.patterns.append(order[range.lowerBound].index)
      groups.append(MemberRun(start: starts[range.lowerBound], count: range.count).packed)
    }
    AnchorGroups.forEachRun(order) {
      $0.head == $1.head
    } body: { range in
      let run = MemberRun(start: starts[range.lowerBound], count: range.count)
      runs.append((order[range.lowerBound].head, run))
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

  /// Whether no letter or digit may stand before a pattern, and behind it.
  private static func bounds(_ pattern: PrefilterPattern) -> (Bool, Bool) {
    guard pattern.isBounded, let first = pattern.symbols.first, let last = pattern.symbols.last
    else { return (false, false) }
    return (PrefilterAlphabet.isOnLetterPlane(first), PrefilterAlphabet.isOnLetterPlane(last))
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
