/// A seeded generator (SplitMix64) of numbers and of texts that mix scripts, noise and broken bytes.
struct PrefilterRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func pick<T>(_ elements: [T]) -> T {
    elements[Int.random(in: elements.indices, using: &self)]
  }

  mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  /// Returns about so many bytes: runs of Han, letters, other scripts, noise and ill-formed bytes.
  mutating func text(bytes count: Int) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < count {
      for _ in 0..<Int.random(in: 1...12, using: &self) {
        switch Int.random(in: 0..<16, using: &self) {
        case 0..<6: text += utf8(UInt32.random(in: 0x4E00...0x9FFF, using: &self))
        case 6..<11: text.append(pick(Array("abcdefghijklmnopqrstuvwxyzABCXYZ0189".utf8)))
        case 11: text += pick([" ", "-", "，", "。", "…", "\u{200B}", "\u{FE0F}", "😀", "\n"]).utf8
        case 12: text += utf8(UInt32.random(in: 0x80...0x3400, using: &self))
        case 13: text += utf8(UInt32.random(in: 0xF900...0xFFFD, using: &self))
        case 14: text += utf8(UInt32.random(in: 0x10000...0x2FFFF, using: &self))
        default: text.append(UInt8.random(in: 0x80...0xFF, using: &self))
        }
      }
    }
    return Array(text.prefix(count))
  }

  /// Returns so many bytes of Han characters and words, with little between.
  mutating func plain(bytes count: Int) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < count {
      let length = Int.random(in: 1...9, using: &self)
      for _ in 0..<length { text += utf8(UInt32.random(in: 0x4E00...0x9FFF, using: &self)) }
      text += pick(["", "，", " ", "。"]).utf8
      for _ in 0..<Int.random(in: 0...7, using: &self) {
        let word = Int.random(in: 1...9, using: &self)
        for _ in 0..<word { text.append(pick(Array("abcdXYZ5".utf8))) }
        text.append(0x20)
      }
    }
    return Array(text.prefix(count))
  }
}

/// The UTF-8 of a scalar.
func utf8(_ scalar: UInt32) -> [UInt8] {
  guard let scalar = Unicode.Scalar(scalar) else { return [] }
  return Array(String(Character(scalar)).utf8)
}
