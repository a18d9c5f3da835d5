import CScan

/// One scan of a haystack with a prefilter: its scratch memory, and what a segment leaves the next.
@safe package struct PrefilterScanner: ~Copyable {
  /// The most survivors that are verified, as a share of a segment's bytes: beyond, the automaton
  /// is faster than the verifier.
  package static let denseShare = 1.0 / 40

  private let prefilter: Prefilter
  private let work: UnsafeMutableRawPointer
  private var start = 0
  private var pending = 0
  private let denseLimit: Int

  /// Allocates the scratch memory (below 100 KB) for scans with a prefilter.
  ///
  /// - Parameters:
  ///   - prefilter: The patterns.
  ///   - denseShare: Survivors per byte above which a segment is dense; 0 makes every segment with a
  ///     survivor dense. There is a limit of `KW_CANDIDATES` survivors as well.
  package init(_ prefilter: Prefilter, denseShare: Double = PrefilterScanner.denseShare) {
    PrefilterKernel.prepare()
    self.prefilter = prefilter
    unsafe work = .allocate(byteCount: kw_work_size(), alignment: 64)
    unsafe kw_work_reset(OpaquePointer(work))
    denseLimit = min(Int(KW_CANDIDATES), Int(denseShare * Double(KW_SEGMENT)))
  }

  deinit {
    unsafe work.deallocate()
  }

  /// Prepares for another haystack.
  package mutating func reset() {
    unsafe kw_work_reset(OpaquePointer(work))
    start = 0
    pending = 0
  }

  /// Scans the next segment of a haystack and appends its hits, by their anchors' kind and place.
  ///
  /// Hits of different segments may have the same pattern and range. The haystack must be the same
  /// at each call until `nil` is returned; then the scanner is ready for another.
  ///
  /// - Parameters:
  ///   - haystack: UTF-8; offsets count bytes from its start.
  ///   - hits: Receives the hits of a segment that is not dense.
  /// - Returns: What was seen, or nil at the end of the haystack.
  /// - Complexity: O(segment), and O(comparisons) of it beyond the vector stages.
  package mutating func next(in haystack: Span<UInt8>, into hits: inout [PrefilterHit])
    -> PrefilterSegment?
  {
    guard start < haystack.count else {
      reset()
      return nil
    }
    let end = min(start + Int(KW_SEGMENT), haystack.count)
    // Nothing of an occurrence lies further back than the gaps of an anchor reach.
    let reach = max(pending, start - (Anchor.maximumLength - 1) * Prefilter.maximumGap, 0)
    var segment = PrefilterSegment(
      range: start..<end, reach: reach..<end, survivors: 0, comparisons: 0, isDense: false)
    unsafe haystack.withUnsafeBufferPointer { bytes in
      // The haystack is not empty.
      guard let base = bytes.baseAddress else { return }
      var found = unsafe kw_candidates_none()
      // SAFETY: the tables live as long as `prefilter`; `work` has the size that the kernels ask
      // for; `start` is below `bytes.count`, of which nothing is read beyond.
      unsafe kw_scan_segment(
        prefilter.tables.kernel, OpaquePointer(work), base, bytes.count, start, &found)
      segment.survivors = unsafe Int(found.survivors)
      segment.isDense = segment.survivors > denseLimit
      segment.foreign = unsafe found.foreign
      pending = unsafe Int(found.pending)
      if segment.survivors != 0 && !segment.isDense {
        segment.comparisons = unsafe prefilter.tables.verify(found, bytes, &hits)
      }
    }
    start = end
    return segment
  }
}
