"""Refusals that help: the reason, what there is instead, the nearest passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.courtesy import is_courtesy, is_greeting, is_of_service, reply
from qa.figure_answer import claims
from qa.lexicon import pattern, regex
from qa.places import short_name
from qa.question_places import covered
from qa.question_times import REPORT_YEAR
from qa.sources import MAX_REPORTS, Sources, instead_of, look_up, quoted
from qa.text import ROC, fold
from qa.text_answer import quotes
from qa.types import Claim, Draft, Hit, ReportInfo, Scope
from qa.wanted import Wanted, wanted


def off_topic(reports: Sequence[ReportInfo], said: str = "") -> str:
    """What is said to a folded text that no report answers: what can be asked, of at most eight reports; of thanks less."""
    if is_courtesy(said) and not is_greeting(said):
        return reply(said)
    places = "、".join(dict.fromkeys(f"{r.place}（{r.year}年）" for r in reports[:8]))
    more = "等" if len(reports) > 8 else ""
    if is_of_service(said):
        return (
            f"这里收有的报告：{places}{more}。可以问里面的数据、目标和工作安排，也可以让各地相比、"
            "列出清单、接着追问；每句回答都标明所依据的段落。"
        )
    lead = "你好！" if is_courtesy(said) else "这个问题不在政府工作报告的范围内。"
    return f"{lead}我可以回答{places}{more}政府工作报告里的数据、目标和工作安排。"


def not_understood(scope: Scope, sources: Sources) -> Draft:
    """No word left to look for: off topic, or a question about a place that names no indicator."""
    if not scope.places:
        return Draft((Claim(off_topic(sources.reports)),), reason="off_topic")
    text = f"没有看懂要问{'、'.join(scope.places)}的什么：请写明指标或事项，例如“{scope.places[0]}去年地区生产总值增长多少”。"
    return Draft((Claim(text),), reason="not_stated")


def no_report(scope: Scope, sources: Sources) -> Draft:
    """There is no report of a place; what the places beside it report is given, if the question names any."""
    names = "、".join(scope.missing_places)
    places = "、".join(dict.fromkeys(r.place for r in sources.reports[:MAX_REPORTS]))
    made = [Claim(f"资料中没有{names}的政府工作报告。现有的报告来自：{places}。")]
    if scope.places:
        for each in look_up(scope, sources, wanted(scope)):
            for item in each:
                made += claims(item, sources.library) if item.rows else []
    return Draft(tuple(made), reason="no_such_report")


def nothing_chosen(scope: Scope, sources: Sources) -> Draft:
    """No report is of the year named, or the caller's own filters leave none: another place than is asked about."""
    if REPORT_YEAR.search(fold(scope.question)):
        return other_year(scope, sources)
    there = "、".join(f"{info.place}（{info.year}年）" for info in sources.reports[:MAX_REPORTS])
    more = "等" if len(sources.reports) > MAX_REPORTS else ""
    text = f"资料中没有所限范围内的政府工作报告。现有的报告是：{there}{more}。"
    return Draft((Claim(text),), reason="no_such_report")


def year_not_covered(scope: Scope, sources: Sources) -> bool:
    """Whether the years asked about lie outside what the reports in scope speak of."""
    if not scope.years:
        return False
    reports = sources.chosen(scope)
    near = {y for r in reports for y in (r.year - 1, *covered(r))}
    if any(year in near for year in scope.years):
        return False
    last = {f.period[-4:] for r in reports for f in sources.library.figures(r.report_id) if "—" in f.period}
    if any(str(year) in last for year in scope.years):
        return False
    texts = [sources.library.text(r.report_id) for r in reports]
    spoken = (f"{said}年" in text for text in texts for year in scope.years for said in (year, year - ROC))
    return not any(spoken)


def other_year(scope: Scope, sources: Sources) -> Draft:
    """The reports of the places speak of other years than the one asked about."""
    years = "、".join(f"{year}年" for year in scope.years)
    own = tuple(r for r in sources.reports if not scope.places or r.place in scope.places)
    reports = sources.chosen(scope) or own  # no report is one of the year named: 2019年的报告
    told = "、".join(f"{y}年" for y in sorted({y for r in reports for y in covered(r)}))
    places = "、".join(dict.fromkeys(r.place for r in reports))
    named = None if sources.chosen(scope) else REPORT_YEAR.search(fold(scope.question))
    missing = f"没有{places}{named[1] or named[2]}年的报告" if named else f"未提及{places}{years}的情况"
    made = [Claim(f"资料中{missing}：现有报告讲的是{told}。")]
    return Draft(tuple(made), reason="not_stated")


NEAR, NEAR_OWN = 0.35, 0.4
"""Least shares of a question, with what stands around it and alone, in a sentence that is offered as nearest."""


def _named(scope: Scope, asked: Wanted) -> str:
    """What was asked for by its names: 民营经济的增加值目标."""
    said = (*scope.terms, *(f"{year}年" for year in scope.years))
    named = "".join(f"{word}的" for word in scope.anchors if word not in " ".join(said))
    topic = "、".join(scope.indicators or scope.terms)
    cause = pattern("cause", "ask").search(fold(scope.question))
    if cause:
        topic = topic.removesuffix("、原因").removesuffix("原因")
    ending = {"amount": "的数额", "growth": "的增速", "rank": "的排名", "share": "的占比"}.get(
        asked.measure, ""
    )
    ending = "" if ending.removeprefix("的") and topic.endswith(ending.removeprefix("的")) else ending
    aim = "目标" if scope.kind == "target" and "目标" not in topic else ""
    return f"{named}{topic}{ending}{aim}{'的原因' if cause else ''}"


def _as_put(scope: Scope) -> str:
    """What was asked for as it was put, where the words that are left of it make no name: 机场什么时候建好; else "".

    A question for what is done is always put so (怎么对付骗子电话), and no aim is made of its words.
    """
    said = fold(scope.question)
    whole = "".join(scope.terms)
    in_words = scope.intent in ("text", "list")
    if scope.indicators or not whole:
        return ""
    if not in_words and (scope.anchors or (len(scope.terms) == 1 and whole in said)):
        return ""
    for place in scope.places:
        for name in (fold(place), fold(short_name(place))):
            said = re.sub(rf"{re.escape(name)}(?!长)", "", said)  # 某市|市长叫什么
    said = re.sub(r"去年|今年|明年|(?:19|20)\d\d年", "", said)
    said = regex("unsaid", "in_report").sub("", said)
    said = re.sub(r"^[，、的在那请问]+|[？?。！，、 ]*$", "", said)
    said = re.sub("呢(?=，|$)", "", said) if in_words else re.sub("[吗呢吧啊呀了]$", "", said)
    said = re.sub("[“”]", "", said)
    longest = MAX_SAID if in_words else MAX_PUT
    return said if len(said) <= longest and (in_words or "，" not in said) else ""


def _of_any_form(scope: Scope) -> Scope:
    """The scope of a question when or why, without those words: what tells of the thing and gives no time comes near."""
    said = fold(scope.question)
    for form in ("when", "cause"):
        said = pattern(form, "ask").sub("", said)
    return replace(scope, question=said)


MAX_PUT, MAX_SAID = 24, 48
"""Characters of a question for a figure, and of one for what is done, that are said again in a refusal."""


def not_stated(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft:
    """The reports do not say it; what they say that comes nearest is given with its source."""
    reports = sources.chosen(scope)
    places = "、".join(dict.fromkeys(r.place for r in reports[:6]))
    when = "、".join(f"{year}年" for year in scope.years if len(scope.years) < 3)
    when = f"{scope.span}年" if scope.span else when
    asked_for = f"{when}“{_as_put(scope) or _named(scope, asked[0])}”"
    made = [Claim(f"资料中未提及：{places}的报告没有直接说明{asked_for}。", echo=asked_for)]
    for each in look_up(scope, sources, asked):
        for item in each[:6]:
            made += instead_of(item, sources)
    if len(made) == 1:
        tried = (
            quotes(hits, sources.library, own, asked[0], sources.table)
            for own in (scope, _of_any_form(scope))
        )
        near = (found[0] for found in tried if found)
        nearest = next((one for one in near if one.coverage >= NEAR and one.own >= NEAR_OWN), None)
        made += [
            Claim("最接近的段落是——" + claim.text, claim.evidence)
            for claim in quoted([nearest] if nearest else [], asked[0], sources)
        ]
    return Draft(tuple(made), reason="not_stated")
