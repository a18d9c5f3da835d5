import TestSupport

/// Makes a difference smaller while it stays one.
struct Shrinker {
  let characters: OracleCharacters

  /// Makes the text smaller, keeps the entries that differ, then simplifies those.
  ///
  /// - Parameters:
  ///   - engine: The engine of `items`.
  ///   - matcher: The oracle of `items`.
  func shrink(
    _ seed: UInt64, _ items: [OracleItem], _ policy: OraclePolicy, _ bytes: [UInt8],
    _ engine: TestedEngine, _ matcher: OracleMatcher
  ) -> Difference? {
    guard let first = difference(seed, matcher, engine, policy, bytes) else { return nil }
    var best = smallerText(first, engine, matcher)
    let numbers = (best.isOnly.engine + best.isOnly.oracle).compactMap(\.item)
    if let number = numbers.first, let fewer = retry(best, [best.items[number]]) { best = fewer }
    var attempts = 0
    var goesOn = true
    while goesOn && attempts < 60 {
      goesOn = false
      for items in candidates(best.items) where attempts < 60 {
        attempts += 1
        if let simpler = retry(best, items) {
          best = simpler
          goesOn = true
          break
        }
      }
    }
    return best
  }

  /// The difference of other entries on the same text, and then on a smaller one.
  private func retry(_ old: Difference, _ items: [OracleItem]) -> Difference? {
    guard !items.isEmpty, let matcher = OracleMatcher(items, characters),
      let engine = try? TestedEngine(items), engine.isComplete(items.count)
    else { return nil }
    return difference(old.seed, matcher, engine, old.policy, old.bytes).map {
      smallerText($0, engine, matcher)
    }
  }

  private func smallerText(
    _ first: Difference, _ engine: TestedEngine, _ matcher: OracleMatcher
  ) -> Difference {
    var best = first
    if let plain = difference(best.seed, matcher, engine, OraclePolicy(), best.bytes) {
      best = plain
    }
    var goesOn = true
    while goesOn {
      goesOn = false
      for bytes in Self.smaller(best.bytes) {
        if let next = difference(best.seed, matcher, engine, best.policy, bytes) {
          best = next
          goesOn = true
          break
        }
      }
    }
    return best
  }

  private func difference(
    _ seed: UInt64, _ matcher: OracleMatcher, _ engine: TestedEngine, _ policy: OraclePolicy,
    _ bytes: [UInt8]
  ) -> Difference? {
    let found = engine.findings(in: bytes, policy)
    let expected = matcher.findings(in: bytes, policy: policy)
    if Set(found) == expected && found.count == expected.count { return nil }
    let twice = found.filter { item in found.count { $0 == item } > 1 }
    return Difference(
      seed: seed, items: matcher.items, policy: policy, bytes: bytes,
      isOnly: (
        found.filter { !expected.contains($0) } + twice, expected.filter { !found.contains($0) }
      ))
  }

  /// The text without some of its characters.
  static func smaller(_ bytes: [UInt8]) -> [[UInt8]] {
    var characters: [Range<Int>] = []
    for index in bytes.indices {
      if bytes[index] & 0xC0 == 0x80, let last = characters.last {
        characters[characters.count - 1] = last.lowerBound..<index + 1
      } else {
        characters.append(index..<index + 1)
      }
    }
    return [8, 4, 2, 1].flatMap { size in
      characters.indices.filter { $0 + size <= characters.count }.map { start in
        var bytes = bytes
        bytes.removeSubrange(
          characters[start].lowerBound..<characters[start + size - 1].upperBound)
        return bytes
      }
    }
  }

  private func candidates(_ items: [OracleItem]) -> [[OracleItem]] {
    var result: [[OracleItem]] = []
    for index in items.indices {
      var fewer = items
      fewer.remove(at: index)
      result.append(fewer)
      for simpler in simpler(items[index]) {
        var other = items
        other[index] = simpler
        result.append(other)
      }
    }
    return result
  }

  private func simpler(_ item: OracleItem) -> [OracleItem] {
    var result: [OracleItem] = []
    var plain = item
    plain.action = .block
    plain.risks = ["A.1.f"]
    plain.replacement = nil
    if plain.line != item.line { result.append(plain) }
    switch item.kind {
    case .term(let word):
      for index in word.exceptions.indices {
        var word = word
        word.exceptions.remove(at: index)
        result.append(item.with(.term(word)))
      }
    case .combination(let parts, let within, let isOrdered, let with, let without):
      for part in parts.indices {
        for word in parts[part].indices {
          var parts = parts
          if parts[part].count > 1 {
            parts[part].remove(at: word)
          } else if parts.count > 2 {
            parts.remove(at: part)
          } else {
            continue
          }
          result.append(
            item.with(
              .combination(
                parts: parts, within: within, isOrdered: isOrdered, with: with, without: without)))
        }
      }
      if !with.isEmpty || !without.isEmpty {
        for (with, without) in [([], without), (with, [])] {
          let simpler = item.with(
            .combination(
              parts: parts, within: within, isOrdered: isOrdered, with: with, without: without))
          if simpler.line != item.line { result.append(simpler) }
        }
      }
    case .regex(let regex):
      for index in regex.pieces.indices where regex.pieces.count > 1 {
        var regex = regex
        regex.pieces.remove(at: index)
        result.append(item.with(.regex(regex)))
      }
    }
    return result
  }
}

extension OracleItem {
  func with(_ kind: Kind) -> OracleItem {
    var item = self
    item.kind = kind
    return item
  }
}
