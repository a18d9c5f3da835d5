import Filtering

/// An engine of the lines of one keyword file.
func makeEngine(_ lines: String...) throws -> FilterEngine {
  let text = "risk: A.1.h\ntitle: 测试\nversion: 2026-01-01\n" + lines.joined(separator: "\n") + "\n"
  return try FilterEngine(files: [("A.1.h-test.txt", Array(text.utf8))])
}

/// What is found in a text, as it stands there.
func found(_ engine: FilterEngine, _ text: String, _ policy: Policy = Policy()) -> [String] {
  let bytes = Array(text.utf8)
  return engine.findings(in: bytes.span, policy: policy).map {
    String(decoding: bytes[$0.range], as: UTF8.self)
  }
}

/// What a stream writes and reports of a text that comes in pieces of `size` bytes.
func streamed(
  _ engine: FilterEngine, _ text: String, size: Int, _ handling: BlockHandling = .mask,
  _ policy: Policy = Policy()
) -> (text: String, events: [StreamEvent]) {
  var stream = engine.stream(policy: policy, blockHandling: handling)
  var sink = StreamCollector()
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let chunk = Array(rest.prefix(size))
    stream.push(chunk.span, to: &sink)
    rest = rest.dropFirst(size)
  }
  stream.finish(to: &sink)
  return (String(decoding: sink.released, as: UTF8.self), sink.events)
}

/// The text with every finding masked; the same for every size of pieces.
func masked(_ engine: FilterEngine, _ text: String) -> String {
  streamed(engine, text, size: max(text.utf8.count, 1)).text
}
