internal import CPCRE2

/// How one anchored attempt ended.
enum AttemptOutcome: Equatable {
  /// A match, which ends before the byte at `end`.
  case match(end: Int)
  case noMatch
  /// Further text could change the outcome.
  case partial
  /// A match, depth, heap or stack limit was hit, or PCRE2 failed in another way.
  case limit
}

/// A compiled PCRE2 pattern: the one owner of its handle.
///
/// - SeeAlso: `man pcre2api`, "MULTITHREADING": "Once a pattern is compiled … the code pointer is
///   read-only, so it can be shared between threads"; per-attempt state is in `MatchScratch`.
// SAFETY: `code` is written by `init` alone (the JIT included) and freed by `deinit`; every use in
// between is by functions that the manual calls thread-safe for a shared compiled pattern.
@safe final class PCREPattern: @unchecked Sendable {
  private let code: OpaquePointer
  /// Whether attempts run machine code; else PCRE2's interpreter runs them.
  let usesJIT: Bool

  /// Whether the library was built with a JIT compiler for this machine.
  static var isJITAvailable: Bool {
    var value: UInt32 = 0
    // SAFETY: PCRE2_CONFIG_JIT writes one uint32_t.
    return unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_JIT), &value) >= 0 && value == 1
  }

  /// Compiles a pattern with the options that every run uses.
  ///
  /// - Parameters:
  ///   - pattern: PCRE2 syntax. Line breaks are LF, on every build of the library.
  ///   - isAnchored: Whether a match must begin where the attempt does.
  ///   - usingJIT: Whether machine code is made as well; a pattern made to be checked needs none.
  /// - Throws: `RuleError.syntax` with PCRE2's message.
  init(_ pattern: String, isAnchored: Bool = true, usingJIT: Bool = true) throws(RuleError) {
    var options = UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_DOLLAR_ENDONLY)
    // Without it, `(?m)^` behind a line break depends on whether a symbol follows, and PCRE2 does
    // not say "partial" for that.
    options |= UInt32(PCRE2_ALT_CIRCUMFLEX)
    if isAnchored { options |= UInt32(PCRE2_ANCHORED) | UInt32(PCRE2_NO_START_OPTIMIZE) }
    var error: Int32 = 0
    var offset = 0
    var bytes = Array(pattern.utf8)
    // SAFETY: the context lives over the call and is freed after it; a null context is allowed.
    let context = unsafe pcre2_compile_context_create_8(nil)
    unsafe pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    unsafe pcre2_set_bsr_8(context, UInt32(PCRE2_BSR_UNICODE))
    let length = bytes.count
    if bytes.isEmpty { bytes = [0] }
    let made = unsafe pcre2_compile_8(bytes, length, options, &error, &offset, context)
    unsafe pcre2_compile_context_free_8(context)
    guard let made = unsafe made else {
      let before = pattern.utf8.prefix(offset)
      let column = before.reduce(into: 1) { $0 += $1 & 0xC0 == 0x80 ? 0 : 1 }
      throw RuleError.syntax(message: Self.message(error), column: column)
    }
    unsafe code = made
    let modes = UInt32(PCRE2_JIT_COMPLETE) | UInt32(PCRE2_JIT_PARTIAL_HARD)
    // SAFETY: `made` is a valid compiled pattern that no other thread knows yet.
    usesJIT = unsafe usingJIT && pcre2_jit_compile_8(made, modes) == 0
  }

  deinit {
    // SAFETY: this object is the handle's one owner.
    unsafe pcre2_code_free_8(code)
  }

  /// Makes one attempt at a symbol of a bounded subject.
  ///
  /// - Parameters:
  ///   - bytes: Well-formed UTF-8 that holds the subject.
  ///   - subject: Byte range of the subject, cut between scalars.
  ///   - start: Byte at which the match must begin; look-behind sees what is before.
  ///   - edges: What is known of the subject's two ends.
  ///   - scratch: The caller's own space and limits.
  /// - Returns: How the attempt ended; a match's end is a byte offset in `bytes`.
  /// - Complexity: Bounded by the limits of `scratch`.
  func attempt(
    in bytes: borrowing [UInt8], subject: Range<Int>, at start: Int, _ edges: SubjectEdges,
    _ scratch: borrowing MatchScratch
  ) -> AttemptOutcome {
    var options = UInt32(PCRE2_NO_UTF_CHECK)
    if edges.contains(.startIsCut) { options |= UInt32(PCRE2_NOTBOL) }
    if edges.contains(.endIsCut) { options |= UInt32(PCRE2_NOTEOL) }
    if edges.contains(.endIsOpen) { options |= UInt32(PCRE2_PARTIAL_HARD) }
    let result = run(bytes, subject, start, options, scratch)
    switch result {
    case 0...: return .match(end: subject.lowerBound + scratch.matched.upperBound)
    case PCRE2_ERROR_NOMATCH: return .noMatch
    case PCRE2_ERROR_PARTIAL: return .partial
    default: return .limit
    }
  }

  /// Returns the byte range of the first match at or after an offset of well-formed UTF-8.
  func find(in bytes: [UInt8], from start: Int, _ scratch: borrowing MatchScratch) -> Range<Int>? {
    let result = run(bytes, 0..<bytes.count, start, UInt32(PCRE2_NO_UTF_CHECK), scratch)
    switch result {
    case 0...: return scratch.matched
    case PCRE2_ERROR_NOMATCH: return nil
    default: return start..<start
    }
  }

  private func run(
    _ bytes: borrowing [UInt8], _ subject: Range<Int>, _ start: Int, _ options: UInt32,
    _ scratch: borrowing MatchScratch
  ) -> Int32 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      precondition(subject.lowerBound >= 0 && subject.upperBound <= buffer.count)
      precondition(subject.lowerBound <= start && start <= subject.upperBound)
      guard let base = buffer.baseAddress else { return PCRE2_ERROR_NOMATCH }
      // SAFETY: the range was checked against the buffer, which outlives the call; callers give
      // well-formed UTF-8 cut between scalars, as PCRE2_NO_UTF_CHECK demands.
      return unsafe pcre2_match_8(
        code, base + subject.lowerBound, subject.count, start - subject.lowerBound, options,
        scratch.data, scratch.context)
    }
  }

  private static func message(_ error: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 256)
    // SAFETY: the length passed is the buffer's; the result ends in a zero.
    _ = unsafe pcre2_get_error_message_8(error, &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
  }
}

/// What an attempt may assume of the two ends of its subject.
struct SubjectEdges: OptionSet {
  let rawValue: UInt8
  /// Text before the subject exists but is not shown: `^` is false there.
  static let startIsCut = SubjectEdges(rawValue: 1)
  /// Text after the subject exists but is not shown: `$` is false there.
  static let endIsCut = SubjectEdges(rawValue: 2)
  /// Text after the subject may still come: an attempt that asks for it is partial.
  static let endIsOpen = SubjectEdges(rawValue: 4)
}
