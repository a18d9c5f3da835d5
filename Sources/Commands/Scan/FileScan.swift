import Filtering

/// Searches one file.
struct FileScan {
  /// What a file came to.
  struct Result: Sendable {
    var hits = 0
    var bytes = 0
    /// What is to be said on standard error; `nil` if all is well.
    var problem: String?
  }

  /// What is searched for, and how.
  let plan: ScanPlan
  /// The file, or `-`.
  let path: String

  /// Searches the file.
  ///
  /// - Parameters:
  ///   - output: Receives the hits.
  ///   - deliver: Takes some output where it grows large.
  /// - Returns: What it came to; what is wrong with the file itself is in it.
  /// - Throws: What `deliver` or a missing converter throws.
  func run(
    _ output: inout [UInt8], deliver: (inout [UInt8]) async throws -> Void
  ) async throws -> Result {
    var result = Result()
    var chunks: ChunkReader
    do { chunks = try ChunkReader(path) } catch {
      result.problem = error.description
      return result
    }
    var scan = TextScan(plan.engine, plan.policy, endsWithLines: plan.endsWithLines)
    var transcoder = Transcoder(plan.encoding)
    let converts = plan.encoding != .utf8
    var isOpen = true
    while isOpen {
      do throws(CommandError) {
        if converts {
          isOpen = try chunks.next()
          result.bytes += chunks.bytes.count
        } else {
          let start = scan.window.end
          defer { result.bytes += scan.window.end - start }
          isOpen = try scan.window.append { bytes throws(CommandError) in
            try chunks.nextBlock(of: plan.blockSize, appendingTo: &bytes)
          }
        }
      } catch {
        result.problem = error.description
      }
      if converts && result.problem == nil {
        transcoder.map.discard(before: scan.openStart)
        try scan.window.append { text throws(CommandError) in
          try transcoder.convert(chunks.bytes, isFinal: !isOpen, into: &text)
        }
      }
      scan.search { write($0, converts ? transcoder.map : nil, &result, &output) }
      if result.problem != nil { return result }
      if output.count > plan.outputLimit { try await deliver(&output) }
    }
    let census = scan.finish { write($0, converts ? transcoder.map : nil, &result, &output) }
    result.problem = problem(census)
    return result
  }

  private func write(
    _ hit: Hit, _ map: OffsetMap?, _ result: inout Result, _ output: inout [UInt8]
  ) {
    var range = hit.finding.range
    if let map {
      range = map.fileOffset(of: range.lowerBound)..<map.fileOffset(of: range.upperBound)
    }
    result.hits += 1
    plan.writer.write(hit, file: path, range: range, to: &output)
  }

  /// What to say of a file that is probably in another encoding.
  private func problem(_ census: TextCensus) -> String? {
    guard census.isSuspicious, !plan.acceptsBinary else { return nil }
    let share = Int(census.percentage.rounded(.up))
    let isWide = census.nulls > census.illFormed
    let found = isWide ? "NUL characters" : "not well-formed \(plan.encoding.rawValue)"
    let guess = isWide ? "utf-16" : plan.encoding == .utf8 ? "gb18030 or utf-16" : "utf-8"
    return
      "\(FileReading.title(of: path)): \(share) % of it are \(found): say its encoding (--encoding \(guess)), or "
      + "--binary to search it as it is"
  }
}

/// What a scan is to do, checked.
struct ScanPlan: Sendable {
  /// Finds what is searched for.
  var engine: FilterEngine
  /// What is done about findings.
  var policy: Policy
  /// Whether no finding spans lines: only regexes can.
  var endsWithLines: Bool
  /// The encoding of all files.
  var encoding: TextEncoding
  /// Whether a file may be anything.
  var acceptsBinary: Bool
  /// How hits are written.
  var writer: HitWriter
  /// How many files are searched at a time.
  var threads: Int
  /// How many bytes of output a file keeps while it waits for its turn.
  let outputLimit = 1 << 20
  /// How many bytes of a file are read and searched at a time.
  let blockSize = 1 << 20
}
