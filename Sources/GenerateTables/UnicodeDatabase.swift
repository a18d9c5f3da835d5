import Foundation

/// What the fold needs of the Unicode Character Database.
///
/// - SeeAlso: UAX #44, <https://www.unicode.org/reports/tr44/>.
struct UnicodeDatabase {
  /// The number of code points.
  static let scalarCount = 0x110000

  /// The version that the files name, such as `15.0.0`.
  let version: String
  private var categories: [[UInt8]]
  private var combiningClasses: [UInt32: Int] = [:]
  private var decompositions: [UInt32: [UInt32]] = [:]
  private var caseFoldings: [UInt32: [UInt32]] = [:]
  private var equivalentIdeographs: [UInt32: UInt32] = [:]
  private var scripts: [String]
  private var scriptExtensions: [UInt32: Set<String>] = [:]
  private var whiteSpace: Set<UInt32> = []
  private var unifiedIdeographs: [ClosedRange<Int>] = []
  private var ignorables: Set<UInt32> = []
  private var pictographs: Set<UInt32> = []
  private var unspaced: Set<UInt32> = []

  /// Reads the files.
  init(_ directory: DataDirectory) throws {
    let title = try directory.lines(of: "CaseFolding.txt").first ?? ""
    guard let dash = title.firstIndex(of: "-"), title.hasSuffix(".txt") else {
      throw DataDirectory.Failure.malformed(file: "CaseFolding.txt", line: title)
    }
    version = String(title[title.index(after: dash)...].dropLast(4))
    categories = Array(repeating: Array("Cn".utf8), count: Self.scalarCount)
    scripts = Array(repeating: "Unknown", count: Self.scalarCount)
    try readUnicodeData(directory)
    try readCaseFolding(directory)
    try readProperties(directory)
  }

  private mutating func readUnicodeData(_ directory: DataDirectory) throws {
    var first = 0
    for fields in try directory.fields(of: "UnicodeData.txt") {
      let scalar = try DataDirectory.range(fields[0], file: "UnicodeData.txt").lowerBound
      if fields[1].hasSuffix(", First>") { first = scalar }
      let range = fields[1].hasSuffix(", Last>") ? first...scalar : scalar...scalar
      for member in range { categories[member] = Array(fields[2].utf8) }
      if fields[3] != "0" { combiningClasses[UInt32(scalar)] = Int(fields[3]) }
      if !fields[5].isEmpty {
        decompositions[UInt32(scalar)] = try DataDirectory.scalars(
          fields[5], file: "UnicodeData.txt")
      }
    }
  }

  private mutating func readCaseFolding(_ directory: DataDirectory) throws {
    for fields in try directory.fields(of: "CaseFolding.txt") where "CF".contains(fields[1]) {
      let source = try DataDirectory.scalars(fields[0], file: "CaseFolding.txt")
      caseFoldings[source[0]] = try DataDirectory.scalars(fields[2], file: "CaseFolding.txt")
    }
    for fields in try directory.fields(of: "EquivalentUnifiedIdeograph.txt") {
      let target = try DataDirectory.scalars(fields[1], file: "EquivalentUnifiedIdeograph.txt")
      for source in try DataDirectory.range(fields[0], file: "EquivalentUnifiedIdeograph.txt") {
        equivalentIdeographs[UInt32(source)] = target[0]
      }
    }
  }

  private mutating func readProperties(_ directory: DataDirectory) throws {
    var whiteSpace: Set<UInt32> = []
    var ignorables: Set<UInt32> = []
    var pictographs: Set<UInt32> = []
    var unspaced: Set<UInt32> = []
    var ideographs: [ClosedRange<Int>] = []
    var scripts = self.scripts
    var extensions: [UInt32: Set<String>] = [:]
    try directory.forEachRange(of: "PropList.txt") { range, value in
      if value == "White_Space" { whiteSpace.formUnion(range.map(UInt32.init)) }
      if value == "Unified_Ideograph" { ideographs.append(range) }
    }
    try directory.forEachRange(of: "DerivedCoreProperties.txt") { range, value in
      if value == "Default_Ignorable_Code_Point" { ignorables.formUnion(range.map(UInt32.init)) }
    }
    try directory.forEachRange(of: "emoji/emoji-data.txt") { range, value in
      if value == "Extended_Pictographic" { pictographs.formUnion(range.map(UInt32.init)) }
    }
    try directory.forEachRange(of: "LineBreak.txt") { range, value in
      if value == "SA" { unspaced.formUnion(range.map(UInt32.init)) }
    }
    try directory.forEachRange(of: "Scripts.txt") { range, value in
      for scalar in range { scripts[scalar] = value }
    }
    try directory.forEachRange(of: "ScriptExtensions.txt") { range, value in
      let names = Set(value.split(separator: " ").map(String.init))
      for scalar in range { extensions[UInt32(scalar)] = names }
    }
    self.whiteSpace = whiteSpace
    self.ignorables = ignorables
    self.pictographs = pictographs
    self.unspaced = unspaced
    self.unifiedIdeographs = ideographs
    self.scripts = scripts
    self.scriptExtensions = extensions
  }
}

extension UnicodeDatabase {
  /// Returns whether the general category is one of the named ones (`"L"` names all of `L*`).
  func category(of scalar: UInt32, isIn names: String...) -> Bool {
    names.contains { categories[Int(scalar)].starts(with: $0.utf8) }
  }

  /// Returns the canonical combining class.
  func combiningClass(of scalar: UInt32) -> Int { combiningClasses[scalar] ?? 0 }

  /// Returns one step of the compatibility decomposition, Hangul left out, or `nil`.
  func decomposition(of scalar: UInt32) -> [UInt32]? { decompositions[scalar] }

  /// Returns the full case folding (status C or F), or `nil` when it is the scalar itself.
  func caseFolding(of scalar: UInt32) -> [UInt32]? { caseFoldings[scalar] }

  /// Returns the ideograph that a radical or stroke equals, or `nil`.
  func equivalentIdeograph(of scalar: UInt32) -> UInt32? { equivalentIdeographs[scalar] }

  /// Returns the value of the Script property.
  func script(of scalar: UInt32) -> String { scripts[Int(scalar)] }

  /// Returns the short names of the Script_Extensions, where the file lists the scalar.
  func scriptExtensions(of scalar: UInt32) -> Set<String> { scriptExtensions[scalar] ?? [] }

  /// Returns whether the scalar has White_Space.
  func isWhiteSpace(_ scalar: UInt32) -> Bool { whiteSpace.contains(scalar) }

  /// Returns whether the scalar is a Default_Ignorable_Code_Point.
  func isIgnorable(_ scalar: UInt32) -> Bool { ignorables.contains(scalar) }

  /// Returns whether the scalar is Extended_Pictographic.
  func isPictographic(_ scalar: UInt32) -> Bool { pictographs.contains(scalar) }

  /// Returns whether words of the scalar's script are written without spaces (Line_Break SA).
  func isUnspaced(_ scalar: UInt32) -> Bool { unspaced.contains(scalar) }

  /// Returns whether the scalar is a Unified_Ideograph.
  func isUnifiedIdeograph(_ scalar: UInt32) -> Bool {
    unifiedIdeographs.contains { $0.contains(Int(scalar)) }
  }
}
