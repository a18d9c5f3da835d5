import CScan
import Matching
import Testing

/// Each kernel against the portable one, which defines the result.
@Suite(.serialized) struct PrefilterKernelTests {
  static let kernels = ["avx512", "avx2", "neon"]

  @Test(arguments: kernels)
  func `a kernel equals the portable one at every offset and length`(_ kernel: String) {
    guard isAvailable(kernel) else { return }
    var random = PrefilterRandom(seed: 2)
    let noise = (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) }
    // Tables with anchors that stand anywhere, and without.
    for (haystack, seed) in [(noise, 1), (random.text(bytes: 400), 3), (noise, 3)] {
      let tables = RandomTables(seed: UInt64(seed))
      for offset in 0...64 {
        for length in 0...300 {
          let part = Array(haystack[offset..<offset + length])
          let expected = tables.candidates("portable", part)
          let found = tables.candidates(kernel, part)
          if found != expected {
            Issue.record("offset \(offset), length \(length)")
            return
          }
        }
      }
    }
  }

  @Test(arguments: kernels)
  func `a kernel equals the portable one over many segments`(_ kernel: String) {
    guard isAvailable(kernel) else { return }
    for seed in 0..<24 as Range<UInt64> {
      let tables = RandomTables(seed: seed)
      var random = PrefilterRandom(seed: seed)
      var haystack = random.text(bytes: Int.random(in: 1...30_000, using: &random))
      // Long stretches that are on no plane carry entries over several segments.
      if seed % 3 == 0 { haystack.insert(contentsOf: [UInt8](repeating: 32, count: 20_000), at: 0) }
      if seed % 4 == 0 {
        haystack += (0..<9000).map { _ in UInt8.random(in: 0...255, using: &random) }
      }
      let isEqual = tables.candidates(kernel, haystack) == tables.candidates("portable", haystack)
      #expect(isEqual, "seed \(seed)")
    }
  }

  @Test(arguments: kernels)
  func `a kernel says the same of short texts as the portable one`(_ kernel: String) {
    guard isAvailable(kernel) else { return }
    var answers = [false: 0, true: 0]
    for seed in 0..<300 as Range<UInt64> {
      let tables = RandomTables(seed: seed, share: 1.0 / 16)
      var random = PrefilterRandom(seed: seed)
      let haystack = seed % 2 == 0 ? random.text(bytes: 400) : random.plain(bytes: 400)
      for _ in 0..<100 {
        let start = Int.random(in: 0..<400, using: &random)
        let part = Array(haystack[start..<min(start + .random(in: 0...64, using: &random), 400)])
        let mayMatch = tables.mayMatch(kernel, part)
        answers[mayMatch, default: 0] += 1
        if mayMatch != tables.mayMatch("portable", part) {
          Issue.record("seed \(seed), \(part): \(mayMatch)")
          return
        }
      }
    }
    #expect(answers[false]! > 3000 && answers[true]! > 3000, "\(answers)")
    #expect(ShortTest.limit == Int(KW_SHORT))
  }

  @Test func `a kernel is selected by name`() {
    defer { kw_select_kernel(nil) }
    #expect(kw_select_kernel("portable") == 0)
    #expect(String(cString: kw_kernel_name()) == "portable")
    #expect(kw_select_kernel("sse9") == -1)
    #expect(String(cString: kw_kernel_name()) == "portable")
    #expect(kw_work_size() < 100_000)
  }

  func isAvailable(_ kernel: String) -> Bool {
    defer { kw_select_kernel(nil) }
    if kw_select_kernel(kernel) == 0 { return true }
    print("skipped: this CPU or build lacks the kernel \(kernel)")
    return false
  }
}

/// Tables of random bits, sparse enough that most stages drop something.
private struct RandomTables {
  private var tables: kw_tables
  /// The memory of the tables, which is never freed.
  private static func copy<T>(_ elements: [T]) -> UnsafePointer<T> {
    let memory = UnsafeMutableBufferPointer<T>.allocate(capacity: elements.count)
    _ = memory.initialize(from: elements)
    return UnsafePointer(memory.baseAddress!)
  }

  /// Scratch memory; what it held before must not matter.
  private nonisolated(unsafe) static let work: UnsafeMutableRawPointer = {
    let work = UnsafeMutableRawPointer.allocate(byteCount: kw_work_size(), alignment: 64)
    work.initializeMemory(as: UInt8.self, repeating: 0xA5, count: kw_work_size())
    return work
  }()

  /// - Parameters:
  ///   - seed: Of all bits.
  ///   - share: How many of the slots and triggers are there.
  init(seed: UInt64, share: Double = 1) {
    var random = PrefilterRandom(seed: seed)
    func bytes(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    func isThere() -> Bool { share == 1 || Double.random(in: 0..<1, using: &random) < share }
    func dense(_ count: Int) -> [UInt16] {
      (0..<count).map { _ in
        UInt16.random(in: 0...UInt16.max, using: &random)
          | UInt16.random(in: 0...UInt16.max, using: &random)
      }
    }
    func words(_ count: Int) -> [UInt32] {
      (0..<count).map { _ in
        UInt32.random(in: 0...UInt32.max, using: &random)
          | UInt32.random(in: 0...UInt32.max, using: &random)
      }
    }
    let letters = bytes(768).map { $0 | UInt8.random(in: 0...255, using: &random) }
    let letterSets = (0..<1024).map { pair in
      var sets: UInt8 = 0
      for set in 0..<6 where letters[set * 128 + pair / 8] >> UInt8(pair % 8) & 1 != 0 {
        sets |= 1 << UInt8(set)
      }
      return sets
    }
    // Three bits of a fingerprint, so that many keys that are none match; one slot in four is empty.
    let slots = (0..<1024).map { _ in
      random.oneIn(4) || !isThere()
        ? 0 : UInt32.random(in: 0..<8, using: &random) << 29 | .random(in: 0...999, using: &random)
    }
    let classes = Self.copy(bytes(192))
    tables = kw_tables(
      lead: classes, second: classes + 64, third: classes + 128,
      pairs: Self.copy(dense(1 << 10 + 1)),
      quads: Self.copy(dense(1 << 11 + 1)), letters: Self.copy(letters),
      letter_sets: Self.copy(letterSets), mixed_han: Self.copy(bytes(64)),
      mixed: Self.copy(bytes(1024).map { isThere() ? $0 : 0 }),
      triggers: Self.copy(bytes(8192).map { isThere() ? $0 : 0 }),
      key_set: Self.copy(words(1 << 7)), slots: Self.copy(slots),
      groups: Self.copy([UInt32](repeating: 0, count: 1000)), members: Self.copy([0]),
      pair_bits: 10, quad_bits: 11,
      key_set_bits: 12, slot_bits: 10, group_bits: 29,
      anywhere: seed % 3 == 0 ? 0 : UInt32(seed % 8) << 2, words: UInt32(seed % 4) << 2)
  }

  func mayMatch(_ kernel: String, _ haystack: [UInt8]) -> Bool {
    guard kw_select_kernel(kernel) == 0 else { return false }
    defer { kw_select_kernel(nil) }
    let text = Self.copy(haystack)
    defer { text.deallocate() }
    var tables = tables
    return kw_may_match(&tables, text, haystack.count) != 0
  }

  /// All that a kernel reports of a haystack, in one list.
  func candidates(_ kernel: String, _ haystack: [UInt8]) -> [UInt64] {
    guard kw_select_kernel(kernel) == 0 else { return [] }
    defer { kw_select_kernel(nil) }
    // A block of its own size, so that a checker of addresses sees any byte read beyond it.
    let text = UnsafeMutablePointer<UInt8>.allocate(capacity: max(haystack.count, 1))
    defer { text.deallocate() }
    for (index, byte) in haystack.enumerated() { text[index] = byte }
    kw_work_reset(OpaquePointer(Self.work))
    var result: [UInt64] = []
    var tables = tables
    var found = kw_candidates_none()
    for start in stride(from: 0, to: haystack.count, by: Int(KW_SEGMENT)) {
      kw_scan_segment(&tables, OpaquePointer(Self.work), text, haystack.count, start, &found)
      result += [
        UInt64(found.han), UInt64(found.letters), UInt64(found.mixed), UInt64(found.triggers),
        UInt64(found.survivors), UInt64(found.characters), found.pending,
        found.foreign.0, found.foreign.1, found.foreign.2,
      ]
      for index in 0..<min(Int(found.survivors), Int(KW_CANDIDATES)) {
        result += [found.at[index], UInt64(found.group[index])]
      }
    }
    return result
  }
}
