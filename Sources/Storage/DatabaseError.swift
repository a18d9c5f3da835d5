/// Why a blob is not a database of this build.
public enum DatabaseError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The first bytes are not those of a database.
  case notADatabase
  /// The database was written in another format version.
  case otherVersion(found: UInt32, expected: UInt32)
  /// The blob has fewer or more bytes than it says.
  case wrongSize(found: Int, expected: Int)
  /// The checksum does not fit the bytes.
  case damaged
  /// A section is missing.
  case missingSection(String)
  /// A section holds what it must not hold: `reason` names the broken invariant.
  case invalidSection(String, reason: String)

  /// The error, and what to do about it.
  public var description: String {
    let remedy = "compile it again with `kwfilter compile`"
    switch self {
    case .notADatabase:
      return """
        not a compiled keyword database; give the folder of the keyword files, or what \
        `kwfilter compile` made of it
        """
    case .otherVersion(let found, let expected):
      return "database format \(found), this program reads format \(expected); \(remedy)"
    case .wrongSize(let found, let expected):
      return "the database has \(found) bytes instead of \(expected); \(remedy)"
    case .damaged: return "the database is damaged (its checksum does not fit); \(remedy)"
    case .missingSection(let name): return "the database lacks its section '\(name)'; \(remedy)"
    case .invalidSection(let name, let reason):
      return "section '\(name)' of the database is invalid: \(reason); \(remedy)"
    }
  }
}
