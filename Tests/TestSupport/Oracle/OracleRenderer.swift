/// What a stream must have written out, worked out from all findings of the text.
package struct OracleRenderer: Sendable {
  /// What is done about findings that block.
  package enum Handling: CaseIterable, Sendable {
    case stop, mask, pass
  }

  /// A finding and what is written in its place.
  package struct Cover: Sendable {
    package var range: Range<Int>
    package var action: OracleAction
    package var replacement: String?
    /// Orders findings of the same range.
    package var entryID: UInt64

    /// Describes a finding.
    package init(range: Range<Int>, action: OracleAction, replacement: String?, entryID: UInt64) {
      self.range = range
      self.action = action
      self.replacement = replacement
      self.entryID = entryID
    }
  }

  let handling: Handling

  /// Renders for one way to handle blocks.
  package init(_ handling: Handling) { self.handling = handling }

  /// Where the text is cut: at the smallest start of a finding that blocks.
  package func cut(_ covers: [Cover]) -> Int? {
    handling == .stop
      ? covers.filter { $0.action == .block }.map(\.range.lowerBound).min() : nil
  }

  /// The text with findings masked, replaced or cut.
  package func output(of bytes: [UInt8], _ covers: [Cover]) -> [UInt8] {
    let end = cut(covers) ?? bytes.count
    let hidden = covers.filter { cover in
      switch handling {
      case .stop: cover.action == .mask && cover.range.lowerBound < end
      case .mask: cover.action >= .mask
      case .pass: false
      }
    }
    .sorted {
      ($0.range.lowerBound, -$0.range.upperBound, $0.entryID)
        < ($1.range.lowerBound, -$1.range.upperBound, $1.entryID)
    }
    // Findings that overlap are one chain, which looks as its first one says.
    var chains: [(range: Range<Int>, replacement: String?)] = []
    for cover in hidden {
      if let last = chains.last, cover.range.lowerBound < last.range.upperBound {
        let upper = max(last.range.upperBound, cover.range.upperBound)
        chains[chains.count - 1].range = last.range.lowerBound..<upper
      } else {
        chains.append((cover.range, cover.replacement))
      }
    }
    var result: [UInt8] = []
    for (_, range) in OracleText.decode(bytes) where range.lowerBound < end {
      guard let chain = chains.first(where: { $0.range.contains(range.lowerBound) }) else {
        result += bytes[range]
        continue
      }
      if let text = chain.replacement {
        if range.lowerBound == chain.range.lowerBound { result += text.utf8 }
      } else {
        result += "*".utf8
      }
    }
    return result
  }
}
