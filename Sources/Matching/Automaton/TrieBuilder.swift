/// A trie over sorted patterns, as the double array is laid out from it.
///
/// A node is a range of the sorted patterns and a depth; its children are the runs of equal symbols
/// at that depth. Nothing but the queue of nodes is stored, so a million patterns fit.
struct TrieBuilder {
  /// All patterns' symbol numbers, one after the other.
  private let symbols: [UInt16]
  private let starts: [Int]
  /// Indices of the patterns in lexicographic order.
  private let order: [Int32]

  struct Node {
    var low: Int32
    var high: Int32
    var depth: UInt8
    var slot: UInt32
  }

  init(patterns: [PatternText], numbers: [UInt32: UInt16]) {
    var symbols: [UInt16] = []
    var starts: [Int] = [0]
    starts.reserveCapacity(patterns.count + 1)
    for pattern in patterns {
      for symbol in pattern.symbols { symbols.append(numbers[symbol] ?? 0) }
      starts.append(symbols.count)
    }
    order = Self.sorted(symbols: symbols, starts: starts)
    self.symbols = symbols
    self.starts = starts
  }

  /// Radix-like sort: a 64-bit key of the first four symbols settles almost every comparison.
  private static func sorted(symbols: [UInt16], starts: [Int]) -> [Int32] {
    let count = starts.count - 1
    var keyed: [(key: UInt64, index: Int32)] = []
    keyed.reserveCapacity(count)
    for index in 0..<count {
      var key: UInt64 = 0
      for offset in 0..<4 {
        let at = starts[index] + offset
        key = key << 16 | (at < starts[index + 1] ? UInt64(symbols[at]) : 0)
      }
      keyed.append((key, Int32(index)))
    }
    keyed.sort { left, right in
      if left.key != right.key { return left.key < right.key }
      let a = symbols[starts[Int(left.index)]..<starts[Int(left.index) + 1]]
      let b = symbols[starts[Int(right.index)]..<starts[Int(right.index) + 1]]
      return a.lexicographicallyPrecedes(b)
    }
    return keyed.map { $0.index }
  }

  var root: Node { Node(low: 0, high: Int32(order.count), depth: 0, slot: 0) }

  /// The pattern that ends at a node.
  func pattern(at node: Node) -> Int? {
    guard node.low < node.high else { return nil }
    let first = Int(order[Int(node.low)])
    return starts[first + 1] - starts[first] == Int(node.depth) && node.depth > 0 ? first : nil
  }

  /// Visits the children of a node in the order of their symbols.
  func forEachChild(of node: Node, _ visit: (_ symbol: UInt16, _ child: Node) -> Void) {
    var low = node.low
    if pattern(at: node) != nil { low += 1 }
    while low < node.high {
      let symbol = self.symbol(low, node.depth)
      var high = low + 1
      while high < node.high && self.symbol(high, node.depth) == symbol { high += 1 }
      visit(symbol, Node(low: low, high: high, depth: node.depth + 1, slot: 0))
      low = high
    }
  }

  private func symbol(_ position: Int32, _ depth: UInt8) -> UInt16 {
    symbols[starts[Int(order[Int(position)])] + Int(depth)]
  }
}
