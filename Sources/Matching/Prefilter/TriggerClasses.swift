import CScan

/// The byte classes by which the kernels flag positions where a trigger may begin.
///
/// A class is a box: sets of first, second and third bytes. Few boxes must cover all triggers and
/// little else that is frequent, since each flagged position is looked up one by one. A box that
/// flags too much costs time only.
struct TriggerClasses {
  /// Sets of bytes by their low six bits.
  private struct Box {
    var lead: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt64 = 0
    var cost = 0.0
  }

  private struct Row: Hashable {
    var lead: UInt8
    var second: UInt8
  }

  private var thirds: [Row: UInt64] = [:]

  /// Adds a scalar from U+0080 up.
  mutating func insert(_ scalar: UInt32) {
    let row: Row
    let third: UInt64
    if scalar < 0x800 {
      row = Row(lead: UInt8(0xC0 | scalar >> 6), second: UInt8(0x80 | scalar & 63))
      third = ~0  // The byte behind belongs to the next character.
    } else if scalar < 0x10000 {
      row = Row(lead: UInt8(0xE0 | scalar >> 12), second: UInt8(0x80 | scalar >> 6 & 63))
      third = 1 << UInt64(scalar & 63)
    } else {
      row = Row(lead: UInt8(0xF0 | scalar >> 18), second: UInt8(0x80 | scalar >> 12 & 63))
      third = 1 << UInt64(scalar >> 6 & 63)
    }
    thirds[row, default: 0] |= third
  }

  /// Returns the class tables for first, second and third bytes, 64 bytes each.
  ///
  /// Costly rows come first and choose the box that grows least, so that the rows of frequent
  /// punctuation and of Han characters keep boxes of their own.
  func tables() -> (lead: [UInt8], second: [UInt8], third: [UInt8]) {
    // Rows of one lead and the same third bytes are one box at no cost.
    var groups: [[UInt64]: UInt64] = [:]
    for (row, third) in thirds {
      groups[[UInt64(row.lead), third], default: 0] |= 1 << UInt64(row.second & 63)
    }
    var boxes = groups.map { key, second in
      var box = Box(lead: 1 << (key[0] & 63), second: second, third: key[1])
      box.cost = TriggerClasses.cost(box)
      return box
    }
    boxes.sort {
      ($0.cost, $0.lead, $0.second, $0.third) > ($1.cost, $1.lead, $1.second, $1.third)
    }
    var classes: [Box] = []
    for box in boxes {
      var best: (growth: Double, index: Int, box: Box)?
      for (index, old) in classes.enumerated() {
        var union = Box(
          lead: old.lead | box.lead, second: old.second | box.second, third: old.third | box.third)
        union.cost = TriggerClasses.cost(union)
        let growth = union.cost - old.cost - box.cost
        if growth < best?.growth ?? .infinity { best = (growth, index, union) }
      }
      if let best, best.growth <= 0 || classes.count == Int(KW_TRIGGER_CLASSES) {
        classes[best.index] = best.box
      } else {
        classes.append(box)
      }
    }
    var tables = (
      lead: [UInt8](repeating: 0, count: 64), second: [UInt8](repeating: 0, count: 64),
      third: [UInt8](repeating: 0, count: 64)
    )
    for (index, box) in classes.enumerated() {
      for byte in 0..<64 {
        tables.lead[byte] |= UInt8(box.lead >> UInt64(byte) & 1) << UInt8(index)
        tables.second[byte] |= UInt8(box.second >> UInt64(byte) & 1) << UInt8(index)
        tables.third[byte] |= UInt8(box.third >> UInt64(byte) & 1) << UInt8(index)
      }
    }
    return tables
  }

  /// What a box flags in ordinary text, estimated from the frequency of its rows.
  private static func cost(_ box: Box) -> Double {
    var sum = 0.0
    var leads = box.lead
    while leads != 0 {
      let lead = leads.trailingZeroBitCount
      leads &= leads - 1
      var seconds = box.second
      while seconds != 0 {
        sum += weights[lead << 6 | seconds.trailingZeroBitCount]
        seconds &= seconds - 1
      }
    }
    return sum * Double(box.third.nonzeroBitCount) / 64
  }

  /// Rough rates of rows in Chinese text, in parts of 100 000 characters, by six bits each of the
  /// first and second byte.
  private static let weights: [Double] = (0..<4096).map { row in
    switch (0xC0 | row >> 6, 0x80 | row & 63) {
    case (0xE2, 0x80), (0xE3, 0x80), (0xEF, 0xBC): 5000
    case (0xE4, 0xB8...0xBF), (0xE5...0xE9, _): 300
    case (0xC2, _), (0xC3, _), (0xE2, _), (0xEF, 0xBD), (0xE3, 0x81...0x83): 20
    case (0xC0..., _): 1
    default: 0
    }
  }
}
