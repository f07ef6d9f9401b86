"""Sentences to groups of numbers: what stands together, and the words before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.lexicon import pattern
from qa.text import Quantity, quantities

_CLAUSE = re.compile(r"[，：](?!\d{3})")

_LIST = re.compile(r"^[、和及与以及并]+$")

ATTRIBUTE = re.compile(r"^的?[\u4e00-\u9fff“a-z]")

JOINT = re.compile(r"(?:的?台阶|大关|关口)?[、和及与]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that stand together, and the words around them within their clause."""

    values: tuple[Quantity, ...]
    head: str
    head_start: int
    tail: str
    piece_start: int
    period: str = ""
    rebuilt: bool = False


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _CLAUSE.finditer(text, start, end):
        yield begin, match.start()
        begin = match.end()
    if begin < end:
        yield begin, end


def groups_of(text: str, start: int, end: int) -> list[Group]:
    found = [q for q in quantities(text[start:end])]
    groups: list[list[Quantity]] = []
    for item in found:
        between = text[start + groups[-1][-1].end : start + item.start] if groups else "x"
        alike = bool(groups) and (item.family == groups[-1][-1].family or not groups[-1][-1].unit)
        if alike and _LIST.match(between):
            groups[-1].append(item)
        else:
            groups.append([item])
    result = []
    cursor = piece = start
    for i, values in enumerate(groups):
        head_start, head_end = cursor, start + values[0].start
        after_end = start + groups[i + 1][0].start if i + 1 < len(groups) else end
        cursor = start + values[-1].end
        tail = text[cursor:after_end].rstrip("。！？；”’")
        joint = JOINT.match(text[head_start:head_end])
        if joint:
            piece = head_start + joint.end()
        result.append(
            Group(tuple(_shift(v, start) for v in values), text[head_start:head_end], head_start, tail, piece)
        )
    return _arrivals([_borrow(group, result[i + 1 :]) for i, group in enumerate(result)])


RANKED_AMONG = re.compile(r"在?全[国省区市州县]|的?(?:排名|排位|位次)|[由从]第|[稳位]?居")

_FROM = re.compile(r"(?:由|从)(?:(?P<year>[12]\d{3})年的?|上年的?|[^，、由从]{0,6}?)$")

_ARRIVES = re.compile(r"^(?:[\u4e00-\u9fff]{0,6}?)(?:到|至|为|了)(?:(?P<year>[12]\d{3})年的?)?$")


def _arrivals(groups: list[Group]) -> list[Group]:
    """由21家增加到98家: the value reached belongs to the subject; the one left only if its year is said."""
    kept: list[Group] = []
    for group in groups:
        before = _FROM.search(kept[-1].head) if kept else None
        reached = _ARRIVES.match(group.head)
        if before and reached:
            left = kept[-1]
            subject = left.head[: before.start()]
            if before["year"]:
                kept[-1] = replace(left, head=subject + "为", period=before["year"])
            else:
                kept.pop()
            group = replace(
                group,
                head=subject + "为",
                head_start=left.head_start,
                piece_start=left.piece_start,
                period=reached["year"] or "",
                rebuilt=True,
            )
        kept.append(group)
    return kept


def _borrow(group: Group, later: list[Group]) -> Group:
    """新建25.2万亩、改造提升20.3万亩高标准农田: the noun behind the last number counts for both."""
    bare = group.head.strip("、和及与")
    if (
        not later
        or not re.fullmatch(r"[、和及与]?.{0,6}", later[0].head)
        or verb_of(bare) != bare
        or not bare
    ):
        return group
    last = later[0]
    noun = noun_of(last.tail)
    same = group.values[-1].family == last.values[-1].family and group.tail == last.head
    if not noun or not same:
        return group
    return Group(group.values, group.head, group.head_start, noun, group.piece_start)


def _shift(q: Quantity, by: int) -> Quantity:
    return Quantity(q.start + by, q.end + by, q.number_start + by, q.value, q.high, q.unit, q.comparator)


def noun_of(tail: str) -> str:
    """The counted noun behind a number: 88个|项目|开工."""
    return re.split(r"[、，。；：！？]", tail.removeprefix("的"))[0][:24]


def verb_of(text: str) -> str:
    match = pattern("subject", "verbs").match(text)
    return match[0] if match else ""
