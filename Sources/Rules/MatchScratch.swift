internal import CPCRE2

/// The space and the limits of one scanner's attempts: match data, match context and JIT stack.
// SAFETY: the three handles have this one owner, which no two threads use at once as it cannot be
// copied; `man pcre2jit` asks just that of a JIT stack ("a different stack for each thread").
@safe struct MatchScratch: ~Copyable, @unchecked Sendable {
  let data: OpaquePointer?
  let context: OpaquePointer?
  private let stack: OpaquePointer?

  /// Allocates the space; nothing is allocated later but stack pages and the interpreter's heap.
  init(_ limits: RuleLimits) {
    // SAFETY: null general contexts choose malloc; null results are allowed by each use below, and
    // pcre2_match_8 then returns an error, which is a limit finding.
    unsafe data = pcre2_match_data_create_8(1, nil)
    unsafe context = pcre2_match_context_create_8(nil)
    let first = min(32 * 1_024, limits.jitStackBytes)
    unsafe stack = pcre2_jit_stack_create_8(first, limits.jitStackBytes, nil)
    if let context = unsafe context {
      unsafe pcre2_set_match_limit_8(context, limits.match)
      unsafe pcre2_set_depth_limit_8(context, limits.depth)
      unsafe pcre2_set_heap_limit_8(context, limits.heapKiB)
    }
    if let stack = unsafe stack {
      unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
    }
  }

  deinit {
    // SAFETY: this value owns the handles; PCRE2's free functions ignore null.
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_jit_stack_free_8(stack)
  }

  /// The byte range of the last match, from the subject's start.
  var matched: Range<Int> {
    guard let data = unsafe data, let pair = unsafe pcre2_get_ovector_pointer_8(data) else {
      return 0..<0
    }
    // SAFETY: match data made for one pair has two elements; start ≤ end as \K is refused.
    return unsafe Int(pair[0])..<Int(max(pair[0], pair[1]))
  }
}
