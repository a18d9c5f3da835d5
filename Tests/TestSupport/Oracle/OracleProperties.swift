/// What the oracle needs of the Unicode Character Database, as dictionaries and sets.
struct OracleProperties: Sendable {
  private(set) var category: [UInt32: String] = [:]
  private(set) var decomposition: [UInt32: [UInt32]] = [:]
  private(set) var order: [UInt32: Int] = [:]
  private(set) var caseFolding: [UInt32: [UInt32]] = [:]
  private(set) var radicals: [UInt32: UInt32] = [:]
  private(set) var script: [UInt32: String] = [:]
  private(set) var extensions: [UInt32: Set<String>] = [:]
  private(set) var whiteSpace: Set<UInt32> = []
  private(set) var ideographs: Set<UInt32> = []
  private(set) var ignorable: Set<UInt32> = []
  private(set) var pictographic: Set<UInt32> = []
  private(set) var unspaced: Set<UInt32> = []
  /// Ranges that UnicodeData.txt gives by their ends.
  private var blocks: [(ClosedRange<UInt32>, String)] = []

  init(_ data: OracleData) throws {
    var first: UInt32 = 0
    for row in try data.table("UnicodeData.txt") {
      let scalar = hex(row[0])
      if row[1].hasSuffix("First>") { first = scalar }
      if row[1].hasSuffix("Last>") { blocks.append((first...scalar, row[2])) }
      category[scalar] = row[2]
      if row[3] != "0" { order[scalar] = Int(row[3]) }
      let parts = row[5].split(separator: " ").filter { !$0.hasPrefix("<") }
      if !parts.isEmpty { decomposition[scalar] = parts.map { hex($0) } }
    }
    for row in try data.table("CaseFolding.txt") where row[1] == "C" || row[1] == "F" {
      caseFolding[hex(row[0])] = row[2].split(separator: " ").map { hex($0) }
    }
    for row in try data.table("EquivalentUnifiedIdeograph.txt") {
      for scalar in range(row[0]) { radicals[scalar] = hex(row[1]) }
    }
    for row in try data.table("Scripts.txt") {
      for scalar in range(row[0]) { script[scalar] = row[1] }
    }
    for row in try data.table("ScriptExtensions.txt") {
      let names = Set(row[1].split(separator: " ").map(String.init))
      for scalar in range(row[0]) { extensions[scalar] = names }
    }
    for row in try data.table("PropList.txt") {
      if row[1] == "White_Space" { whiteSpace.formUnion(range(row[0])) }
      if row[1] == "Unified_Ideograph" { ideographs.formUnion(range(row[0])) }
    }
    for row in try data.table("DerivedCoreProperties.txt")
    where row[1] == "Default_Ignorable_Code_Point" {
      ignorable.formUnion(range(row[0]))
    }
    for row in try data.table("emoji/emoji-data.txt") where row[1] == "Extended_Pictographic" {
      pictographic.formUnion(range(row[0]))
    }
    for row in try data.table("LineBreak.txt") where row[1] == "SA" {
      unspaced.formUnion(range(row[0]))
    }
  }

  /// The general category.
  func category(of scalar: UInt32) -> String {
    category[scalar] ?? blocks.first { $0.0.contains(scalar) }?.1 ?? "Cn"
  }

  /// Whether the scalar is a letter or a number.
  func isLetterOrNumber(_ scalar: UInt32) -> Bool {
    let category = category(of: scalar)
    return category.hasPrefix("L") || category.hasPrefix("N")
  }

  /// Whether words in the scalar's script are not set apart by spaces.
  func isEastAsian(_ scalar: UInt32) -> Bool {
    let scripts = [
      "Han", "Hiragana", "Katakana", "Hangul", "Bopomofo", "Yi", "Tangut", "Nushu",
      "Khitan_Small_Script",
    ]
    return scripts.contains(script[scalar] ?? "")
      || ["Hani", "Hira", "Kana", "Bopo"].contains { extensions[scalar]?.contains($0) ?? false }
  }

  /// The compatibility decomposition, in canonical order (UAX #15).
  func nfkd(_ text: [UInt32]) -> [UInt32] {
    func decompose(_ scalar: UInt32) -> [UInt32] {
      if (0xAC00...0xD7A3).contains(scalar) {
        let index = scalar - 0xAC00
        let tail = index % 28
        return [0x1100 + index / (21 * 28), 0x1161 + index / 28 % 21]
          + (tail > 0 ? [0x11A7 + tail] : [])
      }
      return decomposition[scalar]?.flatMap(decompose) ?? [scalar]
    }
    var result = text.flatMap(decompose)
    var isSorted = false
    while !isSorted {
      isSorted = true
      for index in result.indices.dropFirst() {
        let (before, here) = (order[result[index - 1]] ?? 0, order[result[index]] ?? 0)
        if here > 0 && before > here {
          result.swapAt(index - 1, index)
          isSorted = false
        }
      }
    }
    return result
  }
}

/// Reads a code point in hexadecimal.
func hex(_ text: some StringProtocol) -> UInt32 { UInt32(text, radix: 16) ?? 0 }

/// Reads `XXXX` or `XXXX..YYYY`.
func range(_ text: String) -> ClosedRange<UInt32> {
  let ends = text.split(separator: ".")
  return hex(ends[0])...hex(ends[ends.count - 1])
}
