"""Further readings of a question's words: what reports write otherwise, what is only an example, other names in brackets."""

from __future__ import annotations

import re

from qa.indicator_names import as_reports_write
from qa.lexicon import sections, words
from qa.text import fold
from qa.types import Scope
from qa.wording import WITHIN

_ALIAS = re.compile(
    r"[\u4e00-\u9fff]{4,}（(?P<other>[\u4e00-\u9fff]{2,6}(?<![级性型类营上建用式期年内外中]))）(?=的|每|[，。？]|$)"
)


def with_other_words(readings: tuple[str, ...]) -> tuple[str, ...]:
    """Further readings of a word that reports write otherwise as well: 在建的灌区 is 建设 of 灌区 too, 手机等通讯器材 is 通讯器材."""
    others = [
        reading.replace(said, word) for reading in readings for said in sections("also") if said in reading
        for word in words("also", said)
    ]  # fmt: skip
    others += [bare for reading in readings if (bare := _EXAMPLE.sub("", reading)) != reading]
    return tuple(dict.fromkeys((*readings, *others)))


_EXAMPLE = re.compile(
    r"(?:(?<=\s)|^)[^\s和与及、]{2,4}(?:(?<![高中初平优同特上下劣均对一二三几])等|[这那][类种些])(?=[\u4e00-\u9fff]{3})"
)
"""What is only an example of the kind that is asked about: 手机等, 猪肉这类."""


def with_alias(readings: tuple[str, ...], scope: Scope) -> tuple[str, ...]:
    """Further readings of a noun with another name in brackets: 解决问题（诉求） is either of the two."""
    said = _ALIAS.search(fold(scope.question))
    if within := WITHIN.search(fold(scope.question)):
        return _with_alias_within(readings, within, scope)
    if not said or said["other"] not in scope.terms[1:]:
        return readings
    at = scope.terms.index(said["other"])
    main, other, rest = scope.terms[at - 1], said["other"], (*scope.terms[: at - 1], *scope.terms[at + 1 :])
    either = (as_reports_write(" ".join((*rest, name))) for name in (main, main[: -len(other)] + other))
    return tuple(dict.fromkeys((*readings, *either)))


def _with_alias_within(readings: tuple[str, ...], said: re.Match[str], scope: Scope) -> tuple[str, ...]:
    """Further readings of a name with another word for a part of it: 废弃矿山（矿区）修复 is 废弃矿区修复 too."""
    whole, other = said["main"] + said["rest"], said["other"]
    named = [said["main"][: -len(other)] + other + said["rest"], other + said["rest"]]
    own = " ".join(scope.terms)
    either = (as_reports_write(own.replace(whole, name)) for name in named if whole in own)
    return tuple(dict.fromkeys((*readings, *either)))
