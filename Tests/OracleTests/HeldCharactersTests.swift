import Filtering
import TestSupport
import Testing

/// How much is held of ordinary text that comes as a model's tokens.
@Suite struct HeldCharactersTests {
  static let terms = [
    "买卖枪支", "制造炸药", "出售手枪", "贩卖毒品", "吸食大麻", "雇凶杀人", "代开发票", "伪造证件", "办理假证", "洗钱平台",
    "网络赌博", "赌球网站", "地下钱庄", "高利贷款", "套取现金", "裸聊视频", "色情服务", "招嫖信息", "迷药购买", "人体器官买卖",
    "传播病毒", "黑客攻击", "盗取密码", "窃听设备", "偷拍软件", "刷单返利", "虚假广告", "传销组织", "邪教宣传", "煽动暴乱",
    "恐怖袭击", "自制武器", "弹药交易", "走私货物", "非法集资", "考试作弊", "替考服务", "假币批发", "银行卡出售", "身份证出租",
    "k粉", "冰毒", "海洛因", "摇头丸", "buy guns", "sell drugs", "hire a hitman", "credit card fraud",
    "sm俱乐部", "一夜情约",
  ]

  /// 200 ordinary sentences, put together of parts that go together.
  static var sentences: [String] {
    let times = ["今天", "昨天下午", "周末", "去年春天", "最近"]
    let people = ["我和朋友", "老师", "妈妈", "公司的同事", "邻居家的孩子", "一位医生", "几个学生", "他们"]
    let deeds = [
      "在公园里散步，看见许多花都开了", "去超市买了水果、牛奶和面包", "把房间打扫得干干净净", "学会了用 Python 写一个小程序",
      "讨论了下个月的旅行计划，大家都很期待",
    ]
    let ends = ["。", "，心情很好。", "！", "，然后一起回家吃饭。", "，花了大约3.5个小时。"]
    var result: [String] = []
    for (day, time) in times.enumerated() {
      for (number, person) in people.enumerated() {
        for (index, deed) in deeds.enumerated() {
          result.append(time + person + deed + ends[(day + number + index) % ends.count])
        }
      }
    }
    return result
  }

  @Test func `of ordinary text at most two characters are held at the median`() throws {
    let text =
      "risk: A.1.h\ntitle: test\nversion: 2026-01-01\n" + Self.terms.joined(separator: "\n")
    let engine = try FilterEngine(files: [("A.1.h-test.txt", Array((text + "\n").utf8))])
    #expect(Self.sentences.count == 200)
    var random = SplitMix64(seed: 7)
    var held: [Int] = []
    for sentence in Self.sentences {
      var stream = engine.stream()
      var sink = StreamCollector()
      var rest = Array(sentence.unicodeScalars)[...]
      var pushed: [UInt8] = []
      while !rest.isEmpty {
        let size = min(random.pick(1...3), rest.count)
        var token = ""
        token.unicodeScalars.append(contentsOf: rest.prefix(size))
        rest = rest.dropFirst(size)
        let chunk = Array(token.utf8)
        stream.push(chunk.span, to: &sink)
        pushed += chunk
        held.append(pushed.suffix(stream.heldCount).count { $0 & 0xC0 != 0x80 })
      }
      stream.finish(to: &sink)
      #expect(sink.released == Array(sentence.utf8))
    }
    held.sort()
    let longest = Self.terms.map(\.unicodeScalars.count).max() ?? 0
    let (median, p99) = (held[held.count / 2], held[held.count * 99 / 100])
    #expect(median <= 2)
    #expect(p99 <= longest)
    print("held characters: median \(median), p99 \(p99), most \(held.last ?? 0)")
  }
}
