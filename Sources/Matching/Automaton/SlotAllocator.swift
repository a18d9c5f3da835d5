/// The cells of a growing double array, and the search for free places in it.
///
/// Free slots form a linked list in the order of the array, which lies in the free cells themselves.
/// Each search goes on where the last one ended and gives up after a bounded number of slots, so
/// building stays linear where first-fit is quadratic. Nodes with several children search the end of
/// the array, which is sparse; those with one child fill the holes that are left behind.
///
/// - Invariant: a free cell holds the next free slot (0: it is the last) and, above, the one before
///   (of the first: the last).
struct SlotAllocator {
  private static let tries = 512
  /// How much of the array's end nodes with several children search.
  private static let sparseEnd = 16_384
  /// A cell that no state has.
  private static let empty = UInt64(UInt32.max) << 32

  /// The cells; those of slots that `place` returned are the caller's.
  var cells = [Self.empty]
  private var isUsed: [UInt64] = [1]
  private var first: UInt32 = 0
  /// Where the searches go on: for one child, and for several.
  private var cursors: (one: UInt32, several: UInt32) = (0, 0)

  /// The first base, the root's: no other node has it, so that the root's children are known by
  /// their slots alone.
  private var root: UInt32 = 0

  /// - Parameter capacity: About how many slots will be wanted.
  init(capacity: Int) {
    cells.reserveCapacity(capacity)
    isUsed.reserveCapacity(capacity / 64 + 1)
  }

  /// The slots that exist, used or not.
  var count: Int { cells.count }

  /// Finds a base at which every child symbol has a free slot, and takes these slots.
  ///
  /// - Parameter symbols: The children's symbols, ascending, at least one.
  /// - Returns: The base.
  mutating func place(_ symbols: [UInt16]) -> UInt32 {
    let lowest = UInt32(symbols[0])
    var slot = start(forOne: symbols.count == 1)
    for _ in 0..<Self.tries where slot != 0 {
      if slot > lowest, fits(symbols, base: slot - lowest) {
        setCursor(forOne: symbols.count == 1, next(slot))
        return take(symbols, base: slot - lowest)
      }
      slot = next(slot)
    }
    setCursor(forOne: symbols.count == 1, slot)
    let base = UInt32(max(count, Int(lowest) + 1)) - lowest
    return take(symbols, base: base == root ? base + 1 : base)
  }

  /// Empties the free cells and adds some at the end.
  consuming func finish(adding padding: Int) -> [UInt64] {
    var slot = first
    while slot != 0 {
      let after = next(slot)
      cells[Int(slot)] = Self.empty
      slot = after
    }
    cells.append(contentsOf: repeatElement(Self.empty, count: padding))
    return cells
  }

  private func next(_ slot: UInt32) -> UInt32 { UInt32(truncatingIfNeeded: cells[Int(slot)]) }

  private func previous(_ slot: UInt32) -> UInt32 { UInt32(cells[Int(slot)] >> 32) }

  private mutating func setNext(_ slot: UInt32, _ next: UInt32) {
    cells[Int(slot)] = cells[Int(slot)] & ~0xFFFF_FFFF | UInt64(next)
  }

  private mutating func setPrevious(_ slot: UInt32, _ previous: UInt32) {
    cells[Int(slot)] = cells[Int(slot)] & 0xFFFF_FFFF | UInt64(previous) << 32
  }

  private func isUsed(_ slot: Int) -> Bool { isUsed[slot >> 6] >> UInt64(slot & 63) & 1 != 0 }

  /// The free slot at which a search begins; a cursor whose slot was taken moves on.
  private func start(forOne: Bool) -> UInt32 {
    var slot = Int(forOne ? cursors.one : cursors.several)
    if !forOne { slot = max(slot, count - Self.sparseEnd) }
    if slot <= Int(first) { return first }
    guard slot < count else { return first }
    var word = slot >> 6
    var free = ~isUsed[word] & UInt64.max << UInt64(slot & 63)
    while free == 0 && word + 1 < isUsed.count {
      word += 1
      free = ~isUsed[word]
    }
    slot = word << 6 + free.trailingZeroBitCount
    return slot < count ? UInt32(slot) : first
  }

  private mutating func setCursor(forOne: Bool, _ slot: UInt32) {
    if forOne { cursors.one = slot } else { cursors.several = slot }
  }

  private func fits(_ symbols: [UInt16], base: UInt32) -> Bool {
    if base == root { return false }
    for symbol in symbols {
      let slot = Int(base) + Int(symbol)
      if slot < count && isUsed(slot) { return false }
    }
    return true
  }

  private mutating func take(_ symbols: [UInt16], base: UInt32) -> UInt32 {
    if root == 0 { root = base }
    let last = Int(base) + Int(symbols[symbols.count - 1])
    while count <= last { grow() }
    for symbol in symbols {
      let slot = base + UInt32(symbol)
      retire(slot)
      isUsed[Int(slot) >> 6] |= 1 << UInt64(slot & 63)
    }
    return base
  }

  private mutating func grow() {
    let slot = UInt32(count)
    if slot & 63 == 0 { isUsed.append(0) }
    if first == 0 {
      cells.append(UInt64(slot) << 32)
      first = slot
    } else {
      let last = previous(first)
      cells.append(UInt64(last) << 32)
      setNext(last, slot)
      setPrevious(first, slot)
    }
  }

  /// Takes a free slot out of the list.
  private mutating func retire(_ slot: UInt32) {
    let after = next(slot)
    let before = previous(slot)
    if slot == first {
      first = after
      if after != 0 { setPrevious(after, before) }
    } else {
      setNext(before, after)
      setPrevious(after != 0 ? after : first, before)
    }
  }
}
