/// Finds free places in a growing double array.
///
/// Free slots form a linked list in the order of the array. Each search goes on where the last one
/// ended and gives up after a bounded number of slots, so building stays linear where first-fit is
/// quadratic. Nodes with several children search the end of the array, which is sparse; those with
/// one child fill the holes that are left behind.
struct SlotAllocator {
  private static let tries = 512
  /// How much of the array's end nodes with several children search.
  private static let sparseEnd = 16_384
  private var next: [UInt32] = [0]
  private var previous: [UInt32] = [0]
  private var isUsed: [Bool] = [true]
  private var first: UInt32 = 0
  /// Where the searches go on: for one child, and for several.
  private var cursors: (one: UInt32, several: UInt32) = (0, 0)

  /// The first base, the root's: no other node has it, so that its children are known by their
  /// slots alone.
  private var root: UInt32 = 0

  /// The slots that exist, used or not.
  var count: Int { isUsed.count }

  /// Finds a base at which every child symbol has a free slot, and takes these slots.
  ///
  /// - Parameter symbols: The children's symbols, ascending, at least one.
  /// - Returns: The base.
  mutating func place(_ symbols: [UInt16]) -> UInt32 {
    let lowest = UInt32(symbols[0])
    var slot = start(forOne: symbols.count == 1)
    for _ in 0..<Self.tries where slot != 0 {
      if slot > lowest, fits(symbols, base: slot - lowest) {
        setCursor(forOne: symbols.count == 1, next[Int(slot)])
        return take(symbols, base: slot - lowest)
      }
      slot = next[Int(slot)]
    }
    setCursor(forOne: symbols.count == 1, slot)
    let base = UInt32(max(count, Int(lowest) + 1)) - lowest
    return take(symbols, base: base == root ? base + 1 : base)
  }

  /// The free slot at which a search begins; a cursor whose slot was taken moves on.
  private func start(forOne: Bool) -> UInt32 {
    var slot = Int(forOne ? cursors.one : cursors.several)
    if !forOne { slot = max(slot, count - Self.sparseEnd) }
    if slot <= Int(first) { return first }
    while slot < count && isUsed[slot] { slot += 1 }
    return slot < count ? UInt32(slot) : first
  }

  private mutating func setCursor(forOne: Bool, _ slot: UInt32) {
    if forOne { cursors.one = slot } else { cursors.several = slot }
  }

  private func fits(_ symbols: [UInt16], base: UInt32) -> Bool {
    if base == root { return false }
    for symbol in symbols {
      let slot = Int(base) + Int(symbol)
      if slot < isUsed.count && isUsed[slot] { return false }
    }
    return true
  }

  private mutating func take(_ symbols: [UInt16], base: UInt32) -> UInt32 {
    if root == 0 { root = base }
    let last = Int(base) + Int(symbols[symbols.count - 1])
    while isUsed.count <= last { grow() }
    for symbol in symbols {
      let slot = base + UInt32(symbol)
      isUsed[Int(slot)] = true
      retire(slot)
    }
    return base
  }

  private mutating func grow() {
    let slot = UInt32(isUsed.count)
    isUsed.append(false)
    if first == 0 {
      next.append(0)
      previous.append(slot)
      first = slot
    } else {
      let last = previous[Int(first)]
      next.append(0)
      next[Int(last)] = slot
      previous.append(last)
      previous[Int(first)] = slot
    }
  }

  /// Takes a slot out of the list of free ones.
  private mutating func retire(_ slot: UInt32) {
    guard slot != 0, first != 0, slot == first || previous[Int(slot)] != slot else { return }
    let after = next[Int(slot)]
    let before = previous[Int(slot)]
    if slot == first {
      first = after
      if after != 0 { previous[Int(after)] = before == slot ? after : before }
    } else {
      next[Int(before)] = after
      if after != 0 { previous[Int(after)] = before } else { previous[Int(first)] = before }
    }
    next[Int(slot)] = 0
    previous[Int(slot)] = slot
  }
}
