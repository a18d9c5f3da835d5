import CScan
import Testing

/// Each kernel against the portable one, which defines the result.
@Suite(.serialized) struct PrefilterKernelTests {
  static let kernels = ["avx512", "avx2", "neon"]

  @Test(arguments: kernels)
  func `a kernel equals the portable one at every offset and length`(_ kernel: String) {
    guard isAvailable(kernel) else { return }
    let tables = RandomTables(seed: 1)
    var random = PrefilterRandom(seed: 2)
    let noise = (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) }
    let mixed = random.text(bytes: 400)
    for haystack in [noise, mixed] {
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
      #expect(
        tables.candidates(kernel, haystack) == tables.candidates("portable", haystack),
        "seed \(seed)")
    }
  }

  @Test func `a kernel is selected by name`() {
    defer { kw_select_kernel(nil) }
    #expect(kw_select_kernel("portable") == 0)
    #expect(String(cString: kw_kernel_name()) == "portable")
    #expect(kw_select_kernel("sse9") == -1)
    #expect(String(cString: kw_kernel_name()) == "portable")
    #expect(kw_work_size() < 100_000)
  }

  private func isAvailable(_ kernel: String) -> Bool {
    defer { kw_select_kernel(nil) }
    if kw_select_kernel(kernel) == 0 { return true }
    print("skipped: this CPU or build lacks the kernel \(kernel)")
    return false
  }
}

/// Tables of random bits, sparse enough that most stages drop something.
private struct RandomTables {
  var classes: [UInt8]
  var pairs: [UInt8]
  var triples: [UInt32]
  var doubles: [UInt32]
  var letters: [UInt8]
  var letterSets: [UInt16]
  var quads: [UInt8]
  var mixedHan: [UInt8]
  var mixed: [UInt8]
  var triggers: [UInt8]

  /// Scratch memory; what it held before must not matter.
  private nonisolated(unsafe) static let work: UnsafeMutableRawPointer = {
    let work = UnsafeMutableRawPointer.allocate(byteCount: kw_work_size(), alignment: 64)
    work.initializeMemory(as: UInt8.self, repeating: 0xA5, count: kw_work_size())
    return work
  }()

  init(seed: UInt64) {
    var random = PrefilterRandom(seed: seed)
    func bytes(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    func words(_ count: Int) -> [UInt32] {
      (0..<count).map { _ in UInt32.random(in: 0...UInt32.max, using: &random) }
    }
    classes = bytes(192)
    pairs = bytes(1 << 15)
    triples = words(1 << 10)
    doubles = words(1 << 10)
    let letters = bytes(1536).map { $0 | UInt8.random(in: 0...255, using: &random) }
    self.letters = letters
    letterSets = (0..<1024).map { pair in
      var sets: UInt16 = 0
      for set in 0..<12 where letters[set * 128 + pair / 8] >> UInt8(pair % 8) & 1 != 0 {
        sets |= 1 << UInt16(set)
      }
      return sets
    }
    quads = bytes(1 << 15)
    mixedHan = bytes(128)
    mixed = bytes(1024)
    triggers = bytes(8192)
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
    classes.withUnsafeBufferPointer { classes in
      pairs.withUnsafeBufferPointer { pairs in
        triples.withUnsafeBufferPointer { triples in
          doubles.withUnsafeBufferPointer { doubles in
            letters.withUnsafeBufferPointer { letters in
              letterSets.withUnsafeBufferPointer { letterSets in
                quads.withUnsafeBufferPointer { quads in
                  mixedHan.withUnsafeBufferPointer { mixedHan in
                    mixed.withUnsafeBufferPointer { mixed in
                      triggers.withUnsafeBufferPointer { triggers in
                        var tables = kw_tables(
                          lead: classes.baseAddress!, second: classes.baseAddress! + 64,
                          third: classes.baseAddress! + 128, pairs: pairs.baseAddress!,
                          triples: triples.baseAddress!, doubles: doubles.baseAddress!,
                          letters: letters.baseAddress!, letter_sets: letterSets.baseAddress!,
                          quads: quads.baseAddress!, mixed_han: mixedHan.baseAddress!,
                          mixed: mixed.baseAddress!, triggers: triggers.baseAddress!,
                          pair_bits: 15, triple_bits: 15, double_bits: 15)
                        var found = kw_candidates_none()
                        for start in stride(from: 0, to: haystack.count, by: Int(KW_SEGMENT)) {
                          kw_scan_segment(
                            &tables, OpaquePointer(Self.work), text, haystack.count, start, &found)
                          result += [
                            UInt64(found.han), UInt64(found.letters), UInt64(found.mixed),
                            UInt64(found.triggers), UInt64(found.survivors),
                            UInt64(found.characters), found.pending,
                          ]
                          let count = min(Int(found.survivors), Int(KW_CANDIDATES))
                          result += (0..<count).map { found.at[$0] }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    return result
  }
}
