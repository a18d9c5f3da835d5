"""What is measured, engines in turn: A B C A B C …"""

import shutil
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from peers.engines import Engine
from peers.worker import Worker

CHUNK = 32
STREAMS = 10_000


@dataclass
class Measured:
    """The figures of one engine; a list holds one figure a round."""

    scan: dict[str, list[float]] = field(default_factory=dict)
    #: The part of `scan` that the binding costs without a search.
    overhead: dict[str, list[float]] = field(default_factory=dict)
    stream: dict[str, list[float]] = field(default_factory=dict)
    count: dict[str, int] = field(default_factory=dict)
    build: list[float] = field(default_factory=list)
    rss_bytes: int = 0
    own_bytes: int = 0

    def net(self, text: str) -> list[float]:
        """The times of the scans without what the binding costs."""
        overhead = self.overhead.get(text)
        if not overhead:
            return self.scan[text]
        return [max(scan - cost, 1) for scan, cost in zip(self.scan[text], overhead, strict=True)]


def measure(
    engines: Sequence[Engine], texts: Mapping[str, Path], rounds: int, processor: int | None
) -> dict[str, Measured]:
    """Scans every text with every engine, `rounds` times after one that is not counted."""
    workers = {engine.name: engine.start(processor) for engine in engines}
    results = {name: Measured() for name in workers}
    for name, worker in workers.items():
        results[name].rss_bytes = worker.start["rss_bytes"]
        results[name].own_bytes = worker.start["own_bytes"]
    for text, path in texts.items():
        for worker in workers.values():
            worker.ask(f"text {path}")
        for number in range(rounds + 1):
            for engine in engines:
                one_round(engine, workers[engine.name], results[engine.name], text, number)
    for _ in range(3):
        for name, worker in workers.items():
            results[name].build.append(worker.ask("build")["ns"])
    for worker in workers.values():
        worker.close()
    return results


def one_round(engine: Engine, worker: Worker, result: Measured, text: str, number: int) -> None:
    """Asks for one scan and one stream; those of round 0 are not counted."""
    answer = worker.ask("scan")
    result.count[text] = answer["count"]
    streamed = worker.ask(f"stream {CHUNK}") if engine.streams else None
    if number == 0:
        return
    result.scan.setdefault(text, []).append(answer["ns"])
    if "overhead_ns" in answer:
        result.overhead.setdefault(text, []).append(answer["overhead_ns"])
    if streamed:
        result.stream.setdefault(text, []).append(streamed["ns"] / streamed["chunks"])


def ratio(a: Sequence[float], b: Sequence[float]) -> float:
    """The median over rounds of a over b."""
    return statistics.median(x / y for x, y in zip(a, b, strict=True))


def disagreements(ours: Engine, peers: Sequence[Engine], text: Path) -> list[str]:
    """Compares counts on a text on which folding, noise and boundaries have nothing to do."""
    expected: dict[str, int] = {}
    found: list[str] = []
    for engine in (ours, *peers):
        worker = engine.start()
        worker.ask(f"text {text}")
        if engine is ours:
            expected = {
                "matches": worker.ask("scan")["count"],
                "entries": worker.ask("distinct")["count"],
            }
        else:
            count = worker.ask("scan")["count"]
            if count != expected[engine.counts]:
                found.append(f"{engine.name}: {count} {engine.counts}, we {expected}")
        worker.close()
    return found


def turns(
    engine: Engine, texts: Mapping[str, Path], rounds: int, processor: int
) -> dict[str, tuple[float, float, float]]:
    """Ns a push of one stream, of `STREAMS` in turn, and their difference, by text."""
    worker = engine.start(processor)
    found: dict[str, tuple[float, float, float]] = {}
    for text, path in texts.items():
        worker.ask(f"text {path}")
        answers = [worker.ask(f"turns {CHUNK} {STREAMS}") for _ in range(rounds)]
        one = [answer["one_ns"] / answer["pushes"] for answer in answers]
        many = [answer["many_ns"] / answer["pushes"] for answer in answers]
        more = statistics.median(b - a for a, b in zip(one, many, strict=True))
        found[text] = (statistics.median(one), statistics.median(many), more)
    worker.close()
    return found


def limits(
    program: Path, runner: Engine, texts: Mapping[str, Path], rounds: int
) -> dict[str, dict[str, float]]:
    """GB/s of reading, copying and UTF-8 validation, by text."""
    reader = Worker("limits", [str(program)])
    questions = [("memory read", reader, "read"), ("memcpy", reader, "copy")]
    if node := shutil.which("node"):
        script = Path(__file__).parent.parent / "validate.js"
        validator = Worker("validate", [node, str(script)])
        questions.append(("UTF-8 validation (simdutf)", validator, "validate"))
    questions.append(("UTF-8 validation (Swift)", runner.start(), "validate"))
    found: dict[str, dict[str, float]] = {}
    for text, path in texts.items():
        found[text] = {}
        for name, worker, question in questions:
            worker.ask(f"text {path}")
            times = [worker.ask(question)["ns"] for _ in range(rounds)]
            found[text][name] = path.stat().st_size / statistics.median(times)
    for _, worker, _ in questions:
        worker.close()
    return found
