import Lexicons
import Matching
import Rules
import Storage

/// Filters a text that comes in chunks.
///
/// What it releases and finds does not depend on how the text is cut. No byte of an intercepted span
/// is released before it is masked, replaced or cut; and bytes are held only while something that
/// began at or before them is undecided, at most `holdbackBound` of them. All memory is allocated
/// when the stream is opened.
///
///     var stream = engine.stream()
///     var sink = StreamCollector()
///     stream.push(chunk.span, to: &sink)
///     stream.finish(to: &sink)
public struct StreamFilter: ~Copyable {
  // What every push reads comes first: of many streams that take turns none is in a cache, and
  // each line of it that is read costs more than many symbols.

  /// Whether the text was cut: everything that follows is dropped.
  public private(set) var isBlocked = false
  private let hasRules: Bool
  /// Whether the next chunk may be skipped.
  var skipsNext = false
  /// What the scanner has not read of what was pushed.
  var lag = ScannerLag.none
  let enabled: UInt64
  /// Tells which chunks need not be read; nil where all are.
  let shortTest: ShortTest?
  /// Fewer symbols of context are not enough for exceptions.
  let neededSymbols: Int
  /// Whether some patterns are not held back for: what is under way may be released.
  let releasesSome: Bool
  /// Where the first thing of any kind begins that is under way, as far as the text is skipped.
  var begunAt = 0
  /// The offset in the text of the first held byte.
  var heldBase = 0
  var cutCount = 0
  /// The smallest start of a blocking finding.
  private(set) var cutAt: Int?
  var renderer: Renderer
  /// Bytes that are read and not released; the last `cutCount` are a cut character, not read yet.
  var held: HeldBytes
  var resolver: Resolver
  var scanner: Scanner
  private var rules: RuleFeed
  private let lexicon: CompiledLexicon
  private let policy: Policy
  private let blockHandling: BlockHandling
  private var cutFinding: Finding?

  /// The longest chunk that is copied: below, one copy costs less than two ways of reading.
  private static let copied = 512

  /// The most bytes that a stream of this engine ever holds.
  public let holdbackBound: Int

  init(
    _ lexicon: CompiledLexicon, _ policy: Policy, _ blockHandling: BlockHandling, skips: Bool
  ) {
    self.lexicon = lexicon
    enabled = policy.enabledKinds
    releasesSome = lexicon.automaton.kinds & ~enabled != 0
    let kinds = releasesSome ? enabled : .max
    shortTest =
      skips ? lexicon.shortTest(noiseLimit: policy.noiseLimit, kinds: kinds) : nil
    neededSymbols = lexicon.exceptionReach
    self.policy = policy
    self.blockHandling = blockHandling
    let actions = lexicon.actions(under: policy)
    scanner = Scanner(
      lexicon.automaton, noiseLimit: policy.noiseLimit, enabled: enabled,
      hasSets: lexicon.setCount > 0)
    resolver = Resolver(lexicon, actions: actions, limitAction: policy.limitAction)
    hasRules = !lexicon.rules.rules.isEmpty
    rules = RuleFeed(lexicon, actions, policy, mode: .stream)
    renderer = Renderer(mask: policy.maskCharacter)
    holdbackBound = lexicon.holdbackBound(noiseLimit: policy.noiseLimit)
    held = HeldBytes(bound: holdbackBound)
    updateSkipping()
  }

  /// How many bytes are held back now.
  public var heldCount: Int { held.count }

  /// Reads a chunk and releases what is decided.
  ///
  /// - Parameters:
  ///   - chunk: The next bytes of the text, cut anywhere.
  ///   - sink: Receives the bytes and events. It keeps no reference to `chunk`.
  /// - Complexity: O(`chunk.count`); allocates nothing unless something is found.
  public mutating func push<Sink: StreamSink & ~Copyable>(
    _ chunk: Span<UInt8>, to sink: inout Sink
  ) {
    unsafe withUnsafePointer(to: &self) { unsafe CacheLines.requestEight($0) }
    if isBlocked { return }
    let skip = skipsNext ? skip(chunk, &sink) : .none
    if skip != .released { pushUnskipped(chunk, &sink, isAppended: skip == .appended) }
  }

  /// Reads a chunk that was not skipped, unless it can be when room is made for it.
  @inline(never)
  private mutating func pushUnskipped<Sink: StreamSink & ~Copyable>(
    _ chunk: Span<UInt8>, _ sink: inout Sink, isAppended: Bool
  ) {
    // What only reading needs of the stream lies behind the first eight lines.
    unsafe withUnsafePointer(to: &self) { stream in
      unsafe CacheLines.requestEight(UnsafeRawPointer(stream) + CacheLines.eight)
    }
    if shortTest == nil { return readChunk(chunk, &sink) }
    if isAppended {
      readAppended(isFinal: false, &sink)
    } else if makeRoomToSkip(chunk.count) {
      return push(chunk, to: &sink)
    } else {
      readChunk(chunk, &sink)
    }
    updateSkipping()
  }

  /// Reads a chunk.
  private mutating func readChunk<Sink: StreamSink & ~Copyable>(
    _ chunk: Span<UInt8>, _ sink: inout Sink
  ) {
    var rest = 0
    if chunk.count > Self.copied {
      catchUp()
      // What is cut is completed among the held bytes; the rest is read where it lies.
      while cutCount > 0 && rest < chunk.count {
        readHeld(chunk.extracting(rest..<rest + 1), isFinal: false, &sink)
        if isBlocked { return }
        rest += 1
      }
      if cutCount == 0 { read(chunk, from: rest, &sink) }
    } else {
      readHeld(chunk, isFinal: false, &sink)
    }
  }

  /// Ends the text and releases what is left.
  ///
  /// - Parameter sink: Receives the bytes and events.
  public consuming func finish<Sink: StreamSink & ~Copyable>(to sink: inout Sink) {
    if isBlocked { return }
    catchUp()
    if cutCount > 0 {
      let empty: [UInt8] = []
      readHeld(empty.span, isFinal: true, &sink)
      if isBlocked { return }
    }
    held.goFar()
    scanner.finish(&resolver)
    resolver.evaluate()
    rules.finish()
    let empty: [UInt8] = []
    settle(empty.span, upTo: 0, isEnd: true, &sink)
  }

  /// Reads a short chunk from among the held bytes, to which it is copied.
  private mutating func readHeld<Sink: StreamSink & ~Copyable>(
    _ chunk: Span<UInt8>, isFinal: Bool, _ sink: inout Sink
  ) {
    catchUp()
    scanner.requestLines()
    if isQuick && !isFinal { held.prepare(for: chunk.count) }
    held.append(chunk)
    cutCount += chunk.count
    readAppended(isFinal: isFinal, &sink)
  }

  /// Whether a chunk can be read without what rules and cuts ask for.
  private var isQuick: Bool { !hasRules && cutAt == nil }

  /// Reads what is held and was not read.
  @inline(never)
  private mutating func readAppended<Sink: StreamSink & ~Copyable>(
    isFinal: Bool, _ sink: inout Sink
  ) {
    catchUp()
    let isQuick = isQuick && !isFinal
    let empty = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    if isQuick && readQuickly(&sink) { return }
    held.goFar()
    if isQuick && hasFindings {
      unsafe settle(empty.span, upTo: 0, isEnd: false, &sink)
      if isBlocked { return }
    }
    while cutCount > 0 {
      let first = held.count - cutCount
      // SAFETY: no byte is appended or dropped while they are read.
      let unread = unsafe UnsafeBufferPointer(rebasing: held.bytes[first...])
      let end = unsafe step(unread.span, base: heldBase + first, from: 0, isFinal: isFinal)
      if end == 0 { break }
      cutCount -= end
      if cutCount == 0 { break }
      if hasFindings || cutAt != nil {
        unsafe settle(empty.span, upTo: 0, isEnd: false, &sink)
        if isBlocked { return }
      } else if !hasRules && !isFinal {
        // Nothing but a cut character stops a scan where nothing was found.
        break
      }
    }
    unsafe settle(empty.span, upTo: 0, isEnd: false, &sink)
  }

  /// Reads the held bytes and releases what is safe, if nothing is found or undecided but prefixes.
  ///
  /// - Returns: Whether that is all; else nothing is released yet, and what is left is to be read.
  @inline(__always)
  private mutating func readQuickly<Sink: StreamSink & ~Copyable>(_ sink: inout Sink) -> Bool {
    let (base, first) = (heldBase, held.count - cutCount)
    cutCount -= held.withBytes(first..<held.count) { unread in
      scanner.read(unread, base: base + first, from: 0, isFinal: false, handler: &resolver)
    }
    guard resolver.isIdle else {
      resolver.evaluate()
      return false
    }
    let end = base + held.count - cutCount
    releaseHeld(upTo: min(liveStart() ?? end, end), &sink)
    return true
  }

  /// Releases held bytes up to an offset.
  @inline(__always)
  mutating func releaseHeld<Sink: StreamSink & ~Copyable>(upTo safe: Int, _ sink: inout Sink) {
    let base = heldBase
    // A part of a combination can come to matter when what it begins with is released.
    if safe <= base { return }
    held.withBytes(0..<safe - base) { renderer.release($0, base: base, to: &sink) }
    held.removeFirst(safe - base)
    heldBase = safe
  }

  /// Reads a long chunk where it lies; no character before it is cut.
  private mutating func read<Sink: StreamSink & ~Copyable>(
    _ chunk: Span<UInt8>, from first: Int, _ sink: inout Sink
  ) {
    held.goFar()
    // Bytes of the chunk before `kept` are released or held already.
    var kept = first
    var at = first
    let base = heldBase + held.count - first
    while at < chunk.count {
      let before = at
      at = step(chunk, base: base, from: at, isFinal: false)
      if at == before { break }
      if hasFindings || cutAt != nil {
        settle(chunk.extracting(kept...), upTo: at - kept, isEnd: false, &sink)
        if isBlocked { return }
        kept = at
      }
    }
    settle(chunk.extracting(kept...), upTo: at - kept, isEnd: false, &sink)
    if isBlocked { return }
    cutCount = chunk.count - at
    held.append(chunk.extracting(at...))
  }

  /// Reads on until something is decided; returns where, as `Scanner.read`.
  private mutating func step(
    _ bytes: Span<UInt8>, base: Int, from position: Int, isFinal: Bool
  ) -> Int {
    let end = scanner.read(
      bytes, base: base, from: position, isFinal: isFinal, singly: hasRules || cutAt != nil,
      handler: &resolver)
    if end == position { return end }
    resolver.evaluate()
    if hasRules {
      rules.read(bytes.extracting(position..<end), base: base + position, isFinal: true)
    }
    return end
  }

  private var hasFindings: Bool {
    resolver.hasFindings || (hasRules && !rules.findings.isEmpty)
  }

  /// Takes decided findings, then releases what is safe and holds the rest.
  ///
  /// `bytes` follow the held ones; the first `count` of them were read, and of the held ones all
  /// but the last `cutCount`.
  private mutating func settle<Sink: StreamSink & ~Copyable>(
    _ bytes: Span<UInt8>, upTo count: Int, isEnd: Bool, _ sink: inout Sink
  ) {
    if hasFindings { takeFindings(bytes, &sink) }
    let end = heldBase + held.count - cutCount + count
    var safe = isEnd ? end : min(liveStart() ?? end, end)
    if let cut = cutAt, safe >= cut || isEnd {
      safe = cut
      release(bytes, count, upTo: safe, &sink)
      isBlocked = true
      held.removeFirst(held.count)
      let refusal = policy.refusal(for: cutFinding?.risk)
      sink.event(.blocked(offset: cut, refusal: refusal))
      return
    }
    if let cut = cutAt { safe = min(safe, cut) }
    release(bytes, count, upTo: safe, &sink)
  }

  /// The smallest offset at which anything is undecided.
  ///
  /// `mutating`, as what it calls, though nothing changes: to call a borrowing method of a field that
  /// is not `Copyable`, the compiler copies the whole field.
  mutating func liveStart() -> Int? {
    var kinds = enabled
    if scanner.isLoud {
      kinds |= FindingKind.part
    } else if scanner.quiet.count > 0 || resolver.parts.hasParts(in: scanner.sentence) {
      kinds |= FindingKind.loudPart
    }
    var start = scanner.liveStart(kinds)
    if let pending = resolver.heldStart() { start = min(start ?? pending, pending) }
    if hasRules, let rule = rules.heldStart { start = min(start ?? rule, rule) }
    return start
  }

  /// Releases bytes up to an offset: first held ones, then new ones; holds the new ones behind it.
  private mutating func release<Sink: StreamSink & ~Copyable>(
    _ bytes: Span<UInt8>, _ count: Int, upTo safe: Int, _ sink: inout Sink
  ) {
    let old = min(max(safe - heldBase, 0), held.count)
    if old > 0 {
      // SAFETY: nothing is appended or dropped while the renderer reads.
      let front = unsafe UnsafeBufferPointer(rebasing: held.bytes[..<old])
      unsafe renderer.release(front.span, base: heldBase, to: &sink)
      held.removeFirst(old)
    }
    let newBase = heldBase + old + held.count
    let fresh = min(max(safe - newBase, 0), count)
    if fresh > 0 { renderer.release(bytes.extracting(0..<fresh), base: newBase, to: &sink) }
    heldBase = held.count == 0 ? newBase + fresh : heldBase + old
    held.append(bytes.extracting(fresh..<count))
  }

  private mutating func takeFindings<Sink: StreamSink & ~Copyable>(
    _ bytes: Span<UInt8>, _ sink: inout Sink
  ) {
    var findings = resolver.takeFindings()
    findings += rules.takeFindings()
    if findings.count > 1 { findings.sort(by: Finding.precedes) }
    // What lies behind a cut is dropped, and how long the cut is waited for depends on the chunks.
    let cut = cutAt ?? Int.max
    for var finding in findings where finding.range.lowerBound < cut {
      finding.evasion.formUnion(evasion(of: finding.range, bytes))
      sink.event(.finding(finding))
      switch (finding.action, blockHandling) {
      case (.block, .stop):
        if finding.range.lowerBound < cutAt ?? Int.max {
          cutAt = finding.range.lowerBound
          cutFinding = finding
        }
      case (.block, .mask), (.mask, .stop), (.mask, .mask):
        renderer.hide(finding, replacement: replacement(finding))
      case (.review, _), (.tag, _), (_, .pass): break
      }
    }
  }

  private func replacement(_ finding: Finding) -> String? {
    guard let entry = finding.entry else { return nil }
    let record = lexicon.entries[entry]
    return record.hasReplacement == 0 ? nil : lexicon.string(record.replacement)
  }

  private func evasion(of range: Range<Int>, _ bytes: Span<UInt8>) -> Evasion {
    let middle = heldBase + held.count
    var evasion: Evasion = []
    if range.lowerBound < middle {
      let from = max(range.lowerBound - heldBase, 0)
      let to = min(range.upperBound, middle) - heldBase
      // SAFETY: the held bytes do not change while they are read.
      let bytes = unsafe held.bytes
      if from < to { evasion = unsafe Evasion(of: bytes.span, in: from..<to) }
    }
    if range.upperBound > middle {
      let from = max(range.lowerBound - middle, 0)
      evasion.formUnion(Evasion(of: bytes, in: from..<range.upperBound - middle))
    }
    return evasion
  }
}
