"""The gate on instructions per KB: callgrind counts the same on every machine.

The kernel is the portable one, which valgrind can run. Each count is the difference between runs
of one and of two passes, so that starting and opening the database are not in it.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from peers import install, literals, texts

FIGURES = install.BENCHMARKS / "instructions.txt"
TOLERANCE = 1.03
KILOBYTES = 384
MODES = ("scan", "stream")


def subject(folder: Path, runner: Path) -> tuple[Path, Path]:
    """Writes a database of generated terms and a text of ordinary sentences."""
    sentences = texts.ordinary_sentences(install.ROOT)
    library = literals.library_terms(install.ROOT / "Keywords")
    terms = literals.generated_terms(library, "\n".join(sentences), 12_000, 600, seed=1)
    literals.write_keywords(terms, folder / "keywords")
    database, text = folder / "database", folder / "text"
    install.run(runner, "compile", folder / "keywords", database)
    kinds = dict(texts.generated_texts(install.ROOT, KILOBYTES * 1024 // 3, seed=1))
    text.write_bytes(b"".join(kinds.values()))
    return database, text


def instructions(runner: Path, database: Path, text: Path, mode: str, passes: int) -> int:
    """The instructions of a process that makes some passes."""
    result = subprocess.run(
        [
            "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
            runner, "repeat", database, text, mode, str(passes),
        ],
        env={
            **os.environ,
            "KWFILTER_KERNEL": "portable",
            "SWIFT_DETERMINISTIC_HASHING": "1",
        },
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    collected = re.search(r"Collected : (\d+)", result.stderr)
    if not collected:
        raise RuntimeError(result.stderr)
    return int(collected[1])


def main() -> int:
    """Measures, prints, and holds the figures against the committed ones or replaces them."""
    built = install.ours("BenchmarkRunner")
    figures: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as name:
        # Valgrind's reader gives up on the compiler's debugging information.
        runner = Path(name) / "runner"
        install.run("strip", "-g", "-o", runner, built)
        database, text = subject(Path(name), runner)
        for mode in MODES:
            one, two = (instructions(runner, database, text, mode, passes) for passes in (1, 2))
            figures[mode] = round((two - one) / (text.stat().st_size / 1024))
    if "--update" in sys.argv[1:]:
        lines = [f"{mode} {figure}\n" for mode, figure in figures.items()]
        head = "# Instructions per KB, portable kernel; made by Benchmarks/instructions --update\n"
        FIGURES.write_text(head + "".join(lines), encoding="utf-8")
    rows = [line.split() for line in FIGURES.read_text(encoding="utf-8").splitlines()]
    committed = {row[0]: int(row[1]) for row in rows if row[0] != "#"}
    failed = False
    for mode, figure in figures.items():
        change = figure / committed[mode] - 1
        worse = figure > committed[mode] * TOLERANCE
        failed = failed or worse
        note = "  more than 3 % above: FAILED" if worse else ""
        print(f"{mode}: {figure} instructions per KB, {change:+.1%} of {committed[mode]}{note}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
