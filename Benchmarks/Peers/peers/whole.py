"""Whole processes: `kwfilter scan` against ripgrep, and two threads against one."""

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path


def repeat_text(source: Path, size: int, files: int, folder: Path) -> None:
    """Writes a text again and again, `size` bytes in all, into some files."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    data = source.read_bytes()
    data = data[: data.rfind(b"\n") + 1]
    for number in range(files):
        with open(folder / f"{number:02}.txt", "wb") as file:
            while file.tell() < size // files:
                file.write(data)


def seconds(command: Sequence[str | Path], environment: Mapping[str, str], output: Path) -> float:
    """The wall time of a command that writes to a file."""
    with open(output, "wb") as file:
        start = time.perf_counter()
        subprocess.run(command, stdout=file, stderr=subprocess.DEVNULL, env=environment)
        return time.perf_counter() - start


def compare(
    commands: Mapping[str, Sequence[str | Path]], rounds: int, work: Path, kernel: str
) -> dict[str, list[float]]:
    """Runs commands in turn; the wall seconds of each."""
    environment = {**os.environ, "KWFILTER_KERNEL": kernel}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(seconds(command, environment, work / "output"))
    (work / "output").unlink()
    return times


def lines(
    program: Path, rg: Path | None, keywords: Path, literals: Path, text: Path, size: int,
    rounds: int, work: Path, kernel: str,
) -> list[str]:  # fmt: skip
    """The comparison as lines of a report."""
    corpus = work / "corpus"
    repeat_text(text, size, 16, corpus)
    total = sum(path.stat().st_size for path in corpus.iterdir())
    scan: list[str | Path] = [program, "scan", "--keywords", keywords]
    commands: dict[str, list[str | Path]] = {
        "kwfilter scan -j 1": [*scan, "-j", "1", corpus],
        "kwfilter scan -j 2": [*scan, "-j", "2", corpus],
    }
    if rg:
        # -a: no look at the contents; --no-config: nobody's habits.
        search: list[str | Path] = [rg, "--no-config", "-a", "-F", "-f", literals]
        commands["rg -F -f (one thread)"] = [*search, "-j", "1", corpus]
        commands["rg -F -f (two threads)"] = [*search, "-j", "2", corpus]
    times = compare(commands, rounds, work, kernel)
    shutil.rmtree(corpus)
    first = times["kwfilter scan -j 1"]
    report = [
        f"{total / 1e9:.2f} GB of {text.stem} in 16 files, wall time, {rounds} rounds in turn:",
        "",
        "| command | seconds | GB/s | its time ÷ kwfilter scan -j 1 |",
        "|---|---|---|---|",
    ]
    for name, values in times.items():
        median = statistics.median(values)
        ratio = statistics.median(value / one for value, one in zip(values, first, strict=True))
        report.append(f"| {name} | {median:.2f} | {total / median / 1e9:.3f} | {ratio:.2f} |")
    return report
