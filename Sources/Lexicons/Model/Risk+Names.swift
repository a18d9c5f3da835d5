extension Risk {
  /// The name in the appendix, without a closing mark.
  public var officialName: String { Self.names[Int(rawValue)].official }

  /// The name in English.
  public var englishName: String { Self.names[Int(rawValue)].english }

  private static let names: [(official: String, english: String)] = [
    (
      "煽动颠覆国家政权、推翻社会主义制度", "Inciting subversion of state power or overthrow of the socialist system"
    ),
    ("危害国家安全和利益、损害国家形象", "Endangering national security and interests, harming the national image"),
    ("煽动分裂国家、破坏国家统一和社会稳定", "Inciting separatism, undermining national unity and social stability"),
    ("宣扬恐怖主义、极端主义", "Promoting terrorism or extremism"),
    ("宣扬民族仇恨", "Promoting ethnic hatred"),
    ("宣扬暴力、淫秽色情", "Promoting violence, obscenity or pornography"),
    ("传播虚假有害信息", "Spreading false and harmful information"),
    ("其他法律、行政法规禁止的内容", "Other content prohibited by laws and administrative regulations"),
    ("民族歧视内容", "Ethnic discrimination"),
    ("信仰歧视内容", "Belief discrimination"),
    ("国别歧视内容", "Nationality discrimination"),
    ("地域歧视内容", "Regional discrimination"),
    ("性别歧视内容", "Gender discrimination"),
    ("年龄歧视内容", "Age discrimination"),
    ("职业歧视内容", "Occupational discrimination"),
    ("健康歧视内容", "Health discrimination"),
    ("其他方面歧视内容", "Other discrimination"),
    ("侵犯他人知识产权", "Infringing intellectual property"),
    ("违反商业道德", "Violating business ethics"),
    ("泄露他人商业秘密", "Disclosing trade secrets"),
    (
      "利用算法、数据、平台等优势，实施垄断和不正当竞争行为",
      "Monopoly and unfair competition through algorithms, data or platforms"
    ),
    ("其他商业违法违规行为", "Other commercial violations"),
    ("危害他人身心健康", "Harming physical or mental health"),
    ("侵害他人肖像权", "Portrait right"),
    ("侵害他人名誉权", "Right of reputation"),
    ("侵害他人荣誉权", "Right of honour"),
    ("侵害他人隐私权", "Right of privacy"),
    ("侵害他人个人信息权益", "Personal-information rights"),
    ("侵犯他人其他合法权益", "Other lawful rights"),
    ("内容不准确，严重不符合科学常识或主流认知", "Inaccurate content"),
    ("内容不可靠，虽然不包含严重错误的内容，但无法对使用者形成帮助", "Unreliable content"),
  ]
}
