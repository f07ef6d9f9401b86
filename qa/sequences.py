"""What stands around a phrase that a question quotes, and clauses that run over years: 一年…、两年…、三年…."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.lexicon import regex
from qa.sources import Sources
from qa.text import fold, split_sentences
from qa.types import Claim, Draft, Evidence, Paragraph, ReportInfo, Scope

_QUOTED = re.compile(r"[“‘「《](?P<said>[^”’」》]{2,40})[”’」》]")
_TERMS = re.compile(r"(?:[一二两三四五十]年[、，和与及]?){2,}(?![来级多前后])")


def by_sequence(scope: Scope, sources: Sources) -> Draft | None:
    """The whole run that a quoted phrase or some terms of years belong to, member by member."""
    said = fold(scope.question)
    quoted = _QUOTED.search(said)
    around = quoted is not None and regex("sequence", "ask").search(said)
    if (
        quoted
        and "、" in quoted["said"]
        and _MEANT.search(said)
        and (told := _told_of(quoted["said"], scope, sources))
    ):
        return told
    run = _TERMS.search(said)
    terms = re.findall("[一二两三四五十]年", run[0]) if run else ()
    for info in sources.chosen(scope) if around or len(terms) >= 2 else ():
        found = (
            _around(info, quoted["said"], sources) if quoted and around else _over_years(info, terms, sources)
        )
        if len(found) >= 2:
            return _shown(info, found, sources)
    return None


_MEANT = re.compile(r"指|什么|啥|哪|怎么")


def _told_of(phrase: str, scope: Scope, sources: Sources) -> Draft | None:
    """“全行业、全灾种”各指什么: the members side by side that begin with those words, in their order, and say more."""
    parts = [part for part in re.split("[、，和]", phrase) if part]
    clauses = "[、，；]".join(
        rf"[^、，；。“”]{{0,8}}?{re.escape(part)}[^、，；。“”]{{2,24}}" for part in parts
    )
    for info in sources.chosen(scope) if len(parts) > 1 else ():
        for paragraph in sources.library.paragraphs(info.report_id):
            if found := re.search(clauses, fold(paragraph.text)):
                return _shown(
                    info, _members(info, paragraph, found.start(), found.end(), "[，、；]"), sources
                )
    return None


def _shown(info: ReportInfo, found: Sequence[Evidence], sources: Sources) -> Draft:
    lead = Claim(f"{info.called}的原文依次是：")
    text = sources.library.text(info.report_id)
    return Draft((lead, *(Claim(f"- {text[span.start : span.end]}", (span,)) for span in found)))


def _around(info: ReportInfo, phrase: str, sources: Sources) -> list[Evidence]:
    """The members of the quotation, else of the sentence, that a phrase stands in."""
    for paragraph in sources.library.paragraphs(info.report_id):
        text = fold(paragraph.text)
        at = text.find(phrase)
        if at < 0:
            continue
        start, end = next((s, e) for s, e in split_sentences(paragraph.text) if s <= at < e)
        opened, closed = text.rfind("“", start, at), text.find("”", at, end)
        if opened >= 0 and "”" not in text[opened:at] and closed >= at + len(phrase):
            return _members(info, paragraph, opened + 1, closed, "[、，；]")
        return _members(info, paragraph, start, end, "[，；：]" if "，" in text[start:end] else "[、；：]")
    return []


def _over_years(info: ReportInfo, terms: Sequence[str], sources: Sources) -> list[Evidence]:
    """Clauses side by side of which each begins with one of the terms of years, in their order."""
    clauses = "[，、；]".join(rf"{term}[^，、；。“”]{{2,16}}" for term in terms)
    for paragraph in sources.library.paragraphs(info.report_id):
        if found := re.search(clauses, fold(paragraph.text)):
            return _members(info, paragraph, found.start(), found.end(), "[，、；]")
    return []


def _members(info: ReportInfo, paragraph: Paragraph, start: int, end: int, marks: str) -> list[Evidence]:
    """The stretch of a paragraph cut at the marks; no member begins or ends with one."""
    made, begin = [], start
    for mark in [*re.finditer(marks, paragraph.text[start:end]), None]:
        stop = start + mark.start() if mark else end
        while stop > begin and paragraph.text[stop - 1] in "。！？；”":
            stop -= 1
        if stop > begin:
            made.append(
                Evidence(info.report_id, paragraph.number, paragraph.start + begin, paragraph.start + stop)
            )
        begin = start + mark.end() if mark else end
    return made
