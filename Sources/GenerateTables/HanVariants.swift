import Foundation

/// One step from a Han character towards its standard simplified form.
///
/// OpenCC's word goes first: TSCharacters (traditional to simplified; first target). A character
/// that OpenCC simplifies to, or of GB 2312 (Unihan kIRG_GSource `G0`), is standard and stays. What is
/// left goes from a regional form to OpenCC's standard traditional form; what OpenCC does not name at
/// all goes by Unihan's kSimplifiedVariant, else by kZVariant to a standard form.
///
/// - SeeAlso: <https://github.com/BYVoid/OpenCC>; UAX #38, <https://www.unicode.org/reports/tr38/>.
struct HanVariants {
  private var simplified: [UInt32: UInt32] = [:]
  private var regional: [UInt32: UInt32] = [:]
  /// The forms that OpenCC's regional dictionaries start from.
  private var standard: Set<UInt32> = []
  /// The simplified forms of OpenCC and the characters of GB 2312.
  private var simplifiedStandard: Set<UInt32> = []
  private var unihanSimplified: [UInt32: UInt32] = [:]
  private var zVariants: [UInt32: [UInt32]] = [:]

  /// Reads OpenCC's character dictionaries and the Unihan database.
  init(unicode: DataDirectory, openCC: DataDirectory) throws {
    for (source, targets) in try Self.dictionary("TSCharacters", openCC) {
      simplified[source] = targets[0]
      simplifiedStandard.insert(targets[0])
    }
    // The dictionaries go from the standard form to the regional ones: read backwards. Where two
    // of them name one form, the earlier file and line hold.
    for name in ["HKVariants", "TWVariants", "JPVariants"] {
      for (source, targets) in try Self.dictionary(name, openCC) {
        standard.insert(source)
        for target in targets where target != source && regional[target] == nil {
          regional[target] = source
        }
      }
    }
    for line in try unicode.lines(of: "Unihan_IRGSources.txt.bz2", holding: "kIRG_GSource\tG0-") {
      guard let scalar = Self.unihanScalar(line.prefix { $0 != "\t" }) else { continue }
      simplifiedStandard.insert(scalar)
    }
    for line in try unicode.lines(of: "Unihan_Variants.txt.bz2") where line.hasPrefix("U+") {
      let fields = line.split(separator: "\t")
      guard fields.count == 3, let source = Self.unihanScalar(fields[0]) else { continue }
      // A target may name its authorities after `<`.
      let targets = fields[2].split(separator: " ").compactMap {
        Self.unihanScalar($0.prefix { $0 != "<" })
      }
      // A list that holds the character itself says that it may stay.
      guard let target = targets.first, !targets.contains(source) else { continue }
      if fields[1] == "kSimplifiedVariant" { unihanSimplified[source] = target }
      if fields[1] == "kZVariant" { zVariants[source] = targets }
    }
  }

  /// Returns the next form of a character, or `nil` when it is a standard form.
  func next(after scalar: UInt32) -> UInt32? {
    if let target = simplified[scalar] { return target == scalar ? nil : target }
    if simplifiedStandard.contains(scalar) { return nil }
    if let target = regional[scalar] { return target }
    if standard.contains(scalar) { return nil }
    if let target = unihanSimplified[scalar] { return target }
    // Unihan's z-variants are symmetric: only the way to a standard form is taken.
    return zVariants[scalar]?.first { simplifiedStandard.contains($0) || simplified[$0] != nil }
  }

  private static func dictionary(
    _ name: String, _ openCC: DataDirectory
  ) throws -> [(UInt32, [UInt32])] {
    try openCC.lines(of: "opencc/dictionary/\(name).txt").compactMap { line in
      let fields = line.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: "\t")
      guard fields.count == 2, fields[0].unicodeScalars.count == 1,
        let source = fields[0].unicodeScalars.first?.value
      else { return nil }
      let targets = fields[1].split(separator: " ").map(\.unicodeScalars)
        .filter { $0.count == 1 }.compactMap { $0.first?.value }
      return targets.isEmpty ? nil : (source, targets)
    }
  }

  private static func unihanScalar(_ text: Substring) -> UInt32? {
    text.hasPrefix("U+") ? UInt32(text.dropFirst(2), radix: 16) : nil
  }
}
