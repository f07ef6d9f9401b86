"""What a report says as a whole: 总结一下这份报告, 去年干得怎么样, 今年打算干什么.

The sentence with the year's main figures, the aims of the new year, and the headings of the work: quoted, not summed up.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.lexicon import indicators, piece, regex, words
from qa.lists import is_generic, outline
from qa.match import whole_sentences
from qa.places import short_name
from qa.set_topics import by_topic
from qa.sources import Sources
from qa.text import fold, split_sentences
from qa.types import Claim, Draft, Evidence, Kind, ReportInfo, Scope

LEAST = 3
"""Statistics in a paragraph from which it sums up a year."""

MOST_QUOTED = 320
"""Characters of the sentences with the year's figures that are quoted, up to the last that fits."""

MAX_REPORTS = 6


def by_overview(scope: Scope, sources: Sources) -> Draft | None:
    """The whole of one report, or a sentence of each of several; None for any other question."""
    if not asks_overview(scope, sources) or (scope.intent == "list" and is_generic(scope)):
        return None
    if made := by_topic(scope, sources):
        return made
    infos = sources.chosen(scope)[:MAX_REPORTS]
    if len(infos) == 1:
        made = Draft(tuple(_whole(infos[0], scope, sources)))
    else:
        told = (claim for info in infos for claim in _short(info, scope.kind, sources))
        made = Draft(tuple(replace(claim, text=f"- {claim.text}") for claim in told))
    return made if made.claims else None


def asks_overview(scope: Scope, sources: Sources) -> bool:
    """Whether a question asks for no thing of its own, but for what a report, a year or a plan comes to."""
    said = fold(scope.question)
    if regex("overview", "in_english").search(said):
        return all(regex("overview", "in_english").search(term) for term in scope.terms)
    names = {name for info in sources.reports for name in (info.place, short_name(info.place))}
    for name in sorted(names, key=len, reverse=True):
        said = said.replace(fold(name), " ")
    rest = re.sub(r"(?:19|20)\d\d年?度?|[\s\W]+", "", said)
    asked = regex("overview", "ask").search(rest)
    return bool(asked and _NOTHING_ELSE.fullmatch(rest))


_NOTHING_ELSE = re.compile(rf"(?:{piece('overview', 'ask')}|{piece('overview', 'beside')})++")
"""Possessive: 工作安排 is two of these words too, and a long question may not be tried in every way."""


def _whole(info: ReportInfo, scope: Scope, sources: Sources) -> list[Claim]:
    """Of one report: its figures, aims and headings, those of the time asked about."""
    made = _short(info, scope.kind, sources)
    if scope.kind is None:
        made += _short(info, "target", sources)
    ahead = scope.kind != "actual"
    found = outline(info.report_id, sources.library, replace(scope, kind="target" if ahead else "actual"))
    if found is None:
        return made
    text = sources.library.text(info.report_id)
    lead = f"{info.place}{info.year}年{'的工作安排' if ahead else '报告回顾的工作'}有："
    items = (Claim(f"- {text[item.start : item.end].strip('；。，、 ')}", (item,)) for item in found.items)
    return [*made, Claim(lead), *items]


def _short(info: ReportInfo, kind: Kind | None, sources: Sources) -> list[Claim]:
    """The one sentence that says most of a report: of its aims, or of the year that it looks back on."""
    if kind == "target":
        own = Scope(
            question="主要预期目标", intent="list", places=(info.place,), kind="target",
            terms=("主要预期目标",), report_ids=(info.report_id,),
        )  # fmt: skip
        made = by_topic(own, sources)
        return list(made.claims[:1]) if made else []
    span = _main_figures(info, sources)
    if span is None:
        return []
    said = sources.library.text(info.report_id)[span.start : span.end].strip("，；、 ")
    return [Claim(f"{info.place}{info.year}年报告：{said.rstrip('。')}。", (span,))]


def _main_figures(info: ReportInfo, sources: Sources) -> Evidence | None:
    """The sentences of the review's paragraph that states most statistics, from the first that states one."""
    own = {p.number: p for p in sources.library.paragraphs(info.report_id) if p.part == "review"}
    told: dict[int, dict[tuple[int, int], set[str]]] = {}
    for row in sources.library.figures(info.report_id):
        known = indicators().get(row.canonical or "")
        if row.kind == "actual" and row.paragraph in own and known is not None and known.statistical:
            paragraph = own[row.paragraph]
            spans = split_sentences(paragraph.text, paragraph.start)
            whole = whole_sentences(spans, paragraph.text, paragraph.start)
            sentence = next(span for span in whole if span[0] <= row.start < span[1])
            told.setdefault(paragraph.number, {}).setdefault(sentence, set()).add(known.name)
    stated = {number: set[str]().union(*found.values()) for number, found in told.items()}
    summing = {number: names for number, names in stated.items() if len(names) >= LEAST}
    if not summing:
        return None
    first = set(words("asked", "the_whole"))
    number = max(summing, key=lambda at: (bool(summing[at] & first), len(summing[at]), -at))
    start, end = min(told[number])
    last = [stop for _, stop in told[number] if stop - start <= MOST_QUOTED]
    text = sources.library.text(info.report_id)
    return Evidence(info.report_id, number, start, max(last) if last else _cut(text, start, end))


def _cut(text: str, start: int, end: int) -> int:
    """Where a sentence that is too long is cut: behind its last clause that fits."""
    clauses = [m.start() for m in re.finditer("[，；]", text[start : start + MOST_QUOTED])]
    return start + clauses[-1] if clauses else end
