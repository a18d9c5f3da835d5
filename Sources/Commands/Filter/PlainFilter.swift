import Filtering

/// Filters standard input as one text.
enum PlainFilter {
  /// Runs to the end of the input, or to a block.
  ///
  /// Standard output gets bytes as soon as they are released: each chunk is what the input has, and
  /// what the stream releases of it is written at once.
  static func run(_ plan: FilterPlan, _ tally: inout FilterTally) throws(CommandError) {
    var chunks = try ChunkReader(FileReading.standardInputName)
    var stream = plan.stream()
    var sink = StreamCollector()
    var window = TextWindow()
    let reach = 2 * stream.holdbackBound
    let clock = ContinuousClock()
    while !stream.isBlocked {
      guard try chunks.next() else { break }
      let chunk = chunks.bytes
      tally.chunks += 1
      tally.bytesRead += chunk.count
      if plan.events != nil { window.append(chunk.span, keeping: reach) }
      let start = clock.now
      tally.push(chunk.span, into: &stream, &sink)
      tally.busy += start.duration(to: clock.now)
      try deliver(&sink, plan, window, &tally)
    }
    if stream.isBlocked { return }
    stream.finish(to: &sink)
    try deliver(&sink, plan, window, &tally)
  }

  private static func deliver(
    _ sink: inout StreamCollector, _ plan: FilterPlan, _ window: TextWindow,
    _ tally: inout FilterTally
  ) throws(CommandError) {
    tally.bytesReleased += sink.released.count
    for event in sink.events {
      switch event {
      case .finding(let finding): tally.count(finding)
      case .blocked(_, let refusal):
        sink.released += refusal.utf8
        // A prompt should not stand behind the refusal; programs get nothing but the text.
        if FileDescriptor.standardOutput.isTerminal { sink.released += "\n".utf8 }
      }
    }
    // The log comes first: whoever has read the text can find its events.
    try plan.events?.write(sink.events) { Array(window[$0]) }
    if !sink.released.isEmpty { try Output.write(sink.released) }
    sink.events.removeAll(keepingCapacity: true)
    sink.released.removeAll(keepingCapacity: true)
  }
}
