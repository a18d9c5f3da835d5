import CScan

/// How often symbols and pairs of symbols occur in ordinary text, as rates per character.
///
/// The rates choose anchors and nothing else: with other rates the prefilter finds the same, at
/// another speed. They come from the generated table of `CScan`, rounded to powers of two.
@safe package struct AnchorFrequencies: Sendable {
  private let characters: [UInt8]
  private let pairs: [UInt16]
  private let letters: [UInt8]
  private let words: [UInt8]
  private var letterRates: [Double] = []

  /// Loads the built-in table.
  package init() {
    // SAFETY: the sizes are those of the arrays in `frequencies.c`, constants of its header.
    characters = unsafe Array(
      UnsafeBufferPointer(start: kw_frequency_characters(), count: Int(KW_FREQUENCY_CHARACTERS)))
    pairs = unsafe Array(
      UnsafeBufferPointer(start: kw_frequency_pairs(), count: Int(KW_FREQUENCY_PAIRS)))
    letters = unsafe Array(
      UnsafeBufferPointer(start: kw_frequency_letters(), count: Int(KW_FREQUENCY_LETTERS)))
    words = unsafe Array(
      UnsafeBufferPointer(start: kw_frequency_words(), count: Int(KW_FREQUENCY_WORDS)))
    letterRates = (0..<32).map { first in (0..<32).reduce(0) { $0 + letterPair(first, $1) } }
  }

  private func rate(_ table: [UInt8], _ index: Int, _ exponent: Int) -> Double {
    let level = Int(table[index >> 1] >> UInt8((index & 1) * 4) & 15)
    return Self.power(level + exponent)
  }

  /// A power of two whose exponent is small, put together from its bits.
  private static func power(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(exponent + 1023) << 52)
  }

  /// Returns the rate of a Han character.
  package func han(_ symbol: UInt32) -> Double {
    guard symbol >= 0x4E00 && symbol < 0x4E00 + UInt32(2 * characters.count) else { return 1e-7 }
    return rate(characters, Int(symbol - 0x4E00), Int(KW_FREQUENCY_CHARACTER_EXPONENT))
  }

  /// Returns the rate of two neighbouring Han characters.
  package func hanPair(_ first: UInt32, _ second: UInt32) -> Double {
    let hash = kw_frequency_pair_hash(first, second)
    let bucket = Int(kw_frequency_bucket(hash))
    let (one, two) = (han(first), han(second))
    let entry = kw_frequency_entry(hash, 0)
    for place in bucket..<bucket + Int(KW_FREQUENCY_BUCKET) where pairs[place] & ~15 == entry {
      let level = Int(pairs[place] & 15) + Int(KW_FREQUENCY_PAIR_EXPONENT)
      if level == Int(KW_FREQUENCY_PAIR_EXPONENT) { break }
      return min(Self.power(level), one, two)
    }
    // The table leaves out rare pairs; of those the characters tell which are rarer.
    let least = Self.power(Int(KW_FREQUENCY_PAIR_EXPONENT))
    return min(least, one, two, 4 * one * two) + 1e-9
  }

  /// Returns the rate of three neighbouring Han characters, estimated from their pairs.
  ///
  /// - Parameters:
  ///   - first: The rate of the first two.
  ///   - second: The rate of the last two.
  ///   - middle: The character in the middle.
  /// - Returns: The rate.
  package func hanTriple(_ first: Double, _ second: Double, around middle: UInt32) -> Double {
    min(first * second / han(middle), first, second)
  }

  /// Returns the rate of two neighbouring letters or digits of ASCII among all such pairs.
  package func letterPair(_ first: UInt32, _ second: UInt32) -> Double {
    rate(letters, Int(kw_letters_index(first, second)), Int(KW_FREQUENCY_LETTER_EXPONENT))
  }

  /// Returns how often a letter of ASCII is followed by another one.
  package func letter(_ second: UInt32, after first: UInt32) -> Double {
    letterPair(first, second) / letterRates[Int(first & 31)]
  }

  /// Returns the rate, per letter, of the letters from a word's start on, four of them or more, or
  /// of a whole word of two to four.
  package func word(_ letters: [UInt32], isWhole: Bool) -> Double {
    let packed = letters.prefix(4).reversed().reduce(0) { $0 << 8 | $1 & 31 }
    let place =
      switch (isWhole, letters.count) {
      case (true, 2): KW_WORD_2
      case (true, 3): KW_WORD_3
      case (true, _): KW_WORD_4
      case (false, _): KW_WORD_START
      }
    let index = Int(kw_frequency_word_index(packed, place.rawValue))
    return rate(words, index, Int(KW_FREQUENCY_WORD_EXPONENT))
  }
}
