"""What the product knows of words: indicators and their names, cues, units' families. Data, not code.

Everything is read once from qa/data/*.toml and folded. A section of words stands in one of WORD_FILES;
its name is all that a reader needs. A regular expression is a text or a list of alternatives; ``{name}`` in one
stands for the entry of that name in the same section, ``{section.name}`` for a list of words of any section, so
that a long expression is made of short pieces.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from qa.folding import fold


@dataclass(frozen=True, slots=True)
class Indicator:
    """A statistical indicator: standard name, names that reports use, words that users use.

    ``exact`` are names so short that only a whole subject counts (其中出口3.57万亿元). ``others`` are indicators that
    users' words may mean too (失业率), where a report states only those.
    """

    name: str
    same: tuple[str, ...]
    asked: tuple[str, ...]
    exact: tuple[str, ...]
    unit: str
    better: str
    others: tuple[str, ...] = ()

    @property
    def statistical(self) -> bool:
        """Whether it is a statistic with a row in every report that states it, not a thing that is counted."""
        return self.unit in ("money", "percent", "usd", "people", "weight", "visits")


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("qa").joinpath(f"data/{name}.toml").read_text("utf-8"))


WORD_FILES = ("words", "questions", "talk", "commitments", "english")


@cache
def _sections() -> dict[str, Any]:
    """All sections of the files of words by name.

    Raises: ValueError for a section that stands in two files.
    """
    found: dict[str, Any] = {}
    for file in WORD_FILES:
        for section, entries in _read(file).items():
            if section in found:
                raise ValueError(f"section {section} of {file}.toml stands in another file too")
            found[section] = entries
    return found


_PIECE = re.compile(r"\{(?:(?P<section>[a-z_]+)\.)?(?P<name>[a-z_]+)\}")


def joined(entry: str | Sequence[str], section: Mapping[str, str | Sequence[str]]) -> str:
    """The regular expression of an entry: its alternatives, with the pieces that they name.

    Raises: KeyError for a piece that its section does not hold.
    """

    def inserted(named: re.Match[str]) -> str:
        if named["section"]:
            return f"(?:{'|'.join(words(named['section'], named['name']))})"
        return f"(?:{joined(section[named['name']], section)})"

    alternatives = (entry,) if isinstance(entry, str) else entry
    return "|".join(_PIECE.sub(inserted, alternative) for alternative in alternatives)


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by their standard name."""
    table = {}
    for entry in _read("indicators")["indicator"]:
        same = tuple(fold(word) for word in entry.get("same", ()))
        asked = tuple(fold(word) for word in entry.get("asked", ()))
        exact = tuple(fold(word) for word in entry.get("exact", ()))
        table[entry["name"]] = Indicator(
            entry["name"], same, asked, exact, entry["unit"], entry["better"], tuple(entry.get("else", ()))
        )
    return table


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """A word list, longest first.

    Raises: KeyError for an unknown list (a programming error).
    """
    return longest_first(fold(word) for word in _sections()[section][key])


def longest_first(entries: Iterable[str]) -> tuple[str, ...]:
    """Words by length, the longest first; words of one length in their own order."""
    return tuple(sorted(entries, key=lambda word: (-len(word), word)))


def choice(*lists: Iterable[str]) -> str:
    """The words of some lists as alternatives of a longer expression: as they are, each once, the longest first."""
    return "|".join(map(re.escape, longest_first({word for one in lists for word in one})))


def entries(section: str, key: str) -> tuple[str, ...]:
    """The regular expressions of a list, in its order."""
    return tuple(_sections()[section][key])


def sections(section: str) -> tuple[str, ...]:
    """The names of the lists in a section, in its order."""
    return tuple(_sections()[section])


@cache
def everyday() -> dict[str, tuple[str, ...]]:
    """Statistic -> what a clause holds that asks for it without its name, "!" before what it must not (qa/everyday.py).

    A file of its own: it is read at the first question that names no statistic or has no answer.
    """
    read = _read("everyday")
    return {
        name: tuple(joined(group, read["said"]) for group in groups)
        for name, groups in read["everyday"].items()
    }


@cache
def thesaurus() -> dict[str, tuple[str, ...]]:
    """What people say -> what reports write for the same thing, the most usual first; folded, in the order of the file.

    A file of lines that are folded already, not TOML: 3,600 of them are read in a few milliseconds, at the first
    question that has no answer.
    """
    lines = resources.files("qa").joinpath("data/thesaurus.tsv").read_text("utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {said: tuple(written.split("|")) for said, _, written in pairs}


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """One regular expression that matches any word of a list, the longest first.

    Latin words match whole only: "rate" is not in "corporate", nor "a" in "5a".
    """
    return any_of(words(section, key))


@cache
def regex(section: str, key: str) -> re.Pattern[str]:
    """A regular expression, written against folded text.

    Raises: KeyError for an unknown one (a programming error).
    """
    return re.compile(joined(_sections()[section][key], _sections()[section]))


@cache
def piece(section: str, key: str) -> str:
    """An entry as a part of a longer expression that code writes: its alternatives in a group, in their order."""
    return f"(?:{joined(_sections()[section][key], _sections()[section])})"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something every report speaks of in set words: problems, main targets, requirements.

    ``sure`` tells the sentence that is meant among all that are ``found``; ``ends`` the one that closes what it
    opens. Without them the first sentence found is meant, and it is all.
    """

    name: str
    ask: re.Pattern[str]
    need: re.Pattern[str]
    found: re.Pattern[str]
    part: str
    sure: re.Pattern[str] | None = None
    ends: re.Pattern[str] | None = None


@cache
def topics() -> tuple[Topic, ...]:
    """The set topics; a question for one holds words of its ``ask`` and no others."""
    return tuple(
        Topic(
            name=topic["name"],
            ask=re.compile(rf"^(?:{joined(topic['ask'], topic)})+$"),
            need=re.compile(joined(topic["need"], topic)),
            found=re.compile(joined(topic["found"], topic)),
            part=topic["part"],
            **{key: re.compile(joined(topic[key], topic)) for key in ("sure", "ends") if key in topic},
        )
        for topic in _sections()["topic"]
    )


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of things that lists are asked of: the nouns of questions for it, and what tells of one in a report.

    ``held`` says whether such things take place: 展会, 比赛.
    """

    name: str
    ask: re.Pattern[str]
    found: re.Pattern[str]
    held: bool = False


@cache
def things() -> tuple[Thing, ...]:
    """The kinds of things that lists are asked of."""
    return tuple(
        Thing(
            name=thing["name"],
            ask=re.compile(joined(thing["ask"], thing)),
            found=re.compile(joined(thing["found"], thing)),
            held=thing.get("held", False),
        )
        for thing in _sections()["thing"]
    )


@cache
def rewrites(section: str) -> Mapping[str, str]:
    """A section of words by what is written for them, turned round: each word (folded) and what is written.

    Raises: ValueError for a word that is written in two ways.
    """
    table: dict[str, str] = {}
    for written, said in _sections()[section].items():
        for word in map(fold, said):
            if table.setdefault(word, written) != written:
                raise ValueError(f"{word} in {section} is read as {table[word]} and as {written}")
    return table


def rewriting_patterns(section: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The regular expressions of a section and what is written for what they match; pieces are left out."""
    entries = _sections()[section]
    return tuple(
        (re.compile(joined(said, entries)), written)
        for written, said in entries.items()
        if not written.isascii()
    )


def any_of(entries: Iterable[str]) -> re.Pattern[str]:
    """One expression for any of some words, the longest first.

    Alternatives are grouped by their first character, which is tested before any word: 50 to 100 times as fast.

    Words that can match at one place share that character, so the order within a group decides.
    """
    groups: dict[str, list[str]] = {}
    for word in longest_first(entries):
        first, rest = re.escape(word[0]), re.escape(word[1:])
        groups.setdefault(first, []).append(
            rf"(?<![a-z0-9]{first}){rest}(?![a-z0-9])" if word.isascii() else rest
        )
    parts = (f"{first}(?:{'|'.join(rests)})" for first, rests in groups.items())
    return re.compile(f"(?:{'|'.join(parts)})" if groups else r"(?!)")
