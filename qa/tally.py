"""The last words of a question that want something computed of the values asked for before them.

两样加起来呢, 三类合计多少个村, 还差多少亿, 多出来几个, 前者是后者的几倍: told apart from a question for a value of
its own (一共投资多少) by having no word of content that the question has not said before.
"""

from __future__ import annotations

import re
from typing import Literal

from qa.lexicon import piece, regex
from qa.text import fold, is_unit, squeeze, whole_number
from qa.types import Tally
from qa.wording import asks_comparison

_SPLIT = re.compile(r"(?<=[，。；？！,;?!])")

_FORMS: tuple[tuple[Literal["difference", "total", "ratio"], re.Pattern[str]], ...] = (
    ("total", regex("tally", "total")),
    ("difference", regex("tally", "difference")),
    ("difference", regex("tally", "gap")),
    ("ratio", regex("tally", "ratio")),
)
_NO_NOUN = regex("tally", "no_noun")


def tally_of(question: str) -> tuple[str, Tally | None]:
    """A question without its last words if they only want something computed, and what they want.

    Of three things or more their sum may be asked for in one clause: 甲、乙、丙产量合计多少.

    Returns: the rest as written ("" if there is none) and the Tally; the question itself and None if there is none.
    """
    parts = [part for part in _SPLIT.split(question) if part.strip()]
    tally = _read("".join(parts[:-1]), parts[-1]) if parts else None
    listed = regex("tally", "listed").match(question) if tally is None else None
    if listed:
        return f"{listed['things']}分别是多少", Tally("total", listed["said"])
    return ("".join(parts[:-1]).rstrip("，；, "), tally) if tally else (question, None)


def tally_within(question: str) -> tuple[str, str, Tally | None]:
    """What stands before and behind a tally that is not the last of a question: 去年几家、今年几家，差几家？又…."""
    parts = [part for part in _SPLIT.split(question) if part.strip()]
    for i in range(1, len(parts) - 1):
        if tally := _read("".join(parts[:i]), parts[i]):
            return "".join(parts[:i]).rstrip("，；, "), "".join(parts[i + 1 :]), tally
    return question, "", None


def _read(before: str, last: str) -> Tally | None:
    """What the last clause wants computed of what is asked ``before``; None if it asks for a value of its own."""
    said = squeeze(fold(last)).strip(" 。？！，；")
    for how, form in _FORMS:
        match = form.match(said)
        if match and _adds_nothing(match, fold(before)):
            return Tally(how, said, whole_number(match["n"]) if _n(match) else 0)
    return None


_BOTH_YEARS = re.compile(rf"[两二2]年的?{piece('asked', 'both_years')}+")


def with_both_years(rest: str, tally: Tally) -> str:
    """The rest of a follow-up with the two years that it means: 换成海棠，两年的数都给我; 两年合计 alone."""
    if not rest and re.match(r"[^，]{0,2}[两二2]年", tally.said):
        return "去年和今年分别是多少"
    return _BOTH_YEARS.sub("去年和今年分别是多少", fold(rest)) if _BOTH_YEARS.search(fold(rest)) else rest


def in_two(question: str) -> tuple[str, str]:
    """What a question of two or more clauses begins with, and its last clause; "" and "" of one clause."""
    parts = [part for part in _SPLIT.split(question) if part.strip()]
    return ("".join(parts[:-1]).rstrip("，；, "), parts[-1]) if len(parts) > 1 else ("", "")


def is_together(text: str) -> bool:
    """Whether a clause speaks of the places asked about before it: 两家差几亿, 比海棠少多少, 三个里谁最多."""
    said = squeeze(fold(text))
    if not asks_comparison(said):
        return False
    return any(
        match and match.start() == 0
        for match in (regex("follow", "several").search(said), regex("follow", "beside").search(said))
    ) or bool(regex("follow", "together").fullmatch(said))


def moves(tally: Tally) -> bool:
    """Whether it asks how far one thing moved (增加了多少): of two times of it only."""
    said = tally.said.replace("多少", "")
    return (
        tally.how not in ("most", "least")
        and bool(regex("tally", "moved").search(said))
        and not re.search(r"[差多高缺]", said)
    )


def _n(match: re.Match[str]) -> str:
    return match.groupdict().get("n") or ""


def _adds_nothing(match: re.Match[str], before: str) -> bool:
    """Whether what is counted has no noun, or one that was asked about: 多少个村 after 精品村、示范村."""
    said = match.groupdict()
    noun = (said.get("unit") or "").lstrip("百千万亿")
    length = next((n for n in range(len(noun), 0, -1) if is_unit(noun[:n])), 0)
    return all(
        not text or bool(_NO_NOUN.fullmatch(text)) or (bool(before) and text in before)
        for text in (noun[length:], said.get("of") or "")
    )


_WHICH_IS = regex("tally", "which_is")
"""产值增速最高的是哪个: 哪个产值增速最高."""
_ASKS = re.compile("差多|多少|几[个亿万]")
"""What is asked for before: 收入和支出差多大，哪个增得快."""
_LEAST = frozenset("慢低小少短")
_OF_GROWTH = frozenset("快猛慢")


def ranking_of(question: str) -> tuple[str, Tally | None]:
    """The question for the value of each of several things, and which of them is asked for.

    Returns: the question itself and None where it asks for no most or least of things.
    """
    folded = squeeze(fold(question))
    gap = regex("tally", "gap_behind").search(folded)
    begun = folded[: gap.start()] if gap else folded
    said = regex("tally", "outstanding").match(_WHICH_IS.sub(r"，哪个\g<tail>最\g<how>", begun))
    if not said or _ASKS.search(said["before"]):
        return question, None
    tail, how = re.sub("[上]?涨|增$", "增长", said["tail"]), said["how"]
    fallen = bool(re.search("[降减跌]", tail))
    grown = how in _OF_GROWTH or "增" in tail
    moved = "下降" if fallen else "增长" if grown else ""
    thing = re.sub("(?:增长|下降|减少|降低|[增降][速幅长低]?|[减跌])+$", "", tail)
    things = regex("tally", "adjoining").sub("、", said["before"]) + (said["noun"] or "")
    asked = f"{things}{thing}分别{moved or '是'}多少"
    least = fallen != (how in _LEAST)
    return asked, Tally("least" if least else "most", f"{moved}最{how}", gap=gap is not None)
