"""The tables."""

import statistics
from collections.abc import Mapping, Sequence

from peers.engines import Engine
from peers.measure import Measured, ratio


def scan_table(
    text: str, size: int, engines: Sequence[Engine], results: Mapping[str, Measured]
) -> list[str]:
    """GB/s and ratios on one text; an engine's ratio is its time over ours."""
    ours = [engine.name for engine in engines if engine.is_ours]
    heads = " | ".join(f"÷ {name}" for name in ours)
    rows = [
        f"### {text}, {size / 1e6:.1f} MB",
        "",
        f"| engine | GB/s | {heads} | found | ns a 32-byte chunk |",
        "|---|---|" + "---|" * len(ours) + "---|---|",
    ]
    for engine in engines:
        result = results[engine.name]
        times = result.net(text)
        speed = size / statistics.median(times)
        ratios = " | ".join(f"{ratio(times, results[name].net(text)):.2f}" for name in ours)
        stream = result.stream.get(text)
        chunk = f"{statistics.median(stream):.0f}" if stream else "–"
        note = " *" if text in result.overhead else ""
        rows.append(
            f"| {engine.name}{note} | {speed:.3f} | {ratios} |"
            f" {result.count[text]} {engine.counts} | {chunk} |"
        )
        if text in result.overhead:
            raw = size / statistics.median(result.scan[text])
            rows.append(
                f"| {engine.name}, with its offsets | {raw:.3f} |" + " |" * len(ours) + " | |"
            )
    return rows


def cost_table(engines: Sequence[Engine], results: Mapping[str, Measured]) -> list[str]:
    """Build time and memory."""
    rows = ["| engine | build, ms | memory grown, MB | own report, MB |", "|---|---|---|---|"]
    for engine in engines:
        result = results[engine.name]
        own = f"{result.own_bytes / 1e6:.2f}" if result.own_bytes else "–"
        build = statistics.median(result.build) / 1e6
        rows.append(f"| {engine.name} | {build:.0f} | {result.rss_bytes / 1e6:.1f} | {own} |")
    return rows


def turns_table(found: Mapping[str, tuple[float, float, float]]) -> list[str]:
    """What a push costs where the stream's memory is in no cache."""
    rows = ["| text | one stream | 10 000 in turn | more |", "|---|---|---|---|"]
    for text, (one, many, more) in found.items():
        rows.append(f"| {text} | {one:.0f} | {many:.0f} | {more:.0f} |")
    return rows


def limit_table(limits: Mapping[str, Mapping[str, float]]) -> list[str]:
    """GB/s that no matcher passes."""
    rows = ["| text | limit | GB/s |", "|---|---|---|"]
    for text, values in limits.items():
        rows += [f"| {text} | {name} | {speed:.1f} |" for name, speed in values.items()]
    return rows


def cliff_table(
    floors: Mapping[str, str], results: Mapping[str, Measured], sizes: Mapping[str, int]
) -> list[str]:
    """Hostile texts: every kernel's speed over that of its plain automaton, at least 0.9."""
    rows = [
        "| text | automaton, GB/s | " + " | ".join(floors) + " | |",
        "|---|---|" + "---|" * (len(floors) + 1),
    ]
    for text, size in sizes.items():
        ratios = [
            ratio(results[floor].scan[text], results[name].scan[text])
            for name, floor in floors.items()
        ]
        verdict = "" if min(ratios) >= 0.9 else "**below 0.9**"
        speed = size / statistics.median(results[next(iter(floors.values()))].scan[text])
        cells = " | ".join(f"{value:.2f}" for value in ratios)
        rows.append(f"| {text} | {speed:.3f} | {cells} | {verdict} |")
    return rows
