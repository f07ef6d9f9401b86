"""What stands at a place in an order: 增速排全区第一 of the growth told before, 分别居第一、第二 of the last two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.counts import Standing, standings
from qa.distributive import members
from qa.lexicon import pattern, piece
from qa.subjects import Subject, strip_subject

_PLACED = piece("row", "placed")
_AREA = rf"(?:同批|同类)?{piece('row', 'area')}"
_RANKED = re.compile(rf"^(?P<own>.*?)(?:在[^，、]{{2,14}}?中?)?{_PLACED}+[^，、；]{{0,14}}$")
_AREA_ONLY = re.compile(rf"^(?P<own>.*?)(?:在)?{_AREA}[^，、；]{{0,8}}$")
_STREAK_END = re.compile(r"(?:已)?连续(?:[^，、]{1,5}[年月届次度])?.*$")
_AMONG = re.compile(
    rf"(?:在|{_AREA})[^，、]*|{_AREA}?(?:\d+个)?{piece('row', 'ranked_kind')}*(?:城市|市|州|片区|园区)?(?:中|里)?"
)
_DEGREE = re.compile(rf"(?:{pattern('row', 'degree').pattern}|、)*")
_DEGREES = re.compile(
    rf"，?{pattern('row', 'degree').pattern}(?:{pattern('row', 'degree').pattern}|[、和及与])*"
)


_LEFT = re.compile(r"(?:由|从)[^，、第]{0,6}(?:第[^，、第]{1,4}、)*$")
"""Before a place that was left: 从全国第8位、第4位双双跃居第1位."""
_FROM = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:由|从)[^，]{0,6}第.*$|^(?:由|从)[^，]{0,6}第.*$")


_BARE = re.compile(r"(?:出口|进口|总|装机|销)?(?:量|额)|销售额|产值|市场占有率|渗透率")
_BARE_END = re.compile(rf"{piece('row', 'ranked_measure')}$")
"""机器人产量增长35%、出口量居全国第二: a bare measure is of the thing told before."""


def ranked(
    clause: str, subject: Subject, start: int, ends: list[int]
) -> Iterator[tuple[Standing, str, Subject]]:
    """The places that a clause names, what stands there, and the subject from then on.

    ``start`` is the clause's in its paragraph, ``ends`` those of its numbers in the clause.
    """
    found = [s for s in standings(clause) if not _LEFT.search(clause[: s.start])]
    ends = list(ends)
    for run in _runs(clause, found):
        name, subject = _ranked_subject(clause, run[0], subject, start, ends)
        for standing, one in zip(run, _dealt_ranks(clause, name, run, subject), strict=True):
            ends.append(standing.end)
            yield standing, one, subject


def ranked_before(lead: str, subject: Subject) -> str:
    """What stands at the last place that the words before a number name: 总量在全省排第7位、比上年前移|1位; "" if none."""
    found = list(standings(lead))
    return _ranked_subject(lead, found[-1], subject, 0, [])[0] if found else ""


def _runs(clause: str, found: list[Standing]) -> list[list[Standing]]:
    """Places with nothing but 、 or 和 between them together: 第一、第二."""
    runs: list[list[Standing]] = []
    for standing in found:
        if runs and re.fullmatch(r"[、和及与]", clause[runs[-1][-1].end : standing.start]):
            runs[-1].append(standing)
        else:
            runs.append([standing])
    return runs


def _dealt_ranks(clause: str, name: str, run: list[Standing], subject: Subject) -> list[str]:
    """One name a place: the members of a list, or the last subjects that were told of."""
    told = [*(text for text, _ in subject.before), subject.text]
    sides = _sides_of(clause[: run[0].start])
    if name == subject.text and (len(sides) == len(run) or len(sides) == 1):
        return [name if side not in _GROWTH else f"{name}{side}" for side in sides] * (len(run) // len(sides))
    if len(run) > 1 and "分别" in clause:
        parts = members(name, len(run))
        if parts:
            return parts
        if len(told) >= len(run):
            return told[-len(run) :]
    return [name] * len(run)


_GROWTH = ("增速", "增幅", "涨幅")
_SIDE = piece("row", "ranked_side")
_SIDES = re.compile(
    rf"(?:^|，|(?<=[\d%元位名首一二三四五六七八九十])、)(?P<sides>{_SIDE}(?:[、和及与]{_SIDE})*)(?:分别|均|都)?[^，、\d]*$"
)


def _sides_of(before: str) -> list[str]:
    """In what something stands at a place, by the words before it: 总量、增速|分别居全省第六、第二."""
    said = _SIDES.search(before)
    return re.split("[、和及与]", said["sides"]) if said else []


_JUDGED = re.compile(
    r"^在(?:全[国省市区县州盟旗]|[^，、\d]{2,4}[省市区县州])?(?:\d+[家个])?"
    r"(?P<own>[^，、\d]{2,20}?(?:考[核评]|评[价估比]|测评|排名))中?[^，、\d]{0,4}$"
)
"""在全省30个县考核中 (列第7位): what is judged, where nothing else is named."""


def _ranked_subject(
    clause: str, standing: Standing, subject: Subject, start: int, ends: list[int]
) -> tuple[str, Subject]:
    """What stands at a place: the words before 排全区 …, or what was told before them."""
    judged = None if subject.text else _JUDGED.search(clause[: standing.start])
    if judged:
        return judged["own"], Subject(judged["own"], start + judged.start("own"))
    cut = max((end for end in ends if end <= standing.start), default=0)
    head = clause[cut : standing.start]
    if cut:  # behind a number only what follows 、 or 第三位、 is new
        head = head.rpartition("、")[2] if "、" in head else ""
    match = _RANKED.match(head) or _AREA_ONLY.match(head)
    head = _FROM.sub("", _STREAK_END.sub("", match["own"] if match else head))
    own = "" if _DEGREES.fullmatch(head) else strip_subject(head)
    own = re.sub(r"的?(?:排名|排位|位次)$", "", re.sub(r"^在[^，、]*?[中上里](?=[^，、]{2})", "", own))
    own = re.sub(r"在[^，、]{2,24}中?$", "", own)
    own = re.sub(r"(?<=[\u4e00-\u9fff]{2})(?:首次|历史性)?突破[十百千万亿]+[\u4e00-\u9fff]{1,3}$", "", own)
    told = _BARE_END.sub("", subject.text)
    bare = _BARE.fullmatch(own) and not _DEGREE.fullmatch(own)
    own = told + own if bare and len(told) > 1 and told != subject.text else own
    if _DEGREE.fullmatch(own) or _AMONG.fullmatch(own) or re.fullmatch(rf"{_PLACED}[^，、]*", own):
        return subject.text, subject
    before = (*subject.before, (subject.text, subject.start)) if subject.text else ()
    return own, Subject(own, start + cut, before)
