"""A question as typed → as asked: without how its asker addresses us and thanks, and with commas for the gaps he leaves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.courtesy import is_courtesy
from qa.indicator_names import from_dialect
from qa.lexicon import piece, regex
from qa.question_places import Catalogue, find_places
from qa.text import fold
from qa.types import Turn
from qa.within import of_two_parts

_GAP = re.compile(r"(?<=[\u4e00-\u9fff）”」》])[ \u3000\n]+(?=[\u4e00-\u9fff“「《])")


def as_asked(question: str, catalogue: Catalogue) -> str:
    """A question without address, thanks and quotation marks around it all, its gaps read as commas.

    What is only courtesy stays whole; a place or time added behind (…多少？海棠的) comes first.
    """
    if is_courtesy(fold(question)):
        return question
    asked = _bare(_unquoted(question, catalogue))
    said = fold(asked)
    if (written := from_dialect(_without_pointing(said, catalogue))) != said:
        asked = written
    return of_two_parts(_with_afterthought(with_commas(asked, catalogue), catalogue), catalogue)


def _unquoted(question: str, catalogue: Catalogue) -> str:
    """A question that somebody pasted with quotation marks around all of it; a name in them stays one."""
    said = question.strip()
    opens, closes = '“「『"', '”」』"'
    if len(said) < 3 or said[0] not in opens or said[-1] != closes[opens.index(said[0])]:
        return question
    inner, depth = said[1:-1], 0
    for char in inner if said[0] != '"' else "":
        depth += (char == said[0]) - (char == said[-1])
        if depth < 0:
            return question
    asks = _CUE.search(fold(inner)) or any(find_places(fold(inner), catalogue)[:2])
    return inner if asks else question


def _bare(question: str) -> str:
    folded = fold(question)
    addressed = _ADDRESS.match(folded)
    start = addressed.end() if addressed else 0
    closed = _CLOSING.search(folded, start)
    end = closed.start() if closed else len(folded)
    if _ASKED_BESIDE.search(_BREAK.split(folded[start:end].rstrip(" ，。？！"))[-1]):
        end = folded.rindex("呢", start, end)  # 哪边多呢
    return question[start:end] if folded[start:end].strip(" ，。？！") else question


def _without_pointing(folded: str, catalogue: Catalogue) -> str:
    """A question without what points to a place that it names: 咱们海棠, 海棠这座城市, 海棠那边."""
    if not _POINTS.search(folded):
        return folded
    for start, end in sorted(find_places(folded, catalogue)[2], reverse=True):
        behind = _THERE.match(folded, end)
        before = _OURS.search(folded, 0, start)
        folded = (
            folded[: before.start() if before else start]
            + folded[start:end]
            + folded[behind.end() if behind else end :]
        )
    return folded


def _with_afterthought(question: str, catalogue: Catalogue) -> str:
    """A question with the place or time that it adds at its end before it: …增长多少？去年的 is 去年…增长多少."""
    folded = fold(question)
    added = _AFTERTHOUGHT.search(folded)
    if not added or added.start() < SAID_BEFORE:
        return question
    said = added["said"]
    if not _TIME.fullmatch(said):
        places, missing, spans = find_places(said, catalogue)
        if not (places or missing) or spans[:1] != [(0, len(said))]:
            return question
    introduced = _INTRODUCTION.match(folded)
    begin = introduced.end() if introduced else 0
    return question[:begin] + said + question[begin : added.start()]


SAID_BEFORE = 6
"""Characters of a question, at the least, behind which a place or time is an afterthought; 不是，海棠的 is a correction."""


_ADDRESS = regex("courtesy", "address")
_CLOSING = regex("courtesy", "closing")
_AFTERTHOUGHT = re.compile(
    r"[？?，。！]\s*(?:我?(?:问|说|指)的?是)?(?P<said>[^，。；：？！,;:?!\s]{2,8}?)的?[。！？?!]*$"
)
_TIME = regex("courtesy", "time")
_POINTS = regex("courtesy", "points")
_THERE = regex("courtesy", "there")
_OURS = re.compile(f"{piece('courtesy', 'ours')}$")
_ASKED_BESIDE = re.compile(f"{piece('several', 'cue')}[^，。；？]*呢$")


def turns_as_asked(history: Sequence[Turn], catalogue: Catalogue) -> tuple[Turn, ...]:
    """A conversation with what its user asked as asked."""
    return tuple(
        replace(turn, content=as_asked(turn.content, catalogue)) if turn.role == "user" else turn
        for turn in history
    )


def with_commas(question: str, catalogue: Catalogue) -> str:
    """A question typed with spaces where others put commas: 甲市去年修了多少公里 今年修多少; key words stay as they are."""
    for runs in reversed([*_RUNS_ON.finditer(fold(question))]):
        question = f"{question[: runs.end()]}，{question[runs.end() :]}"
    folded = fold(question)
    gaps = [*_GAP.finditer(folded)]
    if not gaps or not _CUE.search(folded):
        return question
    places = find_places(folded, catalogue)[2]
    starts, ends = {start for start, _ in places}, {end for _, end in places}
    made, mark = list(question), ""
    for gap in reversed(gaps):
        before = _BREAK.split(folded[: gap.start()])[-1]
        behind = _BREAK.split(folded[gap.end() :])[0]
        if _CUE.search(before) or _ASIDE.fullmatch(f"{before}，"):
            mark = "，"
        elif gap.start() in ends and gap.end() in starts:
            mark = "、"
        elif gap.end() in starts or _BEGINS.match(behind):
            mark = "："
        else:
            listed = _LISTED.search(behind) or (mark == "、" and len(behind) <= LISTED)
            mark = "、" if listed else " "
        made[gap.start() : gap.end()] = mark
    return "".join(made)


LISTED = 8
"""Characters of a thing in a list of key words, at most."""


_CUE = re.compile(piece("several", "cue"))
_BREAK = re.compile(r"[，。；：？！,;:?!\s]+")
_BEGINS = regex("several", "begins_anew")
_LISTED = regex("several", "closes_list")
_RUNS_ON = regex("several", "runs_on")
_INTRODUCTION = re.compile(f"{piece('question', 'introduction')}|{piece('question', 'purpose')}")
_ASIDE = re.compile(f"{_INTRODUCTION.pattern}|{piece('question', 'aside')}")
