import CScan

extension PrefilterTables {
  /// Appends the hits among a segment's candidates and returns the number of patterns compared.
  ///
  /// - Parameters:
  ///   - found: Candidates that are complete: not more than `KW_CANDIDATES`.
  ///   - haystack: The text of the candidates.
  ///   - hits: Receives the hits.
  /// - Returns: The patterns compared.
  func verify(
    _ found: kw_candidates, _ haystack: UnsafeBufferPointer<UInt8>, _ hits: inout [PrefilterHit]
  ) -> Int {
    guard let base = haystack.baseAddress else { return 0 }
    // SAFETY: `init` proved what the verifier asks of its tables; the candidates lie below the
    // haystack's count; the pointer to `hits` is used until the call returns.
    return unsafe withUnsafeMutablePointer(to: &hits) { hits in
      var found = unsafe found
      let report: kw_report_hit = { context, pattern, begin, end in
        let hit = PrefilterHit(pattern: Int(pattern), range: begin..<end)
        unsafe context.assumingMemoryBound(to: [PrefilterHit].self).pointee.append(hit)
      }
      return unsafe kw_verify(anchors, &found, base, haystack.count, report, hits)
    }
  }
}
