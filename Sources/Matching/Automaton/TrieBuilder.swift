/// A trie over sorted patterns, as the double array is laid out from it.
///
/// A node is a range of the sorted patterns and a depth; its children are the runs of equal symbols
/// at that depth. Nothing but the sorted patterns is stored, so a million of them fit.
struct TrieBuilder {
  /// The patterns' symbol numbers, one pattern after the other, in lexicographic order.
  private let symbols: [UInt16]
  private let starts: [UInt32]
  /// The patterns' own numbers in that order.
  private let order: [UInt32]
  /// The number of nodes, the root included.
  let nodeCount: Int

  struct Node {
    var low: UInt32
    var high: UInt32
    var slot: UInt32
  }

  /// - Parameters:
  ///   - numbers: The patterns' symbol numbers, one pattern after the other.
  ///   - ends: Where each pattern ends.
  init(_ numbers: [UInt16], ends: [UInt32]) {
    order = Self.sorted(numbers, ends)
    var symbols: [UInt16] = []
    symbols.reserveCapacity(numbers.count)
    var starts: [UInt32] = [0]
    starts.reserveCapacity(order.count + 1)
    var nodes = 1
    var previous = 0..<0
    for pattern in order {
      let range = Self.range(ends, pattern)
      var common = 0
      while common < min(previous.count, range.count),
        numbers[previous.lowerBound + common] == numbers[range.lowerBound + common]
      {
        common += 1
      }
      nodes += range.count - common
      symbols.append(contentsOf: numbers[range])
      starts.append(UInt32(symbols.count))
      previous = range
    }
    self.symbols = symbols
    self.starts = starts
    nodeCount = nodes
  }

  /// Sorts by a key of the first four symbols, which settles almost every comparison.
  private static func sorted(_ numbers: [UInt16], _ ends: [UInt32]) -> [UInt32] {
    var keyed: [(key: UInt64, index: UInt32)] = []
    keyed.reserveCapacity(ends.count)
    for index in 0..<UInt32(ends.count) {
      let range = range(ends, index)
      var key: UInt64 = 0
      for offset in 0..<4 {
        let at = range.lowerBound + offset
        key = key << 16 | (at < range.upperBound ? UInt64(numbers[at]) : 0)
      }
      keyed.append((key, index))
    }
    keyed.sort { left, right in
      if left.key != right.key { return left.key < right.key }
      let (a, b) = (range(ends, left.index), range(ends, right.index))
      var offset = 4
      while offset < a.count && offset < b.count {
        let pair = (numbers[a.lowerBound + offset], numbers[b.lowerBound + offset])
        if pair.0 != pair.1 { return pair.0 < pair.1 }
        offset += 1
      }
      return a.count < b.count
    }
    return keyed.map { $0.index }
  }

  private static func range(_ ends: [UInt32], _ pattern: UInt32) -> Range<Int> {
    Int(pattern == 0 ? 0 : ends[Int(pattern) - 1])..<Int(ends[Int(pattern)])
  }

  var root: Node { Node(low: 0, high: UInt32(order.count), slot: 0) }

  /// The pattern that ends at a node.
  func pattern(at node: Node, depth: Int) -> UInt32? {
    guard node.low < node.high, depth > 0 else { return nil }
    let low = Int(node.low)
    return Int(starts[low + 1] - starts[low]) == depth ? order[low] : nil
  }

  /// Visits the children of a node in the order of their symbols; they have no slots yet.
  func forEachChild(of node: Node, depth: Int, _ visit: (_ symbol: UInt16, _ child: Node) -> Void) {
    var low = node.low
    if pattern(at: node, depth: depth) != nil { low += 1 }
    while low < node.high {
      let symbol = self.symbol(low, depth)
      var high = low + 1
      while high < node.high && self.symbol(high, depth) == symbol { high += 1 }
      visit(symbol, Node(low: low, high: high, slot: 0))
      low = high
    }
  }

  private func symbol(_ position: UInt32, _ depth: Int) -> UInt16 {
    symbols[Int(starts[Int(position)]) + depth]
  }
}
