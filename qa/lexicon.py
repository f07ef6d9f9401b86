"""What the product knows of words: indicators and their names, cues, units' families. Data, not code.

Everything is read once from qa/data/*.toml and folded.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from qa.text import fold


@dataclass(frozen=True, slots=True)
class Indicator:
    """A statistical indicator: standard name, names that reports use, words that users use.

    ``exact`` are names so short that only a whole subject counts (其中出口3.57万亿元).
    """

    name: str
    same: tuple[str, ...]
    asked: tuple[str, ...]
    exact: tuple[str, ...]
    unit: str
    better: str

    @property
    def statistical(self) -> bool:
        """Whether it is a statistic with a row in every report that states it, not a thing that is counted."""
        return self.unit in ("money", "percent", "usd", "people", "weight", "visits")


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("qa").joinpath(f"data/{name}.toml").read_text("utf-8"))


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by their standard name."""
    table = {}
    for entry in _read("indicators")["indicator"]:
        same = tuple(fold(word) for word in entry.get("same", ()))
        asked = tuple(fold(word) for word in entry.get("asked", ()))
        exact = tuple(fold(word) for word in entry.get("exact", ()))
        table[entry["name"]] = Indicator(entry["name"], same, asked, exact, entry["unit"], entry["better"])
    return table


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """A word list of words.toml, longest first.

    Raises: KeyError for an unknown list (a programming error).
    """
    return tuple(sorted((fold(word) for word in _read("words")[section][key]), key=lambda w: (-len(w), w)))


def sections(section: str) -> tuple[str, ...]:
    """The names of the lists in one part of words.toml, in its order."""
    return tuple(_read("words")[section])


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """One regular expression that matches any word of a list, the longest first.

    Latin words match whole only: "rate" is not in "corporate", nor "a" in "5a".
    """
    return any_of(words(section, key))


@cache
def regex(section: str, key: str) -> re.Pattern[str]:
    """A regular expression of words.toml, written against folded text.

    Raises: KeyError for an unknown one (a programming error).
    """
    return re.compile(_read("words")[section][key])


@dataclass(frozen=True, slots=True)
class Topic:
    """Something every report speaks of in set words: problems, main targets, requirements."""

    name: str
    ask: re.Pattern[str]
    need: re.Pattern[str]
    found: re.Pattern[str]
    part: str


@cache
def topics() -> tuple[Topic, ...]:
    """The set topics of words.toml."""
    return tuple(
        Topic(t["name"], re.compile(t["ask"]), re.compile(t["need"]), re.compile(t["found"]), t["part"])
        for t in _read("words")["topic"]
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
    """The kinds of things of words.toml."""
    return tuple(
        Thing(t["name"], re.compile(t["ask"]), re.compile(t["found"]), t.get("held", False))
        for t in _read("words")["thing"]
    )


@cache
def off_topic_patterns() -> tuple[re.Pattern[str], ...]:
    """Regular expressions of talk that no report answers; matched against folded text."""
    return tuple(re.compile(regex) for regex in _read("words")["offtopic"]["patterns"])


def any_of(entries: tuple[str, ...]) -> re.Pattern[str]:
    """Alternatives grouped by their first character, which is tested before any word: 10 to 25 times as fast.

    Words that can match at one place share that character, so the order within a group decides.
    """
    groups: dict[str, list[str]] = {}
    for word in entries:
        groups.setdefault(word[0], []).append(
            rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" if word.isascii() else re.escape(word)
        )
    first = "".join(re.escape(character) for character in groups)
    parts = (f"(?={re.escape(character)})(?:{'|'.join(words)})" for character, words in groups.items())
    return re.compile(f"(?=[{first}])(?:{'|'.join(parts)})" if groups else r"(?!)")


@cache
def _same_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {word: item.name for item in indicators().values() for word in (*item.same, item.name)}
    return any_of(tuple(sorted(names, key=lambda w: (-len(w), w)))), names


@cache
def _asked_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}
    for item in indicators().values():
        for word in item.asked:
            names.setdefault(word, item.name)
    return any_of(tuple(sorted(names, key=lambda w: (-len(w), w)))), names


@cache
def sounds(text: str) -> tuple[str, ...]:
    """Syllables of a text without tones (合肥 -> he fei); input methods confuse characters of one sound."""
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(text, style=Style.NORMAL))


def same_sound(one: str, other: str) -> bool:
    return "\u4e00" <= one <= "\u9fff" and sounds(one) == sounds(other)


def correct(folded: str) -> str:
    """Mend one wrong character of the same sound in an indicator's name: 粮石总产量 -> 粮食总产量.

    Only in a text that names no indicator, and in names of four characters or more.
    """
    if indicators_in(folded):
        return folded
    lengths, holes = _names_with_hole()
    for length in lengths:
        for at in range(len(folded) - length + 1):
            window = folded[at : at + length]
            for i in range(length):
                for name in holes.get(window[:i] + "?" + window[i + 1 :], ()):
                    if same_sound(window[i], name[i]):
                        return folded[:at] + name + folded[at + length :]
    return folded


@cache
def _names_with_hole() -> tuple[tuple[int, ...], dict[str, list[str]]]:
    """Lengths of indicators' names, longest first, and the names by themselves with one character left open."""
    names = [name for name in _same_pattern()[1] if len(name) >= 4 and not name.isascii()]
    holes: dict[str, list[str]] = {}
    for name in names:
        for i in range(len(name)):
            holes.setdefault(name[:i] + "?" + name[i + 1 :], []).append(name)
    return tuple(sorted({len(name) for name in names}, reverse=True)), holes


@cache
def _english() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {fold(word): chinese for word, chinese in _read("words")["english"].items()}
    return any_of(tuple(sorted(table, key=lambda w: (-len(w), w)))), table


def from_english(folded: str) -> str:
    """English words of a question as the Chinese words of reports, where known."""
    regex, table = _english()
    return (
        regex.sub(lambda match: f" {table[match[0]]} ", folded) if re.search(r"[a-z]{3}", folded) else folded
    )


@cache
def _said() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(said), name) for said, name in _read("words")["said"].items())


def as_statistics(folded: str) -> str:
    """Everyday talk of a statistic by its name: 农民一年能挣多少 -> 农村居民人均可支配收入多少."""
    for said, name in _said():
        folded = said.sub(f" {name} ", folded)
    return folded


@cache
def _dialect() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(said), written) for said, written in _read("words")["dialect"].items())


def from_dialect(folded: str) -> str:
    """Cantonese words of a question in the written language: 旧年发咗几多 -> 去年发了多少."""
    for said, written in _dialect():
        folded = said.sub(written, folded)
    return folded


def asked_names_in(folded: str) -> tuple[str, ...]:
    """The users' words for indicators that stand in a text, as they stand there."""
    found = _asked_pattern()[0].finditer(folded)
    return tuple(dict.fromkeys(match[0] for match in found if not _is_longer(folded, match.end())))


def _is_longer(folded: str, end: int) -> bool:
    """Whether a users' word for an indicator that ends here begins another word: 第三产业|用电量."""
    return folded[end:].startswith(words("subject", "other_heads"))


def canonicalise(folded: str) -> str:
    """Read every name of an indicator as its standard name. Not of the same length."""
    regex, names = _same_pattern()
    return regex.sub(lambda match: names[match[0]], folded)


def as_reports_write(folded: str) -> str:
    """Users' words read as the words of reports (投用 -> 投入使用), then indicators by their names."""
    regex, table = _synonyms()
    return canonicalise(regex.sub(lambda match: table[match[0]], folded))


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {fold(word): written for word, written in _read("words")["synonym"].items()}
    return any_of(tuple(sorted(table, key=lambda w: (-len(w), w)))), table


_JOINED = re.compile(r"(?P<item>[\u4e00-\u9fff]{1,4})(?P<and>[、和与及跟])$")


def spread(folded: str) -> str:
    """Complete indicators that share an end or a beginning: 城镇和农村居民收入, 一般公共预算收入、支出."""
    regex, names = _same_pattern()
    asked_regex, asked_names = _asked_pattern()
    known = {**asked_names, **names}
    text = re.sub(r"一、?二、?(?:和)?三(次?产业?)", r"一\1、二\1、三\1", folded)
    text = _unbundled(text, known)
    at = 0
    while match := regex.search(text, at) or asked_regex.search(text, at):
        name, start, at = match[0], match.start(), match.end()
        while joined := _JOINED.search(text[:start]):
            full = _completed(joined["item"], name, known)
            if not full:
                break
            begin = start - 1 - full[0]
            text = f"{text[:begin]}{full[1]}、{text[start:]}"
            at += len(full[1]) - full[0]
            name, start = full[1], begin
        after = _AND_AFTER.match(text, at)
        begun = after and _begun(match[0], after["item"], known)
        if after and begun:
            text = f"{text[:at]}、{begun}{text[after.end() :]}"
    return text


_AND_AFTER = re.compile(r"[、和与及跟](?P<item>[\u4e00-\u9fff]{2,4}?)(?=[、，。？\s各分都的]|$)")


def _begun(name: str, item: str, known: Mapping[str, str]) -> str | None:
    """The known name that begins as ``name`` does and ends in ``item``; None if the item is known by itself."""
    if item in known:
        return None
    return next(
        (name[:cut] + item for cut in range(len(name) - 1, 1, -1) if name[:cut] + item in known), None
    )


def _unbundled(text: str, known: Mapping[str, str]) -> str:
    """城乡居民收入 is 城镇居民收入、农村居民收入 where both are known and the whole is not, or each is asked for."""
    whole = [match.span() for match in _same_pattern()[0].finditer(text)]
    for bundle in words("subject", "bundles"):
        short, _, members = bundle.partition("=")
        for match in reversed([*re.finditer(rf"{short}[\u4e00-\u9fff]{{2,11}}", text)]):
            for end in range(match.end(), match.start() + len(short) + 1, -1):
                tail = text[match.start() + len(short) : end]
                full = [member + tail for member in members.split("、")]
                each = re.match(r"[^，。？]{0,6}(?:各|分别)", text[end:])
                if text[end : end + 1] in ("比", "差", "倍"):
                    break  # 城乡收入比 is one figure
                inside = any(start < match.start() < stop for start, stop in whole)  # 外贸|进出口总额
                if not inside and (each or short + tail not in known) and all(name in known for name in full):
                    text = text[: match.start()] + "、".join(full) + text[end:]
                    break
    return text


def _completed(item: str, name: str, known: dict[str, str]) -> tuple[int, str] | None:
    """(length of the item used, its full name), if item plus an end of ``name`` is a known name."""
    for length in range(len(item), 0, -1):
        for cut in range(1, len(name) - 1):
            if item[-length:] + name[cut:] in known:
                return length, item[-length:] + name[cut:]
    return None


def sibling(item: str, name: str) -> str | None:
    """The indicator that shares its end with ``name`` and begins with ``item``: 农村 for 城镇居民…收入."""
    if not item:
        return None
    bare = {
        "农民": "农村",
        "农村居民": "农村",
        "城里人": "城镇",
        "城市": "城镇",
        "城里": "城镇",
        "乡下": "农村",
    }.get(item, item)
    for cut in range(len(name) - 1):
        if bare + name[cut:] in indicators():
            return bare + name[cut:]
    near = [(_kinship(bare, name, other), other) for other in indicators() if bare in other]
    best = sorted(((kin, other) for kin, other in near if kin), reverse=True)
    return best[0][1] if best and (len(best) < 2 or best[0][0] > best[1][0]) else None


def _shared(one: str, other: str) -> int:
    """Characters that two texts begin with together."""
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _kinship(item: str, name: str, other: str) -> int:
    """How much of ``name`` the name of another indicator shares besides ``item``: 支出 for 一般公共预算收入; 0 if too little."""
    head = _shared(name, other)
    tail = _shared(name[head:][::-1], other[head:][::-1])
    added = len(other) - head - tail - len(item)
    return head + tail if item not in name and head + tail >= 2 and added <= 2 else 0


def asked_as(folded: str) -> str | None:
    """The question with users' words for indicators read as the standard names; None if it has none.

    Words inside a standard name that is already there stay: "财政收入" but not "一般公共预算收入".
    """
    regex, names = _asked_pattern()
    same, _ = _same_pattern()
    kept = [match.span() for match in same.finditer(folded)]

    def standard(match: re.Match[str]) -> str:
        inside = any(start < match.end() and match.start() < end for start, end in kept)
        return match[0] if inside or _is_longer(folded, match.end()) else names[match[0]]

    changed = regex.sub(standard, folded)
    return canonicalise(changed) if changed != folded else None


def indicators_in(folded: str) -> tuple[str, ...]:
    """Standard names of the indicators named in a text, in order, without repetition."""
    regex, names = _same_pattern()
    return tuple(dict.fromkeys(names[match[0]] for match in regex.finditer(folded)))


@cache
def self_words(place: str) -> frozenset[str]:
    """How a report speaks of its own place: 全市 and 我市 for a 市; 全区 for a 区, 全国 for the country."""
    level = "国" if place == "全国" else fold(place)[-1:]
    return frozenset(
        word for word in words("subject", "self") if word[-1] == level or word.endswith("市本级")
    )
