// Counts characters and pairs in plain text and writes Sources/CScan/frequencies.c to standard output.
//
//   swift run -c release GenerateFrequencies "ORIGIN" FILE… > Sources/CScan/frequencies.c
//
// ORIGIN is a sentence on the text, which goes into the file. Only rounded counts leave the text.

import CScan
import Foundation

/// The counts of a text.
struct Counts {
  /// Han characters from U+4E00 on.
  var characters = [Int](repeating: 0, count: 2 * Int(KW_FREQUENCY_CHARACTERS))
  /// Pairs of neighbouring Han characters, the first in the high half.
  var pairs: [UInt32: Int] = [:]
  /// Pairs of neighbouring letters or digits of ASCII.
  var letters = [Int](repeating: 0, count: 2 * Int(KW_FREQUENCY_LETTERS))
  /// By index: the four letters from each word's start on, over what stands between, and the words
  /// of two to four letters.
  var words = [Int](repeating: 0, count: 2 * Int(KW_FREQUENCY_WORDS))
  /// Letters and digits of ASCII.
  var letterTotal = 0
  /// All scalars.
  var total = 0

  private static let places = [
    2: KW_WORD_2.rawValue, 3: KW_WORD_3.rawValue, 4: KW_WORD_4.rawValue,
  ]

  /// Adds a text; characters are neighbours where nothing but noise stands between them.
  mutating func add(_ text: String) {
    var han: UInt32 = 0
    var letter: UInt32 = 0
    // The last four letters, the first of them lowest, and whether each began a word, newest lowest.
    var quad: UInt32 = 0
    var starts = 0
    var word: UInt32 = 0
    var length = 0
    for scalar in text.unicodeScalars.lazy.map(\.value) {
      total += 1
      let isHan = scalar >= 0x4E00 && scalar < 0x4E00 + UInt32(characters.count)
      let isLetter =
        (scalar >= 0x30 && scalar <= 0x39) || (scalar | 0x20 >= 0x61 && scalar | 0x20 <= 0x7A)
      if isHan {
        characters[Int(scalar - 0x4E00)] += 1
        if han != 0 { pairs[han << 16 | scalar, default: 0] += 1 }
      } else if isLetter, letter != 0 {
        letters[Int(kw_letters_index(letter, scalar))] += 1
      }
      if isLetter {
        letterTotal += 1
        quad = quad >> 8 | (scalar & 31) << 24
        starts = starts << 1 | (length == 0 ? 1 : 0)
        if starts & 8 != 0 {
          words[Int(kw_frequency_word_index(quad, KW_WORD_START.rawValue))] += 1
        }
        if length < 4 { word |= (scalar & 31) << UInt32(8 * length) }
        length += 1
      } else {
        if let place = Counts.places[length] {
          words[Int(kw_frequency_word_index(word, place))] += 1
        }
        word = 0
        length = 0
      }
      if isHan || scalar == 0x0A { letter = 0 } else if isLetter { letter = scalar }
      if isLetter || scalar == 0x0A { han = 0 } else if isHan { han = scalar }
    }
  }

  /// Returns the level of a count, 0 below the least.
  func level(_ count: Int, of total: Int, _ exponent: Int) -> UInt8 {
    guard count > 0 else { return 0 }
    let rate = log2(Double(count) / Double(max(total, 1))) - Double(exponent)
    return UInt8(min(max(rate.rounded(), 0), 15))
  }
}

/// Packs numbers of so many bits and writes them as words of a C array.
func array<T: FixedWidthInteger>(_ name: String, _ numbers: [T], bits: Int = 4) -> String {
  var lines: [String] = []
  var line = " "
  let share = 64 / bits
  for start in stride(from: 0, to: numbers.count, by: share) {
    let word = (0..<share).reduce(UInt64(0)) {
      $0 | UInt64(numbers[start + $1]) << UInt64(bits * $1)
    }
    line += " 0x" + String(word, radix: 16) + ","
    if line.utf8.count > 78 {
      lines.append(line)
      line = " "
    }
  }
  if line != " " { lines.append(line) }
  return "static const uint64_t \(name)[] = {\n" + lines.joined(separator: "\n") + "\n};\n"
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 2, let origin = arguments.first else {
  FileHandle.standardError.write(Data("usage: GenerateFrequencies ORIGIN FILE…\n".utf8))
  exit(2)
}
var counts = Counts()
for path in arguments.dropFirst() {
  guard let data = FileManager.default.contents(atPath: path) else {
    FileHandle.standardError.write(Data("cannot read \(path)\n".utf8))
    exit(1)
  }
  counts.add(String(decoding: data, as: UTF8.self))
}

let characters = counts.characters.map {
  counts.level($0, of: counts.total, KW_FREQUENCY_CHARACTER_EXPONENT)
}
// Pairs below level 1 are left out, and the rarest of a bucket that is full.
var pairs = [UInt16](repeating: 0, count: Int(KW_FREQUENCY_PAIRS))
for (pair, count) in counts.pairs.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
  let level = counts.level(count, of: counts.total, KW_FREQUENCY_PAIR_EXPONENT)
  if level == 0 { break }
  let hash = kw_frequency_pair_hash(pair >> 16, pair & 0xFFFF)
  let first = Int(kw_frequency_bucket(hash))
  let bucket = first..<first + Int(KW_FREQUENCY_BUCKET)
  guard let free = bucket.first(where: { pairs[$0] == 0 }) else { continue }
  pairs[free] = kw_frequency_entry(hash, UInt32(level))
}
let words = counts.words.map {
  counts.level($0, of: counts.letterTotal, KW_FREQUENCY_WORD_EXPONENT)
}
let letterTotal = counts.letters.reduce(0, +)
let letters = counts.letters.map { counts.level($0, of: letterTotal, KW_FREQUENCY_LETTER_EXPONENT) }

print(
  """
  // GENERATED by GenerateFrequencies. DO NOT EDIT.
  // Rounded logarithms of how often characters and pairs occur in ordinary text.
  // Origin: \(origin)
  // \(counts.total) scalars, \(counts.pairs.count) different Han pairs.
  #include "frequencies.h"

  \(array("characters", characters))
  \(array("pairs", pairs, bits: 16))
  \(array("letters", letters))
  \(array("words", words))
  // Words are little-endian on every CPU that the package supports.
  const uint8_t *kw_frequency_characters(void) { return (const uint8_t *)characters; }
  const uint16_t *kw_frequency_pairs(void) { return (const uint16_t *)pairs; }
  const uint8_t *kw_frequency_letters(void) { return (const uint8_t *)letters; }
  const uint8_t *kw_frequency_words(void) { return (const uint8_t *)words; }
  """)
