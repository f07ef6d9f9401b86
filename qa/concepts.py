"""What a question asks about in everyday words, as reports write it: 老板拖着工钱不给 for 拖欠工资.

A line of qa/data/concepts.tsv holds one concept: parts, each a choice of words, and what reports write for it. A sentence of a
question has the concept if it holds a word of every part, in any order and with anything between: one line stands
for dozens of ways to say a thing, and no order of words has to be foreseen. A line of a name with @ alone
is a choice of words that many lines share (@娃).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

MOST_PARTS = 4
"""Parts that a line may have."""


@dataclass(frozen=True, slots=True)
class _Concepts:
    """The lines of the file, by number: how many parts each has, and what reports write, set apart by |, the most usual first."""

    parts: tuple[int, ...]
    written: tuple[str, ...]
    places: Mapping[str, Sequence[int]]
    """Of each everyday word: the lines that have it, each times MOST_PARTS, and the part."""
    longest: int
    """Characters of the longest everyday word."""


@cache
def _concepts() -> _Concepts:
    """The file, which is folded already: folding 5,700 lines would take half a second."""
    text = resources.files("qa").joinpath("data/concepts.tsv").read_text("utf-8")
    pairs = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    shared = {name: words.split("|") for name, words in pairs if re.fullmatch("@[^ |]+", name)}
    pairs = [pair for pair in pairs if pair[0] not in shared]
    places: dict[str, list[int]] = defaultdict(list)
    parts = [said.split(" ") for said, _ in pairs]
    for line, choices in enumerate(parts):
        for part, choice in enumerate(choices):
            for name in choice.split("|"):
                for word in shared.get(name, (name,)):
                    places[word].append(line * MOST_PARTS + part)
    return _Concepts(
        tuple(map(len, parts)),
        tuple(written for _, written in pairs),
        places,
        max(map(len, places)),
    )


def concepts_in(question: str) -> tuple[tuple[str, ...], ...]:
    """For each concept of a folded question what reports write for it; a word with a space stands in its two parts."""
    sentences = re.split("[。！？；!?;]", question)
    return tuple(dict.fromkeys(written for sentence in sentences for written in _written(sentence)))


def _written(sentence: str) -> Iterator[tuple[str, ...]]:
    known = _concepts()
    ends = len(sentence) + 1
    runs = {sentence[i:j] for i in range(ends) for j in range(i + 1, min(i + known.longest + 1, ends))}
    held = {place for run in runs for place in known.places.get(run, ())}
    for line in sorted({place // MOST_PARTS for place in held}):
        first = line * MOST_PARTS
        if held.issuperset(range(first, first + known.parts[line])):
            yield tuple(known.written[line].split("|"))
