"""The engines that are compared, as processes."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from peers import install
from peers.python_worker import ENGINES
from peers.worker import Worker

#: Our rows: a forced kernel each; the first that this processor has is the one of the ratios.
KERNELS = ("avx512", "avx2", "neon", "portable", "automaton")
#: What /proc/cpuinfo calls the features that a kernel needs.
FEATURES = {
    "avx512": ("avx512vbmi", "avx512_vbmi2"),
    "avx2": ("avx2", "bmi2"),
    "neon": ("asimd",),
}


@dataclass(frozen=True)
class Engine:
    """An engine: how it is started, and what it can be asked."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    is_ours: bool = False
    streams: bool = False
    #: Whether its count is that of all matches, or of different entries.
    counts: str = "matches"

    def start(self, processor: int | None = None) -> Worker:
        """Starts the engine in a process of its own."""
        return Worker(self.name, self.command, self.environment, processor)


def kernels() -> list[str]:
    """The kernels of ours that this processor can run."""
    words = set(Path("/proc/cpuinfo").read_text().split())
    return [name for name in KERNELS if words.issuperset(FEATURES.get(name, ()))]


def our_engine(runner: Path, kernel: str, keywords: Path, noise: int | None = None) -> Engine:
    """Our engine on keyword files with a forced kernel."""
    command = [str(runner), "serve", str(keywords)] + ([] if noise is None else [str(noise)])
    environment = {"KWFILTER_KERNEL": kernel}
    return Engine(f"kwfilter {kernel}", command, environment, is_ours=True, streams=True)


def peer_engines(work: Path, literals: Path) -> list[Engine]:
    """The peers that are to be had on this machine."""
    peers: list[Engine] = []
    for name in ("hyperscan", "vectorscan"):
        if program := install.hyperscan(work, name):
            peers.append(Engine(name, [str(program), str(literals)], streams=True))
    for name in ENGINES:
        command = [sys.executable, "-m", "peers.python_worker", name, str(literals)]
        counts = "entries" if name.startswith(("matcher", "re2")) else "matches"
        peers.append(Engine(name, command, counts=counts))
    return peers
