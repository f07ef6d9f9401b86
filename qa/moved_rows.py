"""Which of some kind of things fell or rose (哪些产品产量下降了, 哪几类价格上涨): the rows of the kind that moved so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.figure_answer import evidence
from qa.grid_headers import AREA_COLUMN
from qa.indicator_names import as_reports_write
from qa.lexicon import entries, pattern, regex, words
from qa.list_asks import MAX_ITEMS
from qa.measure_fit import fits_time
from qa.phrasing import phrase
from qa.places import short_name
from qa.sources import Sources
from qa.text import fold, split_sentences
from qa.types import Claim, Draft, Figure, Hit, ReportInfo, Scope
from qa.wanted import Wanted
from qa.wording import content_of


def by_move(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """Each thing of the kind asked about that moved so, in the order of the text; None for no such question or row."""
    question, reports = fold(scope.question), sources.chosen(scope)
    said = regex("moved", "ask").search(question)
    kinds = _kinds_in(said["thing"], question[: said.start()]) if said else []
    if said is None or not kinds or len(reports) != 1:
        return None
    info = reports[0]
    thing = question[: said.start()] + said["thing"]
    for name in (info.place, short_name(info.place)):
        thing = thing.replace(fold(name), " ")
    way = "降幅" if said["fell"] else "增速"
    moved = _moved(way, info, scope, sources)
    rows = [row for row in moved if any(_is_of_kind(row, kind) for kind in kinds)]
    listed = kinds[0].startswith("^")  # the rows of the kind by their names
    told = [row for row in rows if listed or _is_of(row, thing, info, sources)]
    if not told:
        return None
    text = sources.library.text(info.report_id)
    shown = told[:MAX_ITEMS]
    lines = (Claim(f"- {phrase(row, info.place, text)}", (evidence(row),), (row,)) for row in shown)
    more = "（只列出报告里靠前的）" if len(told) > len(shown) else ""
    risen = "上涨" if "价格" in told[0].indicator else "增长"
    return Draft((Claim(f"{info.called}里{'下降' if said['fell'] else risen}的有{more}："), *lines))


def _kinds() -> list[tuple[str, str, str]]:
    """What users call a kind of things, and how the names of its rows end."""
    return [entry.partition("=") for entry in entries("moved", "kinds")]


def _kinds_in(thing: str, before: str) -> list[str]:
    """How the rows end of the kinds that are named, there or else before (八大类消费价格里|哪几类是跌的); those that list them go first."""
    found = [kind for word, _, kind in _kinds() if re.search(word, thing)]
    found = found or [kind for word, _, kind in _kinds() if re.search(word, before)]
    return [kind for kind in found if kind.startswith("^")] or found


def _is_of_kind(row: Figure, kind: str) -> bool:
    """Whether the name of a row ends as a kind's do; of the kind without an end (指标) are the statistics."""
    return bool(re.search(kind, row.indicator)) if kind else row.canonical is not None


def _moved(way: str, info: ReportInfo, scope: Scope, sources: Sources) -> list[Figure]:
    """The falls or the growths of a report in the years asked about, of its whole place or of the part that the question names."""
    question = fold(scope.question)
    found = []
    for row in sources.library.figures(info.report_id):
        area = AREA_COLUMN.match(fold(row.indicator))
        if (
            row.measure == way
            and row.value
            and fits_time(row, scope)
            and not (area and area[0] not in question)
        ):
            found.append(row)
    return sorted(found, key=lambda row: row.start)


def _is_of(row: Figure, thing: str, info: ReportInfo, sources: Sources) -> bool:
    """Whether the name of a row, its sentence, the first of its paragraph or the headings above hold what is said of the kind.

    Of each word its end: 农 of 农产品 stands in 二、农业, 工业 of 规模以上工业 in 三、工业和建筑业.
    """
    paragraph = sources.library.paragraphs(info.report_id)[row.paragraph - 1]
    spans = split_sentences(paragraph.text, paragraph.start)
    own = (span for span in spans if span[0] <= row.start < span[1])
    said = [
        paragraph.text[start - paragraph.start : end - paragraph.start] for start, end in (spans[0], *own)
    ]
    around = as_reports_write(fold(" ".join((*paragraph.section, *said, row.indicator))))
    bare = regex("moved", "kind").sub(" ", content_of(as_reports_write(thing)))
    return all(_stands(word, around) for word in bare.split())


def _stands(word: str, around: str) -> bool:
    heads = (*words("subject", "asked_heads"), *words("subject", "heads"))
    measure = next((head for head in heads if word.endswith(head)), "")
    yields = measure == "产量" and pattern("moved", "yields").search(around)
    if measure and measure not in around and not yields:
        return False
    rest = word.removesuffix(measure)
    return not rest or rest[-2:] in around
