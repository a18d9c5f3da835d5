"""Unpacks the peers that are Debian packages, and builds what is C++ or Swift."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

PEERS = Path(__file__).resolve().parent.parent
BENCHMARKS = PEERS.parent
ROOT = BENCHMARKS.parent


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Runs a command and returns what it printed."""
    return subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout


def unpack(packages: Sequence[str], folder: Path) -> bool:
    """Downloads Debian packages and unpacks them; False where they are not to be had.

    They are not installed: Hyperscan and Vectorscan share file names.
    """
    if folder.exists():
        return True
    unfinished = folder.with_suffix(".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    if not shutil.which("apt-get"):
        return False
    download = ["apt-get", "download", "-q", *packages]
    if subprocess.run(download, cwd=unfinished, capture_output=True).returncode != 0:
        subprocess.run(["apt-get", "update", "-q"], capture_output=True)  # it may have no lists yet
        if subprocess.run(download, cwd=unfinished, capture_output=True).returncode != 0:
            return False
    for package in unfinished.glob("*.deb"):
        run("dpkg", "-x", package, unfinished)
    unfinished.rename(folder)
    return True


def hyperscan(work: Path, name: str) -> Path | None:
    """Builds the program of Hyperscan or Vectorscan; None where it is not to be had."""
    prefix = work / name
    if not unpack([f"lib{name}-dev", f"lib{name}5"], prefix):
        return None
    library = next(prefix.glob("usr/lib/*/libhs.so.5"))
    program = work / f"{name}-worker"
    run(
        "g++", "-O2", "-std=c++17", "-I", prefix / "usr/include/hs", PEERS / "hyperscan.cpp",
        "-o", program, library, f"-Wl,-rpath,{library.parent}",
    )  # fmt: skip
    return program


def limits(work: Path) -> Path:
    """Builds the program that reads and copies."""
    run("g++", "-O3", "-march=native", PEERS / "limits.cpp", "-o", work / "limits")
    return work / "limits"


def ripgrep(work: Path) -> Path | None:
    """Finds or unpacks ripgrep."""
    if found := shutil.which("rg"):
        return Path(found)
    return work / "ripgrep/usr/bin/rg" if unpack(["ripgrep"], work / "ripgrep") else None


def ours(product: str) -> Path:
    """Builds the runner or the program and returns its path."""
    command = ["swift", "build", "-q", "-c", "release", "--product", product]
    subprocess.run(command, cwd=BENCHMARKS, check=True)
    return BENCHMARKS / ".build/release" / product
