import Lexicons
import Testing

struct WordSetTests {
  @Test func `equal lists are one set`() throws {
    let lexicon = try parse(
      """
      {buy} = 买 / 购买
        / where to buy
      {gun} = 枪!枪手!枪版 / {buy}
      & {buy} + {gun}/子弹 | within=8 | ordered | with={ask} | without={law}/{news}
      & 子弹/{gun} + {buy}
      {ask} = 怎么
      {law} = 法律 / 法院
      {news}=记者/报道
      """)
    let combinations = try lexicon.entries.map { try #require($0.combination) }
    #expect(combinations[0].parts == combinations[1].parts.reversed())
    #expect(combinations[0].within == 8 && combinations[0].isOrdered)
    #expect(combinations[1].within == Combination.defaultWithin && !combinations[1].isOrdered)
    let buy = lexicon[combinations[0].parts[0]]
    #expect(buy.name == "buy")
    #expect(buy.alternatives.map(\.word) == ["买", "购买", "where to buy"])
    let gun = lexicon[combinations[0].parts[1]]
    #expect(gun.name == nil)
    #expect(gun.alternatives.map(\.word) == ["枪", "买", "购买", "where to buy", "子弹"])
    #expect(gun.alternatives[0].exceptions == ["枪手", "枪版"])
    #expect(lexicon[combinations[0].with[0]].name == "ask")
    // Words that must not be there need no union: each set stays one.
    let without = combinations[0].without.map { lexicon[$0].alternatives.map(\.word) }
    #expect(without == [["法律", "法院"], ["记者", "报道"]])
    #expect(lexicon.sets.count == 5)
  }

  @Test func `with may be required twice`() throws {
    let lexicon = try parse("& 甲 + 乙 | with=丙/丁 | with=戊")
    #expect(lexicon.entries[0].combination?.with.count == 2)
  }

  @Test func `shared sets are seen in all files and others in their own`() throws {
    let files = [
      "x/sets.txt": sharedHead + "{ask} = 怎么 / {how}\n{how} = 如何",
      "a.txt": head + "{own} = 甲\n& {own} + {ask}",
      "b.txt": head + "{own} = 乙\n& {own} + {ask}",
    ]
    let lexicon = try parse(files: files)
    let combinations = lexicon.entries.compactMap(\.combination)
    #expect(combinations[0].parts[1] == combinations[1].parts[1])
    #expect(combinations[0].parts[0] != combinations[1].parts[0])
    #expect(lexicon[combinations[0].parts[1]].alternatives.map(\.word) == ["怎么", "如何"])
  }

  @Test func `a set without boundaries is another set`() throws {
    let lexicon = try parse("& gun + 甲\n& gun + 乙 | boundary=none")
    let sets = lexicon.entries.compactMap(\.combination).map { lexicon[$0.parts[0]] }
    #expect(sets.map(\.boundary) == [.word, .none])
  }

  @Test func `an exception of a combination goes to the words it holds`() throws {
    let lexicon = try parse("{g} = 枪 / 刀!刀削面\n& {g} + 买\n& {g} + 卖 | except=枪手/买卖")
    let sets = lexicon.entries.compactMap(\.combination).map { $0.parts.map { lexicon[$0] } }
    #expect(sets[0][0].alternatives[0].exceptions == [])
    #expect(sets[1][0].alternatives[0].exceptions == ["枪手"])
    #expect(sets[1][0].alternatives[1].exceptions == ["刀削面"])
    #expect(sets[1][1].alternatives[0].exceptions == ["买卖"])
    #expect(lexicon.entries[1].exceptions == [])
  }

  @Test func `a long chain of sets is resolved without recursion`() throws {
    let count = 50_000
    let chain = (0..<count).map { "{s\($0)} = {s\($0 + 1)}" }.joined(separator: "\n")
    let lexicon = try parse(chain + "\n{s\(count)} = 甲\n& {s0} + 乙")
    #expect(lexicon.sets.map { $0.alternatives.map(\.word) } == [["甲"], ["乙"]])
  }
}
