package import Folding
package import Storage

/// Builds the automaton of many patterns and writes it to a database.
package struct AutomatonBuilder: Sendable {
  private static let stateLimit = 1 << 30

  let table: SymbolTable
  private var cells: [UInt64] = []
  private var failures: [UInt32] = []
  private var outputs: [UInt32] = []
  private var patternAt: [UInt32] = []
  private(set) var depths: [UInt8] = []
  private var reaches: [UInt16] = []
  private var reachValues: [Reach] = []
  private var info: [UInt32] = []
  private var prefixes = PrefixFilter(pairs: 0, triples: 0)
  var ends = EndFilter(members: 0)
  private var masks: [UInt64] = []
  /// The number of states, the root included.
  package private(set) var stateCount = 1
  /// The longest pattern, in symbols.
  package var longestPattern: Int { Int(info.map { $0 & 0xFF }.max() ?? 0) }

  /// Builds the automaton.
  ///
  /// - Parameters:
  ///   - patterns: The literals; their numbers are the patterns' indices.
  ///   - uses: What each pattern is for.
  ///   - others: Literals that are compared with the text but not searched for (exceptions): their
  ///     symbols get numbers.
  /// - Throws: `AutomatonError` when a limit is passed.
  /// - Complexity: O(n log n) in the patterns, near O(n) in their symbols.
  package init(
    patterns: consuming SymbolSequences, uses: PatternPurposes, others: SymbolSequences
  ) throws(AutomatonError) {
    precondition(patterns.count == uses.count)
    table = try SymbolTable(patterns: copy patterns, others: others)
    info.reserveCapacity(patterns.count)
    for index in 0..<patterns.count {
      info.append(Self.info(of: patterns[index], uses[index]))
    }
    let numbers = patterns.allSymbols.map { table.number(of: $0) }
    let ends = patterns.ends
    patterns = SymbolSequences()
    let queue = try layOut(TrieBuilder(numbers, ends: ends))
    linkFailures(queue)
    gatherPrefixes(queue)
    gatherEnds(queue)
    gatherReach(queue, uses: uses)
    masks = uses.numbers.map { uses.kinds[Int($0)].mask }
  }

  /// Builds the automaton of a few different literals.
  package init(
    patterns: [PatternText], uses: [PatternUse], others: [PatternText]
  ) throws(AutomatonError) {
    try self.init(
      patterns: SymbolSequences(patterns), uses: PatternPurposes(uses),
      others: SymbolSequences(others))
  }

  /// The numbers of a literal's symbols.
  package func numbers(of symbols: ArraySlice<UInt32>) -> [UInt16] {
    symbols.map { table.number(of: $0) }
  }

  /// Adds the automaton's sections to a database.
  package consuming func write(to writer: inout DatabaseWriter) {
    writer.add("ac.pageIndex", table.pageIndex)
    writer.add("ac.pages", table.pages)
    writer.add("ac.expansions", table.expansions)
    writer.add("ac.counts", [UInt32(table.count), UInt32(stateCount), UInt32(longestPattern)])
    writer.add("ac.cells", cells)
    writer.add("ac.failures", failures)
    writer.add("ac.outputs", outputs)
    writer.add("ac.patterns", patternAt)
    writer.add("ac.depths", depths)
    writer.add("ac.info", info)
    writer.add("ac.reach", reaches)
    writer.add("ac.reachValues", reachValues)
    writer.add("ac.masks", masks)
    writer.add("ac.pairs", prefixes.pairs)
    writer.add("ac.triples", prefixes.triples)
    writer.add("ac.ends", ends.words)
  }

  private static func info(of symbols: ArraySlice<UInt32>, _ use: PatternUse) -> UInt32 {
    var isClauseEligible = symbols.count >= 3
    var isSpelledEligible = symbols.count >= 4
    var isAfterHan = true
    for symbol in symbols {
      let entry = FoldEntry(symbol)
      let isHan = entry.trait == .han
      if !isHan && !isAfterHan || entry.kind.isMark { isClauseEligible = false }
      if entry.trait != .letter { isSpelledEligible = false }
      isAfterHan = isHan
    }
    return UInt32(symbols.count) | (isClauseEligible ? 1 << 8 : 0)
      | (isSpelledEligible ? 1 << 9 : 0) | (use.isPart ? 1 << 10 : 0)
      | (use.isQuiet ? 1 << 11 : 0)
  }

  /// Places every node, breadth first, and returns the nodes' slots in that order.
  private mutating func layOut(_ trie: consuming TrieBuilder) throws(AutomatonError) -> [UInt32] {
    guard trie.nodeCount < Self.stateLimit else { throw .tooManyStates(limit: Self.stateLimit) }
    stateCount = trie.nodeCount
    let capacity = stateCount + stateCount / 16 + 2 * table.count + 256
    var slots = SlotAllocator(capacity: capacity)
    depths.reserveCapacity(capacity)
    patternAt.reserveCapacity(capacity)
    grow(to: 1)
    var order: [UInt32] = []
    order.reserveCapacity(stateCount)
    var level = [trie.root]
    var depth = 0
    var symbols: [UInt16] = []
    var children: [TrieBuilder.Node] = []
    while !level.isEmpty {
      var below: [TrieBuilder.Node] = []
      for node in level {
        symbols.removeAll(keepingCapacity: true)
        children.removeAll(keepingCapacity: true)
        trie.forEachChild(of: node, depth: depth) { symbol, child in
          symbols.append(symbol)
          children.append(child)
        }
        if symbols.isEmpty { continue }
        let base = slots.place(symbols)
        guard slots.count < Self.stateLimit else { throw .tooManyStates(limit: Self.stateLimit) }
        grow(to: slots.count)
        slots.cells[Int(node.slot)] |= UInt64(base)
        for (index, child) in children.enumerated() {
          let slot = base + UInt32(symbols[index])
          slots.cells[Int(slot)] = UInt64(node.slot) << 32
          depths[Int(slot)] = UInt8(depth + 1)
          if let pattern = trie.pattern(at: child, depth: depth + 1) {
            patternAt[Int(slot)] = pattern + 1
          }
          order.append(slot)
          // A leaf has nothing to place.
          if child.high - child.low == 1, patternAt[Int(slot)] != 0 { continue }
          var placed = child
          placed.slot = slot
          below.append(placed)
        }
      }
      level = below
      depth += 1
    }
    let padding = table.count + 1
    cells = slots.finish(adding: padding)
    grow(to: cells.count)
    return order
  }

  private mutating func grow(to count: Int) {
    while depths.count < count {
      depths.append(0)
      patternAt.append(0)
    }
  }

  func base(_ state: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: cells[Int(state)]) & 0x7FFF_FFFF
  }

  func parent(_ state: UInt32) -> UInt32 { UInt32(cells[Int(state)] >> 32) }

  private func child(of state: UInt32, _ symbol: UInt32) -> UInt32? {
    let base = base(state)
    guard base != 0 else { return nil }
    let slot = base + symbol
    return parent(slot) == state ? slot : nil
  }

  /// Sets every state's failure link and nearest output, parents before children.
  private mutating func linkFailures(_ order: [UInt32]) {
    failures = [UInt32](repeating: 0, count: cells.count)
    outputs = [UInt32](repeating: 0, count: cells.count)
    for slot in order {
      let parent = parent(slot)
      let symbol = slot - base(parent)
      if parent != 0 {
        var link = failures[Int(parent)]
        while true {
          if let next = child(of: link, symbol) {
            failures[Int(slot)] = next
            break
          }
          if link == 0 { break }
          link = failures[Int(link)]
        }
      }
      outputs[Int(slot)] = output(slot)
      if outputs[Int(slot)] != 0 { cells[Int(slot)] |= 1 << 31 }
    }
  }

  /// Gathers the first two and three symbols of patterns.
  private mutating func gatherPrefixes(_ order: [UInt32]) {
    func symbol(_ slot: UInt32) -> Int { Int(slot - base(parent(slot))) }
    var counts = (pairs: 0, triples: 0)
    for slot in order {
      if depths[Int(slot)] == 2 { counts.pairs += 1 }
      if depths[Int(slot)] == 3 { counts.triples += 1 }
    }
    prefixes = PrefixFilter(pairs: counts.pairs, triples: counts.triples)
    for slot in order where depths[Int(slot)] == 2 || depths[Int(slot)] == 3 {
      let last = parent(slot)
      if depths[Int(slot)] == 2 {
        if outputs[Int(slot)] != 0 { prefixes.insert(symbol(last), symbol(slot), ends: true) }
      } else {
        let first = parent(last)
        prefixes.insert(symbol(first), symbol(last), ends: false)
        prefixes.insert(symbol(first), symbol(last), symbol(slot))
      }
    }
  }

  /// The nearest state with a pattern from a state on, once its suffixes have theirs.
  private func output(_ slot: UInt32) -> UInt32 {
    let suffix = outputs[Int(failures[Int(slot)])]
    guard patternAt[Int(slot)] != 0 else { return suffix }
    let isQuiet = info[Int(patternAt[Int(slot)]) - 1] & 1 << 11 != 0
    let areQuiet = isQuiet && (suffix == 0 || suffix & AhoCorasick.quietBit != 0)
    return slot | (areQuiet ? AhoCorasick.quietBit : 0)
  }

  /// Gathers what is reachable from each state, children before parents.
  private mutating func gatherReach(_ order: [UInt32], uses: PatternPurposes) {
    var builder = ReachBuilder()
    reaches = [UInt16](repeating: 0, count: cells.count)
    for slot in order.reversed() {
      let parent = parent(slot)
      var own: UInt16 = 0
      if patternAt[Int(slot)] != 0 {
        let pattern = Int(patternAt[Int(slot)]) - 1
        own = builder.number(of: uses[pattern], info: info[pattern])
      }
      reaches[Int(parent)] = builder.union(
        parent: reaches[Int(parent)], child: reaches[Int(slot)], own: own,
        isHan: table.isHan[Int(slot - base(parent))])
    }
    reachValues = builder.values
  }
}
