/// Filters an asynchronous sequence of chunks.
///
///     for try await chunk in FilteredChunks(tokens, engine: engine) {
///       send(chunk.released)
///     }
///
/// Each element holds what one chunk of the base released and decided; elements without either are
/// left out. The sequence ends after the base, or after the chunk that was blocked.
public struct FilteredChunks<Base: AsyncSequence>: AsyncSequence where Base.Element == [UInt8] {
  /// What the base throws.
  public typealias Failure = Base.Failure

  private let base: Base
  private let engine: FilterEngine
  private let policy: Policy
  private let blockHandling: BlockHandling

  /// Filters a sequence.
  ///
  /// - Parameters:
  ///   - base: The text in chunks, cut anywhere.
  ///   - engine: Finds what is intercepted.
  ///   - policy: What is done about findings.
  ///   - blockHandling: What is done about findings that block.
  public init(
    _ base: Base, engine: FilterEngine, policy: Policy = Policy(),
    blockHandling: BlockHandling = .stop
  ) {
    self.base = base
    self.engine = engine
    self.policy = policy
    self.blockHandling = blockHandling
  }

  /// Starts a stream over the base.
  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(
      base: base.makeAsyncIterator(),
      stream: StreamBox(engine.stream(policy: policy, blockHandling: blockHandling)))
  }

  /// Reads the base chunk by chunk.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate var base: Base.AsyncIterator
    /// The stream; gone after its end.
    fileprivate let stream: StreamBox

    /// Returns what the next chunks release; nil at the end.
    ///
    /// - Parameter actor: The actor on which the base is read.
    /// - Returns: Released bytes and events, one of them at least.
    /// - Throws: What the base throws.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(Base.Failure) -> StreamCollector? {
      while !stream.isOver {
        var collector = StreamCollector()
        if let chunk = try await base.next(isolation: actor) {
          stream.push(chunk, to: &collector)
        } else {
          stream.finish(to: &collector)
        }
        if !collector.released.isEmpty || !collector.events.isEmpty { return collector }
      }
      return nil
    }

    /// Returns what the next chunks release; nil at the end.
    public mutating func next() async throws -> StreamCollector? {
      try await next(isolation: nil)
    }
  }
}

/// Holds the stream of an iterator, which must be copyable.
private final class StreamBox {
  private var stream: StreamFilter?
  private(set) var isOver = false

  init(_ stream: consuming StreamFilter) { self.stream = consume stream }

  func push(_ chunk: [UInt8], to collector: inout StreamCollector) {
    stream?.push(chunk.span, to: &collector)
    if stream?.isBlocked ?? true { isOver = true }
  }

  func finish(to collector: inout StreamCollector) {
    isOver = true
    let last = stream.take()
    last?.finish(to: &collector)
  }
}
