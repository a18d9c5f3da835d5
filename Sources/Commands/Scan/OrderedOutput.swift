/// Brings what files searched at the same time have to say into the order of their paths.
///
/// Output of a file whose turn has not come is kept, but only so much; then its search waits.
actor OrderedOutput {
  private struct Closed {
    var output: [UInt8]
    var problem: String?
  }

  /// The index of the file whose output is written at once.
  private var current = 0
  private var closed: [Int: Closed] = [:]
  private var keptBytes = 0
  private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  private var failure: CommandError?
  private var progress: Progress?

  /// The most bytes that are kept of files that wait.
  private static let limit = 32 << 20

  init(progress: Progress?) { self.progress = progress }

  /// Writes some output of a file, when its turn comes.
  func write(_ bytes: [UInt8], of index: Int) async throws(CommandError) {
    await turn(of: index)
    try put(bytes)
  }

  /// Ends the output of a file.
  func close(_ index: Int, output: [UInt8], _ result: FileScan.Result) async throws(CommandError) {
    progress?.add(bytes: result.bytes, hits: result.hits)
    if index != current && keptBytes + output.count <= Self.limit {
      closed[index] = Closed(output: output, problem: result.problem)
      keptBytes += output.count
      if let failure { throw failure }
      return
    }
    await turn(of: index)
    try say(Closed(output: output, problem: result.problem))
    current += 1
    while let next = closed.removeValue(forKey: current) {
      keptBytes -= next.output.count
      try say(next)
      current += 1
    }
    waiting.removeValue(forKey: current)?.resume()
  }

  /// Takes the progress line away.
  func end() { progress?.clear() }

  private func turn(of index: Int) async {
    if index == current || failure != nil { return }
    await withCheckedContinuation { waiting[index] = $0 }
  }

  private func say(_ file: Closed) throws(CommandError) {
    try put(file.output)
    if let problem = file.problem {
      progress?.clear()
      Diagnostics.report(problem)
    }
  }

  private func put(_ bytes: [UInt8]) throws(CommandError) {
    if let failure { throw failure }
    if bytes.isEmpty { return }
    do { try Output.write(bytes) } catch {
      failure = error
      for continuation in waiting.values { continuation.resume() }
      waiting.removeAll()
      throw error
    }
  }
}
