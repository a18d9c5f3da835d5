import CScan
import Storage

/// The tables of a prefilter, in place in a database.
///
/// - Invariant: every index in the tables is in bounds of what it points into, and every table has
///   the size that the kernels expect: `init` proves it.
@safe final class PrefilterTables: @unchecked Sendable {
  // SAFETY: @unchecked Sendable: the pointers are into the memory of `database`, which never changes
  // and lives as long as `self`.
  private let database: Database
  /// The tables as the kernels take them; the pointers live as long as `self`.
  let kernel: UnsafePointer<kw_tables>
  /// The tables as the verifier takes them; the pointers live as long as `self`.
  let anchors: UnsafePointer<kw_anchors>
  /// The number of patterns.
  let patternCount: Int
  /// The patterns that have no anchor, ascending.
  let unanchored: [Int]

  /// Opens the prefilter in a database and proves its invariants.
  ///
  /// - Throws: `DatabaseError.invalidSection` for the first table that breaks one.
  /// - Complexity: O(size of the tables).
  init(_ database: Database) throws(DatabaseError) {
    self.database = database
    let tables = try PrefilterProof(database)
    let kernel = UnsafeMutablePointer<kw_tables>.allocate(capacity: 1)
    unsafe kernel.initialize(to: tables.kernel)
    unsafe self.kernel = UnsafePointer(kernel)
    let anchors = UnsafeMutablePointer<kw_anchors>.allocate(capacity: 1)
    unsafe anchors.initialize(to: tables.anchors)
    unsafe self.anchors = UnsafePointer(anchors)
    patternCount = tables.sizes.patternCount
    unanchored = tables.unanchored.elements(0..<tables.unanchored.count).map { Int($0) }
  }

  deinit {
    unsafe kernel.deallocate()
    unsafe anchors.deallocate()
  }
}
