import CScan

/// The hash table that tells the groups of a key as the planes have it: every spelling of an
/// anchor's symbols on its plane.
struct AnchorSlots {
  /// The slots.
  private(set) var slots: [UInt32] = []
  /// The set of the keys' hashes.
  private(set) var keySet: [UInt32] = []
  /// The size of `slots`, as a power of two.
  private(set) var slotBits = 4
  /// The bits of `keySet`, as a power of two.
  private(set) var keySetBits = 10
  /// The bits of a group's number plus one.
  private(set) var groupBits = 1

  /// Enters keys with their groups.
  ///
  /// - Complexity: O(n) in the keys.
  init(_ keys: [(key: UInt64, group: Int)], groupCount: Int) {
    while 1 << groupBits <= groupCount { groupBits += 1 }
    // At most half full.
    while 1 << slotBits < 2 * (keys.count + 1) { slotBits += 1 }
    // One bit in eight at most: of what passes the cells few are no key.
    while 1 << keySetBits < 8 * keys.count { keySetBits += 1 }
    keySet = [UInt32](repeating: 0, count: 1 << (keySetBits - 5))
    slots = [UInt32](repeating: 0, count: 1 << slotBits)
    for (key, group) in keys {
      let hash = kw_key_hash(key)
      let bit = hash >> UInt64(64 - keySetBits)
      keySet[Int(bit >> 5)] |= 1 << UInt32(bit & 31)
      var slot = Int(hash >> UInt64(64 - slotBits))
      while slots[slot] != 0 { slot = (slot + 1) & (1 << slotBits - 1) }
      let low: UInt32 = 1 << UInt32(groupBits) - 1
      slots[slot] = UInt32(truncatingIfNeeded: hash) & ~low | UInt32(group + 1)
    }
  }
}
