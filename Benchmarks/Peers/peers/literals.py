"""The literals: the library's own, or as many generated ones of the same profile."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HAN = re.compile(r"[\u4e00-\u9fff]")
PLAIN = re.compile(r"[\u4e00-\u9fffa-z0-9]+(?: [a-z0-9]+)*")
HEADER = re.compile(r"(risk|title|version): *(.*)")


@dataclass(frozen=True)
class Term:
    """A literal with its risk and the exceptions that clear it."""

    text: str
    risk: str
    exceptions: tuple[str, ...] = ()


def library_terms(keywords: Path) -> list[Term]:
    """The literal terms of keyword files that have plain symbols only, in lower case."""
    terms: dict[str, Term] = {}
    for path in sorted(keywords.glob("*.txt")):
        risk = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if header := HEADER.match(line):
                risk = header[2] if header[1] == "risk" else risk
            elif risk and line.strip() and line[0] not in "#{&~ \t":
                text, *attributes = line.split(" | ")
                text = text.strip().lower()
                if HAN.search(text):
                    text = text.replace(" ", "")
                exceptions = tuple(
                    exception.strip()
                    for attribute in attributes
                    if attribute.strip().startswith("except=")
                    for exception in attribute.strip().removeprefix("except=").split("/")
                )
                if PLAIN.fullmatch(text) and len(text.replace(" ", "")) > 1:
                    terms.setdefault(text, Term(text, risk, exceptions))
    return list(terms.values())


class Recombination:
    """Makes new terms from the symbols of others: the same lengths, the same neighbours.

    A new term walks from symbol to symbol as the library's terms do, so that its pairs are as rare
    in ordinary text as theirs. Pairs alone are too common to be terms: terms of two and three
    symbols take their first and last symbols from terms of that length.
    """

    def __init__(self, terms: Sequence[Sequence[str]], seed: int) -> None:
        """Learns from terms; the seed decides which ones are made."""
        self.random = random.Random(seed)
        self.terms = terms
        self.by_length: dict[int, list[Sequence[str]]] = defaultdict(list)
        self.next: dict[str, list[str]] = defaultdict(list)
        for term in terms:
            self.by_length[len(term)].append(term)
            for first, second in zip(term, term[1:], strict=False):
                self.next[first].append(second)

    def __iter__(self) -> Iterator[tuple[list[str], str]]:
        """Yields terms, and for each a symbol that may follow it."""
        while True:
            length = len(self.random.choice(self.terms))
            if length <= 3:
                same = self.by_length[length]
                symbols = [self.random.choice(same)[place] for place in range(length)]
            else:
                symbols = [self.random.choice(self.terms)[0]]
                while len(symbols) < length and self.next[symbols[-1]]:
                    symbols.append(self.random.choice(self.next[symbols[-1]]))
            if len(symbols) == length:
                following = self.next[symbols[-1]] or [symbols[0]]
                yield symbols, self.random.choice(following)


def generated_terms(
    library: Sequence[Term], ordinary: str, han: int, latin: int, seed: int
) -> list[Term]:
    """Makes terms that are not the library's and do not occur in ordinary sentences.

    One in twelve gets an exception: itself and the symbol that may follow.
    """
    known = {term.text for term in library}
    risks = [term.risk for term in library]
    chooser = random.Random(seed)
    terms: list[Term] = []
    for count, separator, profile in (
        (han, "", [list(term.text) for term in library if HAN.search(term.text)]),
        (latin, " ", [term.text.split(" ") for term in library if not HAN.search(term.text)]),
    ):
        wanted = len(terms) + count
        for symbols, following in Recombination(profile, seed):
            if len(terms) == wanted:
                break
            text = separator.join(symbols)
            if text in known or not PLAIN.fullmatch(text) or len(text) > 60:
                continue
            if len(text) <= 6 and text in ordinary:
                continue
            known.add(text)
            # A letter may not follow at once: what touches it is no place for the term.
            extends = bool(separator or HAN.match(following)) and chooser.random() < 1 / 12
            exceptions = (text + separator + following,) if extends else ()
            terms.append(Term(text, chooser.choice(risks), exceptions))
    return terms


def write_literals(terms: Sequence[Term], path: Path) -> None:
    """Writes one literal a line, for the peers."""
    path.write_text("".join(term.text + "\n" for term in terms), encoding="utf-8")


def write_keywords(terms: Sequence[Term], folder: Path, attribute: str = "") -> None:
    """Writes keyword files, one a risk, for our engine; `attribute` is added to every entry."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    lines: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        exceptions = f" | except={'/'.join(term.exceptions)}" if term.exceptions else ""
        lines[term.risk].append(f"{term.text}{exceptions}{attribute}\n")
    for risk, entries in lines.items():
        header = f"risk: {risk}\ntitle: benchmark\nversion: 2026-01-01\n\n"
        (folder / f"{risk}.txt").write_text(header + "".join(entries), encoding="utf-8")


def canonical(text: str, classes: Sequence[str]) -> str:
    """Text on which folding has nothing to do: one character for each class of equal ones.

    What is no Han character, ASCII letter or digit becomes a space between letters and a line end
    elsewhere, so that neither noise nor boundaries differ between engines.
    """
    table = {ord(other): known[0] for known in classes for other in known[1:]}
    text = text.lower().translate(table)
    text = re.sub(r"(?<=[a-z0-9])[ \t]+(?=[a-z0-9])", " ", text)
    return re.sub(r"[^\u4e00-\u9fffa-z0-9 ]+|(?<![a-z0-9]) +| +(?![a-z0-9])", "\n", text)
