import Folding
import Matching

/// Makes patterns, and writes their occurrences in every spelling and with every kind of gap.
struct PrefilterSpeller {
  private static let inverse = InverseFold()
  /// The scalars whose fold has several symbols, by the first of them.
  private static let compounds = Dictionary(
    grouping: (UInt32(0)..<0x11_0000).filter { Folder.fold($0).count > 1 },
    by: { Folder.fold($0)[0] })
  private static let han = Array("法轮功木马国门发后台里面说话电脑网络买卖赌博").map(String.init)
  private static let latin = Array("abcdeghiknorstuvx019").map(String.init)
  private static let others = ["カ", "ノ", "ж", "д", "한", "글", "ㄅ", "𠮷", "ß", "θ"]

  /// Returns a pattern of few symbols, so that patterns share parts.
  func pattern(_ random: inout PrefilterRandom) -> PrefilterPattern {
    PrefilterPattern(term: folded(literal(&random)), isBounded: !random.oneIn(4))
  }

  /// Returns the text of a pattern, with noise inside now and then.
  func literal(_ random: inout PrefilterRandom, noise: Int = 0) -> String {
    let kind = Int.random(in: 0..<6, using: &random)
    let length = Int.random(in: 1...(random.oneIn(12) ? 20 : 6), using: &random)
    let text = (0..<length).map { index in
      if noise > 0 && index > 0 && random.oneIn(noise) {
        return random.pick([" ", "-", "，", "。", ".", "+", ":"]) + random.pick(Self.latin)
      }
      return switch kind {
      case 0...1: random.pick(Self.han)
      case 2: random.pick(Self.latin)
      case 3: random.oneIn(2) ? random.pick(Self.han) : random.pick(Self.latin)
      case 4: random.oneIn(3) ? random.pick(Self.others) : random.pick(Self.han)
      default: random.pick(Self.others + Self.latin)
      }
    }
    return text.joined()
  }

  /// Writes symbols in random spellings, with a random gap between any two.
  func spell(_ symbols: [UInt32], _ random: inout PrefilterRandom) -> [UInt8] {
    let style = Int.random(in: 0..<6, using: &random)
    let mark = random.pick(["，", ",", "、", "-", ".", " ", "_"])
    var bytes: [UInt8] = []
    var index = 0
    while index < symbols.count {
      if index > 0 { bytes += gap(style, mark, &random) }
      if style != 0, let whole = compound(symbols[index...], &random) {
        bytes += utf8(whole.scalar)
        index += whole.count
        continue
      }
      let forms = Self.inverse.forms(of: symbols[index])
      bytes += utf8(style == 0 || forms.isEmpty ? symbols[index] : random.pick(forms))
      index += 1
    }
    return bytes
  }

  /// A scalar that folds to the next two or more symbols.
  private func compound(_ symbols: ArraySlice<UInt32>, _ random: inout PrefilterRandom)
    -> (scalar: UInt32, count: Int)?
  {
    guard random.oneIn(3), let first = symbols.first else { return nil }
    let fitting = Self.compounds[first, default: []].filter {
      symbols.starts(with: Folder.fold($0).symbols)
    }
    guard !fitting.isEmpty else { return nil }
    let scalar = random.pick(fitting)
    return (scalar, Folder.fold(scalar).count)
  }

  private func gap(_ style: Int, _ mark: String, _ random: inout PrefilterRandom) -> [UInt8] {
    switch style {
    case 0, 1: return []
    case 2: return Array(mark.utf8)
    case 3: return Array(repeating: 0x20, count: Int.random(in: 0...40, using: &random))
    default:
      let vanishing = ["\u{200B}", "\u{FE0F}", "\u{0301}", "\u{200D}", "\u{00AD}", "\u{2060}"]
      let noise = [" ", "*", "-", "…", "·", "😀", "👍🏽", "🇨🇳", "+", "\u{3000}", "～", "|"]
      var gap: [UInt8] = []
      for _ in 0..<Int.random(in: 0...8, using: &random) { gap += random.pick(noise).utf8 }
      for _ in 0..<Int.random(in: 0...32, using: &random) { gap += random.pick(vanishing).utf8 }
      return gap
    }
  }
}
