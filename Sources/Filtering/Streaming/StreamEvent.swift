/// What a stream reports beside the bytes that it releases.
public enum StreamEvent: Sendable, Hashable {
  /// A finding was decided.
  ///
  /// Where a finding cuts the text, none that begins there or behind is reported after it.
  case finding(Finding)
  /// The text was cut at this byte; nothing that follows is released.
  ///
  /// - Parameters:
  ///   - offset: The byte of the text at which it ends.
  ///   - refusal: What to say instead of the rest.
  case blocked(offset: Int, refusal: String)
}

/// What a stream does about findings whose action is to block.
public enum BlockHandling: Sendable, Hashable {
  /// Cut the text before the finding and end.
  case stop
  /// Mask the finding and go on.
  case mask
  /// Release everything; findings are reported only.
  case pass
}

/// Receives what a stream releases.
///
/// Calls come in the order of the text.
public protocol StreamSink: ~Copyable {
  /// Bytes that are safe: part of the chunk, of the held bytes, or of a mask or replacement.
  ///
  /// - Parameter bytes: Valid during the call only.
  mutating func release(_ bytes: Span<UInt8>)
  /// Something was decided.
  mutating func event(_ event: StreamEvent)
}

/// A sink that gathers everything.
public struct StreamCollector: StreamSink, Sendable {
  /// The bytes released so far.
  public var released: [UInt8] = []
  /// The events so far.
  public var events: [StreamEvent] = []

  /// Creates an empty collector.
  public init() {}

  /// Appends the bytes.
  public mutating func release(_ bytes: Span<UInt8>) {
    for index in bytes.indices { released.append(bytes[index]) }
  }

  /// Appends the event.
  public mutating func event(_ event: StreamEvent) { events.append(event) }
}
