"""Compares kwfilter with its peers: the same literals, the same texts, engines in turn."""

import argparse
import datetime
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from peers import install, literals, measure, report, texts, whole
from peers.engines import Engine, kernels, our_engine, peer_engines

MEGABYTE = 1 << 20


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="Benchmarks/Peers/run", description=__doc__)
    parser.add_argument("texts", nargs="?", type=Path, help="folder of .txt, .txt.xz or .txt.gz")
    parser.add_argument("--work", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--library", action="store_true", help="the library's own literals")
    parser.add_argument("--han", type=int, default=12_000, help="generated Chinese terms")
    parser.add_argument("--latin", type=int, default=600, help="generated English terms")
    parser.add_argument("--seed", type=int, default=1, help="of the generated terms and texts")
    parser.add_argument("--megabytes", type=int, default=16, help="of a text, at most")
    parser.add_argument("--rounds", type=int, default=7, help="runs that are counted")
    parser.add_argument("--only", default="", help="engines whose names match this expression")
    parser.add_argument("--whole", type=int, default=1024, help="megabytes for whole processes")
    parser.add_argument(
        "--parts", default="check,scan,turns,limits,cliff,whole", help="which of these parts to run"
    )
    parser.add_argument("--processor", type=int, default=0, help="the one that all engines run on")
    parser.add_argument("--record", action="store_true", help="write Benchmarks/Records too")
    return parser.parse_args()


class Comparison:
    """One run of the comparison."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Makes the literals and the texts, and finds the engines."""
        self.options = options
        self.work: Path = options.work
        self.parts = set(options.parts.split(","))
        self.runner = install.ours("BenchmarkRunner")
        library = literals.library_terms(install.ROOT / "Keywords")
        if options.library:
            self.terms = library
        else:
            ordinary = "\n".join(texts.ordinary_sentences(install.ROOT))
            self.terms = literals.generated_terms(
                library, ordinary, options.han, options.latin, options.seed
            )
        self.literals = self.work / "literals.txt"
        self.keywords = self.work / "keywords"
        literals.write_literals(self.terms, self.literals)
        literals.write_keywords(self.terms, self.keywords)
        limit = options.megabytes * MEGABYTE
        source = (
            texts.texts_of(options.texts, limit)
            if options.texts
            else texts.generated_texts(install.ROOT, limit, options.seed)
        )
        self.texts = self.write("texts", source)
        self.classes = install.run(self.runner, "classes").split()
        ours = [our_engine(self.runner, kernel, self.keywords) for kernel in kernels()]
        self.ours = [engine for engine in ours if self.wants(engine)]
        self.peers = [peer for peer in peer_engines(self.work, self.literals) if self.wants(peer)]

    def wants(self, engine: Engine) -> bool:
        return re.search(self.options.only, engine.name) is not None

    def write(self, kind: str, source: Iterable[tuple[str, bytes]]) -> dict[str, Path]:
        """Writes texts to files."""
        folder = self.work / kind
        folder.mkdir(parents=True, exist_ok=True)
        paths: dict[str, Path] = {}
        for name, data in source:
            paths[name] = folder / f"{name}.txt"
            paths[name].write_bytes(data)
        return paths

    def check(self) -> list[str]:
        """Holds the counts of all engines against ours where folding is off."""
        known = {literals.canonical(term.text, self.classes): term for term in self.terms}
        terms = [literals.Term(text, term.risk) for text, term in known.items()]
        path, keywords = self.work / "check.txt", self.work / "check-keywords"
        literals.write_literals(terms, path)
        literals.write_keywords(terms, keywords, " | boundary=none")
        peers = [peer for peer in peer_engines(self.work, path) if self.wants(peer)]
        peers = [peer for peer in peers if "folding" not in peer.name]
        problems: list[str] = []
        for name, text in self.texts.items():
            sample = text.read_bytes()[: 4 * MEGABYTE].decode("utf-8", "ignore")
            # Terms among the text, so that there is something to count.
            lines = literals.canonical(sample, self.classes).splitlines()
            lines += [term.text + term.text for term in terms[::7]]
            canonical = self.write("check", [(name, "\n".join(lines).encode())])[name]
            for kernel in kernels():
                ours = our_engine(self.runner, kernel, keywords, noise=0)
                others = peers if kernel == kernels()[0] else []
                found = measure.disagreements(ours, others, canonical)
                problems += [f"{name}, {kernel}: {problem}" for problem in found]
        return problems or ["All engines count the same where folding is off."]

    def scan(self) -> list[str]:
        """Times scans, streams and builds."""
        engines = self.ours + self.peers
        results = measure.measure(engines, self.texts, self.options.rounds, self.options.processor)
        lines: list[str] = []
        for name, path in self.texts.items():
            lines += report.scan_table(name, path.stat().st_size, engines, results) + [""]
        note = "\\* less what its binding takes to convert offsets, measured in the same round."
        return [*lines, note, "", *report.cost_table(engines, results)]

    def turns(self) -> list[str]:
        """Times 10 000 streams that take turns against one."""
        engine = our_engine(self.runner, kernels()[0], self.keywords)
        found = measure.turns(engine, self.texts, self.options.rounds, self.options.processor)
        return report.turns_table(found)

    def limits(self) -> list[str]:
        """Times what no matcher can pass."""
        program = install.limits(self.work)
        runner = our_engine(self.runner, "portable", self.keywords)
        found = measure.limits(program, runner, self.texts, self.options.rounds)
        return report.limit_table(found)

    def cliff(self) -> list[str]:
        """Times hostile texts with each kernel, and with the automaton alone."""
        chinese = next(iter(sorted(self.texts.values(), key=lambda path: path.stem != "zh")))
        strings = [term.text for term in self.terms]
        source = texts.adversarial_texts(
            strings, chinese.read_bytes(), self.classes, MEGABYTE, self.options.seed
        )
        paths = self.write("adversarial", source)
        names = [name for name in kernels() if name != "automaton"]
        floors = {f"kwfilter {name}": f"kwfilter {name}-automaton" for name in names}
        forced = names + [f"{name}-automaton" for name in names]
        engines = [our_engine(self.runner, name, self.keywords) for name in forced]
        results = measure.measure(engines, paths, self.options.rounds, self.options.processor)
        sizes = {name: path.stat().st_size for name, path in paths.items()}
        return report.cliff_table(floors, results, sizes)

    def whole(self) -> list[str]:
        """Times whole processes."""
        text = next(iter(sorted(self.texts.values(), key=lambda path: path.stem != "zh")))
        return whole.lines(
            install.ours("kwfilter"), install.ripgrep(self.work), self.keywords, self.literals,
            text, self.options.whole * MEGABYTE, 3, self.work, "",
        )  # fmt: skip

    def run(self) -> Iterator[str]:
        """Runs the parts that were asked for and yields the lines of the report."""
        titles = {
            "check": "Agreement",
            "scan": "Scans",
            "turns": "Streams in turn, ns per 32-byte chunk",
            "limits": "Limits",
            "cliff": "Hostile texts, speed over the plain automaton's",
            "whole": "Whole processes",
        }
        source = "the library's" if self.options.library else "generated"
        command = " ".join(["Benchmarks/Peers/run", *shown(sys.argv[1:])])
        yield f"# {datetime.date.today()}, {processor_name()}"
        yield ""
        yield (
            f"`{command}`: {len(self.terms)} {source} literals; medians of {self.options.rounds},"
            " engines in turn, one processor, processor time."
        )
        yield (
            "Ours folds, skips noise, checks boundaries and exceptions, and names risks; the peers"
            " do none of it."
        )
        for part, title in titles.items():
            if part in self.parts:
                yield from ["", f"## {title}", "", *getattr(self, part)()]


def shown(words: list[str]) -> list[str]:
    """The command line as records show it, without paths."""
    rest = words[2:]  # --work and its value
    return ["DIRECTORY" if Path(word).is_dir() else word for word in rest]


def processor_name() -> str:
    """The processor's name."""
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return found[1] if found else "unknown processor"


def main() -> None:
    """Runs the comparison, prints the report, and writes a record if asked."""
    options = arguments()
    lines: list[str] = []
    for line in Comparison(options).run():
        print(line, flush=True)
        lines.append(line)
    if options.record:
        name = re.sub(r"[^a-z0-9]+", "-", processor_name().lower()).strip("-")
        folder = install.BENCHMARKS / "Records"
        folder.mkdir(exist_ok=True)
        path = folder / f"{datetime.date.today()}-{name}.md"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
