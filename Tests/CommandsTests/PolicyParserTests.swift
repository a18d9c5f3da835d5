import Commands
import Filtering
import Lexicons
import Testing

@Suite struct PolicyParserTests {
  @Test func `no options give the default policy`() throws {
    #expect(try PolicyParser.policy() == Policy())
  }

  @Test func `risks are switched off one by one and by group`() throws {
    let policy = try PolicyParser.policy(disabled: ["A.1.f, A.1.g", "A.2"])
    #expect(policy.disabled.contains(.allCases[5]))
    #expect(policy.disabled.contains(.allCases[6]))
    #expect(!policy.disabled.contains(.allCases[4]))
    #expect(policy.disabled.risks.count == 11)
  }

  @Test func `later actions win`() throws {
    let policy = try PolicyParser.policy(actions: ["A.2=review", "A.2.b=mask"])
    #expect(policy.actions.count == 9)
    #expect(policy.actions[.allCases[8]] == .review)
    #expect(policy.actions[.allCases[9]] == .mask)
  }

  @Test func `a refusal is for all or for one risk`() throws {
    let policy = try PolicyParser.policy(refusals: ["a=b", "A.1.f=不", "好"])
    #expect(policy.refusal == "好")
    #expect(policy.refusals == [.allCases[5]: "不"])
  }

  @Test(arguments: ["A.6", "x", "A.1.z", ""]) func `an unknown risk is refused`(name: String) {
    #expect(throws: CommandError.self) {
      try PolicyParser.policy(actions: ["\(name)=block"])
    }
  }

  @Test(arguments: ["", "ab", "\n", "👨‍👩‍👧"]) func `a mask is one character`(mask: String) {
    #expect(throws: CommandError.self) { try PolicyParser.policy(mask: mask) }
  }
}
