import Lexicons
import Testing

struct RiskTests {
  @Test func `there are 31 risks with identifiers in order`() {
    #expect(Risk.allCases.count == 31)
    #expect(Risk.allCases.map(\.id) == Risk.allCases.map(\.id).sorted())
    #expect(Risk.violenceAndObscenity.id == "A.1.f")
    #expect(Risk.otherRights.id == "A.4.g")
    #expect(Risk.unreliability.id == "A.5.b")
    #expect(RiskGroup.allCases.map(\.risks.count) == [8, 9, 5, 7, 2])
  }

  @Test func `17 risks are counted with floors of 200 and 100`() {
    #expect(Risk.counted.count == 17)
    #expect(Risk.counted.compactMap(\.floor).reduce(0, +) == 2_500)
    #expect(Risk.portrait.floor == nil)
    #expect(!Risk.portrait.isCounted)
  }

  @Test func `every risk is found by its own names`() {
    for risk in Risk.allCases {
      let spellings = [
        risk.id, risk.officialName, risk.englishName, "\(risk.id) \(risk.officialName)",
        risk.officialName + "；", risk.id.replacing(".", with: ""),
      ]
      for spelling in spellings { #expect(Risk(spelling: spelling) == risk, "\(spelling)") }
    }
  }

  @Test(arguments: [
    ("a1f", Risk.violenceAndObscenity), ("A-1-a", .subversion), ("附录A.1（a）", .subversion),
    ("Ａ．１．ａ", .subversion), ("A.2 民族歧视", .ethnicDiscrimination), ("民族歧视", .ethnicDiscrimination),
    ("a）宣扬民族仇恨", nil), ("e）宣扬民族仇恨；", .ethnicHatred), ("（e） 宣扬民族仇恨", .ethnicHatred),
    ("煽动颠覆国家政权,推翻社会主义制度", .subversion), ("其他法律,行政法规禁止的", .otherProhibited),
    ("侵害他人知识产权", .intellectualProperty), ("侵犯他人肖像权。", .portrait),
    ("泄露他人商业机密", .tradeSecrets), ("A.1.a 宣扬民族仇恨", nil), ("A.1", nil), ("a)", nil), ("", nil),
    ("A.1.i", nil), ("A.6.a", nil), ("violence", nil),
  ])
  func `spellings in circulation are understood`(spelling: String, risk: Risk?) {
    #expect(Risk(spelling: spelling) == risk)
  }

  @Test func `a bare letter means a risk only within a group`() {
    #expect(Risk(spelling: "b)", in: .discrimination) == .beliefDiscrimination)
    #expect(Risk(spelling: "h)", in: .commercial) == nil)
  }

  @Test func `a set of risks lists its members in order`() {
    let set = RiskSet([Risk.portrait, .subversion])
    #expect(set.risks == [.subversion, .portrait])
    #expect(set.contains(.portrait) && !set.contains(.privacy))
    #expect(RiskSet.all.risks == Risk.allCases)
  }

  @Test func `actions are ordered by strength`() {
    #expect(Action.allCases.sorted().map(\.name) == ["tag", "review", "mask", "block"])
    #expect(Action(name: "review") == .review)
    #expect(Action(name: "pass") == nil)
  }

  @Test func `dates that do not exist are refused`() {
    #expect(CalendarDate("2024-02-29")?.description == "2024-02-29")
    for text in [
      "2023-02-29", "2024-13-01", "2024-1-1", "2024/01/01", "24-01-01", "2024-00-10", "",
    ] {
      #expect(CalendarDate(text) == nil)
    }
    #expect(CalendarDate("2024-02-29").map { $0 < CalendarDate("2024-03-01") ?? $0 } == true)
  }
}
