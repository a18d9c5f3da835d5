"""The texts: those of a folder, or ones made from the project's own sentences."""

import gzip
import lzma
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

OPENERS: dict[str, Callable[[Path, Any], Any]] = {
    ".txt": open,
    ".xz": lzma.open,
    ".gz": gzip.open,
}


def ordinary_sentences(root: Path) -> list[str]:
    """The ordinary sentences that the library's tests hold it against."""
    folder = root / "Tests/LibraryTests"
    paths = sorted(folder.glob("ordinary.txt")) + sorted(folder.glob("Ordinary/*.txt"))
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line.strip()]


def texts_of(folder: Path, limit: int) -> Iterator[tuple[str, bytes]]:
    """The texts of a folder by name, cut at a character to `limit` bytes."""
    for path in sorted(folder.iterdir()):
        if path.suffix in OPENERS and ".txt" in path.suffixes:
            with OPENERS[path.suffix](path, "rb") as file:
                data = file.read(limit)
            yield path.name.split(".")[0], data.decode("utf-8", "ignore").encode()


def is_chinese(sentence: str) -> bool:
    return len(re.findall(r"[\u4e00-\u9fff]", sentence)) * 2 > len(sentence)


def generated_texts(root: Path, limit: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Chinese, mixed and English text of `limit` bytes each.

    Sentences are halves of ordinary ones, put together anew; the code in the mixed text is the
    project's own.
    """
    sentences = ordinary_sentences(root)
    chinese = [sentence for sentence in sentences if is_chinese(sentence)]
    english = [sentence for sentence in sentences if sentence.isascii()]
    code = [
        path.read_text(encoding="utf-8")
        for path in sorted((root / "Sources/Filtering").rglob("*.swift"))
    ]
    kinds = (("zh", chinese, 0.0), ("mixed", sentences, 0.25), ("en", english, 0.0))
    for name, source, share in kinds:
        yield name, compose(source, code, share, limit, random.Random(seed))


def compose(
    sentences: Sequence[str], code: Sequence[str], share: float, limit: int, chooser: random.Random
) -> bytes:
    """Paragraphs of recombined sentences, with a share of paragraphs that are code."""
    paragraphs: list[bytes] = []
    size = 0
    while size < limit:
        if chooser.random() < share:
            lines = chooser.choice(code).splitlines()
            start = chooser.randrange(len(lines))
            paragraph = "\n".join(lines[start : start + 6])
        else:
            paragraph = "".join(recombined(sentences, chooser) for _ in range(5))
        paragraphs.append(paragraph.encode() + b"\n")
        size += len(paragraphs[-1])
    return b"".join(paragraphs)[:limit].decode("utf-8", "ignore").encode()


def recombined(sentences: Sequence[str], chooser: random.Random) -> str:
    """The first half of one sentence and the second of another."""
    first, second = chooser.choice(sentences), chooser.choice(sentences)
    space = " " if first.isascii() else ""
    return first[: len(first) // 2].rstrip() + space + second[len(second) // 2 :].lstrip() + space


def adversarial_texts(
    literals: Sequence[str], text: bytes, classes: Sequence[str], limit: int, seed: int
) -> Iterator[tuple[str, bytes]]:
    """Texts that a prefilter is bad at, of about `limit` bytes each."""
    chooser = random.Random(seed)
    han = [literal for literal in literals if not literal.isascii()]
    plain = text.decode("utf-8", "ignore")

    def repeated(make: Iterator[str]) -> bytes:
        parts: list[str] = []
        size = 0
        while size < limit:
            parts.append(next(make))
            size += len(parts[-1].encode())
        return "".join(parts).encode()

    def endless(function: Callable[[], str]) -> Iterator[str]:
        while True:
            yield function()

    traditional = {ord(known[0]): known[-1] for known in classes}
    noise = "*·-~^_|#"
    yield "near misses", repeated(endless(lambda: chooser.choice(han)[:-1]))
    yield "near misses at the start", repeated(endless(lambda: chooser.choice(han)[1:]))
    yield "dense hits", repeated(endless(lambda: chooser.choice(literals)))
    yield "one letter", b"a" * limit
    yield "one ideograph", (chooser.choice(han)[0] * (limit // 3)).encode()
    yield "noise, one a gap", chooser.choice(noise).join(plain[: limit // 4]).encode()
    yield "noise, terms", repeated(endless(lambda: "**".join(chooser.choice(han)[:-1])))
    yield "noise only", ("*·" * (limit // 3)).encode()
    yield "invisible flood", "\u200b".join(plain[: limit // 6]).encode()
    yield "4-byte ideographs", repeated(endless(lambda: chr(chooser.randrange(0x20000, 0x2A6DF))))
    yield (
        "4-byte letters",
        plain[: limit // 3]
        .translate(
            {letter: 0x1D400 + letter - 65 for letter in range(65, 91)}
            | {letter: 0x1D41A + letter - 97 for letter in range(97, 123)}
        )
        .encode()
        + repeated(endless(lambda: chr(chooser.randrange(0x1D400, 0x1D434))))[: limit // 2],
    )
    yield (
        "full-width",
        plain[: limit // 3]
        .translate({code: 0xFF00 + code - 0x20 for code in range(0x21, 0x7F)})
        .encode(),
    )
    yield "all traditional", plain[: limit // 3].translate(traditional).encode()
    yield "ill-formed, random", chooser.randbytes(limit)
    cut = bytearray(text[:limit])
    for place in range(0, len(cut), 7):
        cut[place] = 0xE4
    yield "ill-formed, cut", bytes(cut)
