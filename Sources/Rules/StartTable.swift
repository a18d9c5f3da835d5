/// Which rules can start at a symbol, by one look-up for all rules together.
///
/// Symbols that the same rules can start at form one class; class 0 is that of no rule. Pages of
/// 128 symbols are shared where they are equal, so that the table stays small.
struct StartTable: Sendable {
  private static let pageBits: UInt32 = 7

  private let pageOf: [UInt16]
  private let pages: [UInt16]
  /// The rules of each class, ascending.
  let rules: [[Int]]
  private let ruleCount: Int
  private let isMember: [Bool]

  /// Builds the table from each rule's start set.
  ///
  /// - Complexity: O(b · rules), b being the number of range ends, plus the distinct pages.
  init(_ startSets: [StartSet]) {
    var edges: Set<UInt32> = [0]
    let ranges = startSets.map { Self.merged($0.resolved()) }
    for range in ranges.joined() {
      edges.insert(range.lowerBound)
      edges.insert(range.upperBound + 1)
    }
    let sorted = edges.filter { $0 <= 0x10_FFFF }.sorted()
    var classes: [[Int]: UInt16] = [[]: 0]
    var rules: [[Int]] = [[]]
    var segments: [(first: UInt32, id: UInt16)] = []
    var cursors = [Int](repeating: 0, count: ranges.count)
    for edge in sorted {
      var members: [Int] = []
      for (rule, list) in ranges.enumerated() {
        while cursors[rule] < list.count, list[cursors[rule]].upperBound < edge {
          cursors[rule] += 1
        }
        if cursors[rule] < list.count, list[cursors[rule]].contains(edge) { members.append(rule) }
      }
      let known = classes[members]
      let id = known ?? UInt16(rules.count)
      if known == nil {
        classes[members] = id
        rules.append(members)
      }
      segments.append((edge, id))
    }
    (pageOf, pages) = Self.paged(segments)
    self.rules = rules
    ruleCount = startSets.count
    var isMember = [Bool](repeating: false, count: rules.count * startSets.count)
    for (id, members) in rules.enumerated() {
      for rule in members { isMember[id * startSets.count + rule] = true }
    }
    self.isMember = isMember
  }

  /// Spreads segments over pages, equal pages once.
  private static func paged(
    _ segments: [(first: UInt32, id: UInt16)]
  ) -> (pageOf: [UInt16], pages: [UInt16]) {
    let size = 1 << Int(pageBits)
    var uniform: [UInt16: UInt16] = [:]
    var mixed: [[UInt16]: UInt16] = [:]
    var pageOf: [UInt16] = []
    var pages: [UInt16] = []
    var segment = 0
    var base: UInt32 = 0
    while base <= 0x10_FFFF {
      defer { base += UInt32(size) }
      let last = base + UInt32(size) - 1
      let next = UInt16(pages.count >> Int(pageBits))
      var page: [UInt16] = []
      if segment + 1 < segments.count, segments[segment + 1].first == base { segment += 1 }
      if segment + 1 == segments.count || segments[segment + 1].first > last {
        let id = segments[segment].id
        if let known = uniform[id] {
          // All pages up to the one in which the next segment begins are alike.
          let next = segment + 1 < segments.count ? segments[segment + 1].first : 0x11_0000
          let count = (next - base) >> pageBits
          pageOf.append(contentsOf: repeatElement(known, count: Int(count)))
          base += (count - 1) << pageBits
          continue
        }
        uniform[id] = next
        page = Array(repeating: id, count: size)
      } else {
        for symbol in base...last {
          if segment + 1 < segments.count, segments[segment + 1].first <= symbol { segment += 1 }
          page.append(segments[segment].id)
        }
        if let known = mixed[page] {
          pageOf.append(known)
          continue
        }
        mixed[page] = next
      }
      pageOf.append(next)
      pages += page
    }
    return (pageOf, pages)
  }

  private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// The class of a symbol, 0 where no rule can start.
  func startClass(of symbol: UInt32) -> Int {
    let page = Int(pageOf[Int(symbol >> Self.pageBits)])
    return Int(pages[page << Int(Self.pageBits) | Int(symbol & 127)])
  }

  /// Returns whether one rule can start at the symbols of a class.
  func contains(_ rule: Int, in startClass: Int) -> Bool {
    isMember[startClass * ruleCount + rule]
  }
}
