"""A question as typed → as asked: without how its asker addresses us and thanks, and with commas for the gaps he leaves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.courtesy import is_courtesy
from qa.lexicon import piece, regex
from qa.question_places import Catalogue, find_places
from qa.text import fold
from qa.types import Turn

_GAP = re.compile(r"(?<=[\u4e00-\u9fff）”」》])[ \u3000]+(?=[\u4e00-\u9fff“「《])")


def as_asked(question: str, catalogue: Catalogue) -> str:
    """A question without address, thanks and quotation marks around it all, its gaps read as commas.

    What is only courtesy stays whole; a place or time added behind (…多少？海棠的) comes first.
    """
    if is_courtesy(fold(question)):
        return question
    asked = with_commas(_bare(_unquoted(question)), catalogue)
    return _with_afterthought(asked, catalogue)


def _unquoted(question: str) -> str:
    quoted = _QUOTED.fullmatch(question.strip())
    return quoted["said"] if quoted else question


def _bare(question: str) -> str:
    folded = fold(question)
    addressed = _ADDRESS.match(folded)
    start = addressed.end() if addressed else 0
    closed = _CLOSING.search(folded, start)
    end = closed.start() if closed else len(folded)
    return question[start:end] if folded[start:end].strip(" ，。？！") else question


def _with_afterthought(question: str, catalogue: Catalogue) -> str:
    """A question with the place or time that it adds at its end before it: …增长多少？去年的 is 去年…增长多少."""
    folded = fold(question)
    added = _AFTERTHOUGHT.search(folded)
    if not added or not _CUE.search(folded, 0, added.start()):
        return question
    said = added["said"]
    if not _TIME.fullmatch(said):
        places, missing, spans = find_places(said, catalogue)
        if not (places or missing) or spans[:1] != [(0, len(said))]:
            return question
    return said + question[: added.start()]


_QUOTED = re.compile(r"[“\"「『](?P<said>[^“”\"「」『』]{4,})[”\"」』]")
_ADDRESS = regex("courtesy", "address")
_CLOSING = regex("courtesy", "closing")
_AFTERTHOUGHT = re.compile(
    r"[？?，。！]\s*(?:我?(?:问|说|指)的?是)?(?P<said>[^，。；：？！,;:?!\s]{2,8}?)的?[。！？?!]*$"
)
_TIME = regex("courtesy", "time")


def turns_as_asked(history: Sequence[Turn], catalogue: Catalogue) -> tuple[Turn, ...]:
    """A conversation with what its user asked as asked."""
    return tuple(
        replace(turn, content=as_asked(turn.content, catalogue)) if turn.role == "user" else turn
        for turn in history
    )


def with_commas(question: str, catalogue: Catalogue) -> str:
    """A question typed with spaces where others put commas: 甲市去年修了多少公里 今年修多少; key words stay as they are."""
    question = re.sub(r"[ \t\u3000]+(?=\n)", "", question)
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
        if _CUE.search(before) or _INTRODUCTION.fullmatch(f"{before}，"):
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
