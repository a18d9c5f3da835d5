/// Different terms without a meaning, the same wherever the library is the same.
///
/// Of twenty terms nineteen are two to eight ideographs, each as frequent as it is in the library;
/// one is letters.
enum GeneratedTerms {
  /// Makes a keyword file.
  ///
  /// - Parameters:
  ///   - count: The number of terms.
  ///   - library: The files whose ideographs the terms have.
  /// - Returns: The name and the bytes of the file.
  static func file(
    count: Int, like library: [(name: String, bytes: [UInt8])]
  ) -> (name: String, bytes: [UInt8]) {
    let ideographs = library.sorted { $0.name < $1.name }.flatMap { file in
      String(decoding: file.bytes, as: UTF8.self).unicodeScalars
        .filter { 0x4E00..<0xA000 ~= $0.value }
    }
    var random = SplitMix64(state: 2026)
    var known: Set<String> = []
    known.reserveCapacity(count)
    var text = "risk: A.1.h\ntitle: generated\nversion: 2026-01-01\n\n"
    while known.count < count {
      let term = random.below(20) == 0 ? word(&random) : han(ideographs, &random)
      if known.insert(term).inserted { text += term + "\n" }
    }
    return ("generated.txt", Array(text.utf8))
  }

  private static func han(_ ideographs: [Unicode.Scalar], _ random: inout SplitMix64) -> String {
    var term = String.UnicodeScalarView()
    for _ in 0..<2 + random.below(7) {
      term.append(ideographs[Int(random.below(UInt64(ideographs.count)))])
    }
    return String(term)
  }

  private static func word(_ random: inout SplitMix64) -> String {
    let (consonants, vowels) = (Array("bcdfghklmnprstvw"), Array("aeiou"))
    var term = ""
    for _ in 0..<3 + random.below(3) {
      term.append(consonants[Int(random.below(UInt64(consonants.count)))])
      term.append(vowels[Int(random.below(UInt64(vowels.count)))])
    }
    return term
  }
}

/// A small generator of random numbers (Steele, Lea and Flood, OOPSLA 2014).
private struct SplitMix64 {
  var state: UInt64

  /// A number below a limit that is small against 2⁶⁴.
  mutating func below(_ limit: UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return (mixed ^ mixed >> 31) % limit
  }
}
