/// A read-only table that lies in a database's memory.
///
/// It is public, as nothing less is specialised in other modules; no product exports it.
/// It is a plain pointer and count, so hot loops pay no reference counting: whoever stores a table
/// also stores the database that it came from.
///
/// - Invariant: the memory holds `count` elements and never changes while the database lives.
@frozen @safe
public struct Table<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // SAFETY (@unchecked Sendable): the memory is immutable.
  @usableFromInline let storage: UnsafePointer<Element>?
  /// The number of elements.
  public let count: Int

  @unsafe init(base: UnsafePointer<Element>?, count: Int) {
    unsafe storage = base
    self.count = count
  }

  /// The first element; valid while the database lives.
  ///
  /// - Precondition: the table is not empty.
  @inlinable @unsafe public var base: UnsafePointer<Element> {
    guard let storage = unsafe storage else { preconditionFailure("the table is empty") }
    return unsafe storage
  }

  /// Where the elements lie; not to be read where there are none.
  @inlinable @unsafe public var address: UnsafePointer<Element> {
    // SAFETY: alignments are powers of two, so never zero.
    unsafe storage
      ?? UnsafePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped
  }

  /// The element at `index`, checked.
  @inlinable public subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < count, "index out of range")
      // SAFETY: checked above; a table that is not empty has storage.
      return unsafe storage.unsafelyUnwrapped[index]
    }
  }

  /// Returns whether every element satisfies a condition.
  @inlinable public func allSatisfy(_ condition: (Element) -> Bool) -> Bool {
    for index in 0..<count {
      // SAFETY: below the count.
      if unsafe !condition(storage.unsafelyUnwrapped[index]) { return false }
    }
    return true
  }

  /// The elements of `range`, copied.
  ///
  /// - Precondition: The range lies inside the table.
  @inlinable public func elements(_ range: Range<Int>) -> [Element] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range out of bounds")
    if range.isEmpty { return [] }
    // SAFETY: checked above.
    let start = unsafe base + range.lowerBound
    return unsafe [Element](UnsafeBufferPointer(start: start, count: range.count))
  }
}
