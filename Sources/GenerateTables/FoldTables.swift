/// The two-stage table of all folds, and its text in C.
///
/// `entries[cells[pages[scalar >> 8] * 256 + (scalar & 255)]]` is a scalar's entry: kind in bits
/// 0–3, trait in 4–5, number of symbols in 6–10, and from bit 11 the symbol where there is one (0:
/// the scalar itself) or the offset of the symbols in `expansions` (all ones: Hangul, computed).
struct FoldTables {
  private static let hangul: UInt32 = 0x1F_FFFF
  private var entries: [UInt32] = []
  private var expansions: [UInt32] = []
  private var cells: [UInt32] = []
  private var pages: [UInt32] = []

  /// Computes the fold of every scalar and shares equal entries, expansions and pages.
  init(rules: FoldRules) {
    var entryIndices: [UInt32: UInt32] = [:]
    var expansionOffsets: [[UInt32]: UInt32] = [:]
    var pageIndices: [[UInt32]: UInt32] = [:]
    for page in 0..<UInt32(UnicodeDatabase.scalarCount >> 8) {
      var row: [UInt32] = []
      for scalar in page << 8..<(page + 1) << 8 {
        let symbols = rules.symbols(of: scalar)
        let payload: UInt32
        switch symbols.count {
        case 0: payload = 0
        case 1: payload = symbols[0] == scalar ? 0 : symbols[0]
        case _ where (0xAC00...0xD7A3).contains(scalar): payload = Self.hangul
        default:
          payload = expansionOffsets[symbols] ?? UInt32(expansions.count)
          if expansionOffsets.updateValue(payload, forKey: symbols) == nil {
            expansions += symbols
          }
        }
        precondition(symbols.count < 32 && payload <= Self.hangul)
        let entry =
          rules.kind(of: scalar, symbols: symbols).rawValue
          | rules.trait(of: scalar).rawValue << 4 | UInt32(symbols.count) << 6 | payload << 11
        let index = entryIndices[entry] ?? UInt32(entries.count)
        if entryIndices.updateValue(index, forKey: entry) == nil { entries.append(entry) }
        row.append(index)
      }
      let index = pageIndices[row] ?? UInt32(cells.count >> 8)
      if pageIndices.updateValue(index, forKey: row) == nil { cells += row }
      pages.append(index)
    }
    precondition(entries.count <= 0x10000 && cells.count >> 8 <= 0x10000)
  }

  /// One line on the tables' sizes.
  var summary: String {
    let bytes = (pages.count + cells.count) * 2 + (entries.count + expansions.count) * 4
    return "\(cells.count >> 8) pages, \(entries.count) entries, "
      + "\(expansions.count) expansion symbols: \(bytes) bytes"
  }
}

extension FoldTables {
  /// Returns the text of `cfoldtables.h`.
  func header(sources: DataSources) -> String {
    """
    \(sources.banner)
    #pragma once
    #include <stdint.h>

    #define CFOLD_DATA_VERSIONS "\(sources.versions)"
    #define CFOLD_HANGUL \(Self.hangul)u

    extern const uint16_t cfold_pages[\(pages.count)];
    extern const uint16_t cfold_cells[\(cells.count)];
    extern const uint32_t cfold_entries[\(entries.count)];
    extern const uint32_t cfold_expansions[\(expansions.count)];

    /* Kind in bits 0-3, trait in 4-5, symbol count in 6-10; above: the one symbol (0: the scalar
       itself), or the offset of several in the expansions (CFOLD_HANGUL: computed). What is no
       code point is one symbol, itself. */
    static inline uint32_t cfold_entry(uint32_t scalar) {
      if (scalar > 0x10FFFF) return 1u << 6;
      return cfold_entries[cfold_cells[(uint32_t)cfold_pages[scalar >> 8] << 8 | (scalar & 255)]];
    }

    /* Scalars whose 256 have the same number have the same entries, place by place. */
    static inline uint32_t cfold_page(uint32_t scalar) {
      return scalar > 0x10FFFF ? UINT32_MAX : cfold_pages[scalar >> 8];
    }

    /* 0 when out of bounds. */
    static inline uint32_t cfold_expansion(uint32_t offset) {
      return offset < \(expansions.count) ? cfold_expansions[offset] : 0;
    }

    """
  }

  /// Returns the text of `tables.c`.
  func source(sources: DataSources) -> String {
    """
    \(sources.banner)
    #include "cfoldtables.h"

    \(Self.array("uint16_t cfold_pages", pages))
    \(Self.array("uint16_t cfold_cells", cells))
    \(Self.array("uint32_t cfold_entries", entries))
    \(Self.array("uint32_t cfold_expansions", expansions))
    """
  }

  /// Writes an array, long runs of one value as range designators (a clang and gcc extension).
  private static func array(_ declaration: String, _ values: [UInt32]) -> String {
    var items: [String] = []
    var start = 0
    while start < values.count {
      var end = start + 1
      while end < values.count && values[end] == values[start] { end += 1 }
      if end - start > 12 {
        items.append("[\(start) ... \(end - 1)]=\(values[start])")
      } else {
        items += Array(repeating: String(values[start]), count: end - start)
      }
      start = end
    }
    var text = "const \(declaration)[\(values.count)] = {\n"
    var width = 0
    for item in items {
      if width + item.utf8.count > 98 {
        text += "\n"
        width = 0
      }
      text += item + ","
      width += item.utf8.count + 1
    }
    return text + "\n};\n"
  }
}
