import Folding
import Foundation
import Testing

private let allScalars: ClosedRange<UInt32> = 0...0x10FFFF

@Suite struct FoldLawsTests {
  @Test func `every symbol of every fold folds to itself`() {
    var failures: [UInt32] = []
    for scalar in allScalars {
      let fold = Folder.fold(scalar)
      for index in 0..<fold.count where !Folder.fold(fold[index]).isIdentity {
        failures.append(scalar)
      }
    }
    #expect(failures.isEmpty)
  }

  @Test func `only what vanishes has no symbol, and only symbols have several`() {
    var failures: [UInt32] = []
    for scalar in allScalars {
      let fold = Folder.fold(scalar)
      let isKnown =
        FoldEntry(scalar).bits & 15 < ScalarKind.allCases.count && SymbolTrait.allCases.count == 4
      let isConsistent =
        fold.kind.vanishes == (fold.count == 0) && (fold.count < 2 || fold.kind == .symbol)
      if !isKnown || !isConsistent { failures.append(scalar) }
    }
    #expect(failures.isEmpty)
  }

  @Test func `ASCII folds by case alone`() {
    for scalar in 0..<0x80 as Range<UInt32> {
      let isCapital = (0x41...0x5A).contains(scalar)
      #expect(Folder.fold(scalar).symbols == [isCapital ? scalar + 32 : scalar])
    }
  }

  @Test func `where no other rule applies the fold is NFKD`() {
    var checked = 0
    var failures: [UInt32] = []
    for value in allScalars {
      // Foundation may know a later version of Unicode than the tables.
      guard let scalar = Unicode.Scalar(value), let age = scalar.properties.age, age.major <= 15,
        age != (15, 1)
      else { continue }
      let decomposed = String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars
      let isPlain = decomposed.allSatisfy {
        let fold = Folder.fold($0.value)
        return fold.isIdentity && fold.kind == .symbol
      }
      guard isPlain, decomposed.contains(where: { $0.properties.isLetterOrNumber }) else {
        continue
      }
      checked += 1
      if Folder.fold(value).symbols != decomposed.map(\.value) { failures.append(value) }
    }
    #expect(failures.isEmpty)
    #expect(checked > 100_000)
  }

  @Test func `the inverse gives back every single fold`() {
    let inverse = InverseFold()
    var count = 0
    var failures: [UInt32] = []
    for symbol in allScalars where Folder.fold(symbol).isIdentity {
      for form in inverse.forms(of: symbol) {
        let fold = Folder.fold(form)
        if fold.count != 1 || fold.symbol != symbol { failures.append(form) }
        count += 1
      }
    }
    #expect(failures.isEmpty)
    #expect(count == allScalars.count { Folder.fold($0).count == 1 })
    #expect(inverse.forms(of: 0x5356).contains(0x8CE3))
    #expect(inverse.forms(of: 0x8CE3).isEmpty)
  }

  @Test func `text as bytes and as a string folds alike`() {
    let text = "賣Ｑ，x\u{301}한\u{200D}. 😀½"
    let bytes = Array(text.utf8)
    #expect(Folder.fold(text: bytes.span) == Folder.fold(text: text))
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isLetterOrNumber: Bool {
    switch generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
