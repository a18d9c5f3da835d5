import Lexicons

/// The figures of `filter --stats`, for people.
enum StatisticsReport {
  /// The lines.
  static func text(_ tally: FilterTally) -> String {
    let actions = Action.allCases.reversed().map { action in
      "\(action.name) \(tally.findings[action.name] ?? 0)"
    }
    let hits = tally.findings.values.reduce(0, +)
    var lines = [
      "hits      \(hits) (\(actions.joined(separator: ", ")))",
      "bytes     \(tally.bytesRead) read in \(tally.chunks) chunks, "
        + "\(tally.bytesReleased) released",
    ]
    if tally.records > 0 { lines.append("records   \(tally.records)") }
    if let sampler = tally.sampler {
      lines.append("held      after each token: \(held(sampler.perToken))")
      lines.append("          after each chunk: \(held(sampler.perChunk))")
    }
    lines.append("speed     \(speed(tally)) MB/s while busy, measuring included")
    return lines.joined(separator: "\n")
  }

  private static func held(_ samples: HoldbackSampler.Samples) -> String {
    "\(quantiles(samples.characters)) characters; \(quantiles(samples.bytes)) bytes "
      + "(\(samples.bytes.total) samples)"
  }

  private static func quantiles(_ histogram: Histogram) -> String {
    "p50 \(histogram.quantile(0.5)) p99 \(histogram.quantile(0.99)) max \(histogram.maximum)"
  }

  private static func speed(_ tally: FilterTally) -> String {
    let seconds =
      Double(tally.busy.components.seconds)
      + Double(tally.busy.components.attoseconds) / 1e18
    guard seconds > 0 else { return "0.0" }
    let tenths = Int((Double(tally.bytesRead) / seconds / 1e5).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
