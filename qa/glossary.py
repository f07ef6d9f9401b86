"""What a report itself says a name means: “三通一码”：赣服通、赣政通…, the notes at the end of many reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.indicator_names import as_standard
from qa.lexicon import indicators, regex
from qa.places import short_name
from qa.sources import Sources
from qa.text import fold, split_sentences
from qa.types import Claim, Draft, Evidence, Scope

MAX_REPORTS = 5
LEAST = 0.6
"""Least share of a name in the words that are asked about, and of these in the name: no “一码” for “三通一码”."""


def by_glossary(scope: Scope, sources: Sources) -> Draft | None:
    """The sentence of each report that says what a name stands for; None if no such thing is asked or written."""
    name = _name_asked(scope)
    if not name:
        return None
    made: list[Claim] = []
    for info in sources.chosen(scope)[:MAX_REPORTS]:
        found = next(_said_of(name, info.report_id, sources), None)
        if found is not None:
            said = sources.library.text(info.report_id)[found.start : found.end].strip()
            made.append(Claim(f"{info.called}：{said}", (found,)))
    return Draft(tuple(made)) if made else None


def unexplained(scope: Scope, sources: Sources) -> Draft | None:
    """The refusal to say what a statistic is (什么是GDP), of which reports give the numbers alone; None for any other question."""
    name = _name_asked(scope)
    if not name or as_standard(name) not in indicators():
        return None
    places = "、".join(dict.fromkeys(info.place for info in sources.chosen(scope)[:6]))
    shown = name.upper()
    text = f"资料中未提及：{places}的报告没有解释“{shown}”是什么，只有它的数；可以问“去年{shown}是多少”。"
    return Draft((Claim(text, echo=shown),), reason="not_stated")


def _name_asked(scope: Scope) -> str:
    """The folded name whose meaning is asked for, without quotes and places; "" if none is."""
    question = fold(scope.question)
    asked = regex("glossary", "ask").search(question)
    if not asked:
        return ""
    quoted = re.search("“([^”]{2,24})”", question)
    name = quoted[1] if quoted else next(filter(None, asked.groups()), "")
    if not quoted and not asked["meant"] and not asked["what"]:
        return ""
    for place in scope.places:
        name = name.replace(fold(place), "").replace(fold(short_name(place)), "")
    return regex("glossary", "around").sub("", name).strip("的“”‘’ ，")


def _said_of(name: str, report_id: str, sources: Sources) -> Iterator[Evidence]:
    """The sentences of a report that begin with a name, or nearly it, and say what it is."""
    for paragraph in sources.library.paragraphs(report_id):
        line = regex("glossary", "line").match(paragraph.text)
        if not line or not _is_called(fold(line["name"]), name):
            continue
        sentences = split_sentences(paragraph.text, paragraph.start)
        yield Evidence(report_id, paragraph.number, paragraph.start + line.start("name"), sentences[-1][1])


def _is_called(written: str, asked: str) -> bool:
    bare = re.sub("[“”‘’《》 ]", "", written)
    held = len(asked) / len(bare) if asked in bare else len(bare) / len(asked) if bare in asked else 0.0
    quoted = re.findall("“([^”]+)”", written)
    return quoted == [asked] or (held >= LEAST and len(quoted) < 2)
