"""A peer with a Python binding, asked over standard input, one line of JSON an answer.

python -m peers.python_worker NAME LITERALS; then: text PATH | scan | distinct | build
"""

import ctypes
import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from resource import getpagesize
from typing import Any

#: Bytes of a piece for engines that convert offsets: a table of a whole text costs page faults.
PIECE = 1 << 16


@dataclass
class Engine:
    """A built peer: how it counts matches, and what it is given."""

    count: Callable[[Any], int]
    prepare: Callable[[bytes], Any]
    own_bytes: int = 0
    #: Different entries found; None where `count` counts matches only.
    distinct: Callable[[Any], int] | None = None
    #: What its binding costs without a search, on the same text.
    overhead: Callable[[Any], int] | None = None


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def pieces_of(data: bytes) -> list[str]:
    """Cuts a text at line ends into pieces of at least `PIECE` bytes; no literal has a line end."""
    pieces: list[str] = []
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + PIECE) + 1 or len(data)
        pieces.append(data[start:end].decode("utf-8", "replace"))
        start = end
    return pieces


def daachorse_charwise(literals: list[str]) -> Engine:
    import daachorse

    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(literals)
    # Its prefilter skips the whole text, so that only the conversion of offsets is left.
    empty = daachorse.CharwiseDoubleArrayAhoCorasick(["\U0010fffd"], use_prefilter=True)

    def count(pieces: Any) -> int:
        return sum(len(automaton.find_overlapping(piece)) for piece in pieces)

    def overhead(pieces: Any) -> int:
        return sum(len(empty.find_overlapping(piece)) for piece in pieces)

    return Engine(count, pieces_of, len(automaton.serialize()), overhead=overhead)


def daachorse_bytewise(literals: list[str]) -> Engine:
    import daachorse

    automaton = daachorse.DoubleArrayAhoCorasick([literal.encode() for literal in literals])
    return Engine(
        lambda data: len(automaton.find_overlapping(data)), bytes, len(automaton.serialize())
    )


def ahocorasick_rs(literals: list[str]) -> Engine:
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    automaton = BytesAhoCorasick(
        [literal.encode() for literal in literals], implementation=Implementation.DFA
    )
    return Engine(
        lambda data: len(automaton.find_matches_as_indexes(data, overlapping=True)), bytes
    )


def pyahocorasick(literals: list[str]) -> Engine:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for index, literal in enumerate(literals):
        automaton.add_word(literal, index)
    automaton.make_automaton()
    return Engine(
        lambda text: sum(1 for _ in automaton.iter(text)),
        text_of,
        automaton.get_stats()["total_size"],
    )


def matcher(literals: list[str], process_type: int) -> Engine:
    from matcher_py import SimpleMatcherBuilder

    builder = SimpleMatcherBuilder()
    for index, literal in enumerate(literals):
        builder.add_word(process_type, index, literal)
    automaton = builder.build()

    def distinct(text: Any) -> int:
        return len(automaton.process(text))

    return Engine(distinct, text_of, distinct=distinct)


def matcher_plain(literals: list[str]) -> Engine:
    from matcher_py import ProcessType

    return matcher(literals, ProcessType.NONE)


def matcher_folding(literals: list[str]) -> Engine:
    from matcher_py import ProcessType

    return matcher(literals, ProcessType.VARIANT_NORM_DELETE_NORMALIZE)


def re2_set(literals: list[str]) -> Engine:
    import re2

    options = re2.Options()
    options.max_mem = 1 << 29
    automaton = re2.Set.SearchSet(options)
    for literal in literals:
        automaton.Add(re2.escape(literal))
    automaton.Compile()

    def distinct(data: Any) -> int:
        return len(automaton.Match(data) or [])

    return Engine(distinct, bytes, distinct=distinct)


ENGINES: dict[str, Callable[[list[str]], Engine]] = {
    "daachorse-charwise": daachorse_charwise,
    "daachorse-bytewise": daachorse_bytewise,
    "ahocorasick_rs": ahocorasick_rs,
    "pyahocorasick": pyahocorasick,
    "matcher-py": matcher_plain,
    "matcher-py-folding": matcher_folding,
    "re2-set": re2_set,
}


def resident_bytes() -> int:
    """Memory in use, freed pages given back first."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize()


def timed(work: Callable[[], int]) -> dict[str, int]:
    start = time.process_time_ns()
    count = work()
    return {"ns": time.process_time_ns() - start, "count": count}


def main(name: str, path: str) -> None:
    """Builds a peer and answers until standard input ends."""
    literals = Path(path).read_text(encoding="utf-8").split("\n")[:-1]
    build = ENGINES[name]
    build(literals[:10])  # the imports
    before = resident_bytes()
    start = time.process_time_ns()
    engine = build(literals)
    first = {
        "build_ns": time.process_time_ns() - start,
        "rss_bytes": max(resident_bytes() - before, 0),
        "own_bytes": engine.own_bytes,
    }
    print(json.dumps(first), flush=True)
    text: Any = None
    for line in sys.stdin:
        command, _, argument = line.rstrip("\n").partition(" ")
        if command == "text":
            data = Path(argument).read_bytes()
            text = engine.prepare(data)
            answer = {"bytes": len(data)}
        elif command == "scan":
            answer = timed(partial(engine.count, text))
            if engine.overhead:
                answer["overhead_ns"] = timed(partial(engine.overhead, text))["ns"]
        elif command == "distinct" and engine.distinct:
            answer = {"count": engine.distinct(text)}
        elif command == "build":
            answer = timed(lambda: 0 if build(literals) is None else len(literals))
        else:
            print(json.dumps({"error": f"no {command}"}), flush=True)
            continue
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
