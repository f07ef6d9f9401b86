"""Report -> figures: every number with its subject, measure, unit, period and kind. Rules, no model.

The walk: paragraph -> sentences -> clauses (at ，：) -> groups of numbers ("4.9%、8.3%、4.4%") with the
words before and after them. The words before a group give the subject and the predicate; a clause that
has only a predicate ("增长2.1%") takes the subject of the clause before it; 分别 deals values out over
subjects or over reference points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from qa.bearers import bearer_of, spoken_of
from qa.clauses import clauses
from qa.lexicon import indicators, indicators_in, words
from qa.rows import UNDEALT as UNDEALT
from qa.rows import Row, clause_rows
from qa.subjects import Subject, canonical, other_calibre
from qa.text import fold, split_sentences, unit_family, years
from qa.types import Figure, Kind, Paragraph, Report

FIGURES_VERSION = "2"


def extract_figures(report: Report) -> list[Figure]:
    """All figures of a report in the order of the text.

    Headings are read too: a heading may state a figure. Returns [] for a report without numbers.
    """
    found: list[Figure] = []
    for paragraph in report.paragraphs:
        if paragraph.part != "head":
            found += _paragraph_figures(report, paragraph)
    return found


def _paragraph_figures(report: Report, paragraph: Paragraph) -> Iterator[Figure]:
    text = fold(paragraph.text)
    owner, subject = "", Subject("", 0)
    for start, end in split_sentences(text):
        sentence = text[start:end]
        time = _time_of(report, paragraph, sentence)
        rows, first, subject = _sentence_rows(report, (text, start, end), time, subject)
        subject = replace(subject, before=()) if sentence.endswith("；") else Subject("", end)
        for row, row_time, bearer in rows:
            bare = owner and row.indicator in words("subject", "heads")
            named = replace(row, indicator=owner + row.indicator) if bare else row
            yield _figure(report, paragraph, named, row_time, bearer)
        owner = (_owner(first) or owner) if sentence.endswith("；") else ""


_Time = tuple[Kind, str]
_Spoken = tuple[str, int]


def _sentence_rows(
    report: Report, span: tuple[str, int, int], time: _Time, subject: Subject
) -> tuple[list[tuple[Row, _Time, _Spoken]], str, Subject]:
    """The rows of text[start:end] with their time and whoever is spoken of; its first subject and last.

    ``subject`` is that of the sentence before, where only ； parts the two.
    """
    text, start, end = span
    place = fold(report.place)
    first = calibre = ""
    bearer: _Spoken = ("", start)
    found: list[tuple[Row, _Time, _Spoken]] = []
    for clause_start, clause_end in clauses(text, start, end):
        clause = text[clause_start:clause_end]
        time = _clause_time(report, clause, time)
        rows, subject = clause_rows(text, clause_start, clause_end, subject)
        spoken = spoken_of(clause, place, counting=bool(rows))
        if spoken is not None:
            bearer = (spoken[0], clause_start + spoken[1])
        first = first or (subject.text if rows else "")
        calibre = calibre or ("" if rows else other_calibre(clause))
        found += [
            (replace(row, indicator=f"{row.indicator}（{calibre}）") if calibre else row, time, bearer)
            for row in rows
        ]
    return found, first, subject


def _owner(subject: str) -> str:
    """Whose figure it is: 市属国有企业资产总额 -> 市属国有企业; the next 营业收入 after ； is theirs too."""
    if canonical(subject) or indicators_in(subject):
        return ""
    for head in ("资产总额", *words("subject", "heads")):
        if subject.endswith(head) and len(subject) - len(head) >= 3:
            return subject[: -len(head)]
    return ""


def _time_of(report: Report, paragraph: Paragraph, sentence: str) -> _Time:
    """Kind and period of a sentence: its own year and cues first, else those of its part of the report."""
    if report.doc_kind == "统计公报":
        return "actual", str(report.year)
    heading = fold("".join(paragraph.section))
    planned = paragraph.part == "plan"
    base = report.year if planned else report.year - 1
    kind: Kind = "target" if planned else "actual"
    if not planned and re.search(r"(?:过去|这|五年来|近)五年|五年来|本届政府", heading + sentence[:14]):
        said = re.findall(r"(?:^|[，。—：])(?:到|至|截至)?(\d{4})年", sentence[:20])
        own = [int(year) for year in said if int(year) < report.year]
        return kind, str(own[0]) if own else f"{report.year - 5}—{report.year - 1}"
    if planned and re.search(
        r"今后五年|未来五年|“?十[三四五六]五”?(?:时期|期间|奋斗目标)", heading + sentence[:14]
    ):
        return kind, f"{report.year}—{report.year + 4}"
    named = [year for year in years(sentence[:16]) if 1990 < year < 2100]
    if len(named) == 1 and re.match(rf"(?:——)?(?:到|至|截至)?{named[0]}年(?:度|底|末)?", sentence):
        base = named[0]
        if not planned and base > report.year:
            kind = "target"
    return kind, str(base)


def _clause_time(report: Report, clause: str, time: _Time) -> _Time:
    """A clause may say its own year: "去年新增42家，今年新增50家"; what follows keeps it."""
    said = re.match(
        r"(?:——)?(?:其中)?(?:(?P<past>去年|上年(?!末|底|同期)|过去一年)|(?P<now>今年|今后(?!五年|几年|一个时期)))",
        clause,
    )
    if said and report.doc_kind != "统计公报":
        return ("actual", str(report.year - 1)) if said["past"] else ("target", str(report.year))
    span = re.match(r"(?:——)?([12]\d{3})[—\-~至到]+([12]\d{3})年", clause)
    if span:
        return ("actual" if int(span[2]) < report.year else "target"), f"{span[1]}—{span[2]}"
    own = re.match(r"(?:——)?(?:其中)?(?:到|至|截至)?([12]\d{3})年(?:度|底|末)?", clause)
    if own and report.doc_kind != "统计公报":
        return ("actual" if int(own[1]) < report.year else "target"), own[1]
    return time


def _figure(report: Report, paragraph: Paragraph, row: Row, time: _Time, spoken: _Spoken) -> Figure:
    kind, period = time
    name = _balanced(row.indicator.strip("—的 "))
    bearer, bare = bearer_of(name, report.place)
    carried = not bearer and bool(spoken[0]) and spoken[0] not in name
    bearer = _as_written(spoken[0], paragraph.text) if carried else bearer
    offset = paragraph.start
    return Figure(
        report_id=report.report_id,
        paragraph=paragraph.number,
        indicator=_as_written(bare or name, paragraph.text),
        canonical=_standard(bare, row),
        measure=row.measure,
        value=row.value,
        unit=row.unit,
        comparator=row.comparator,
        subject=bearer,
        period=row.period or period,
        kind="actual" if row.period and int(row.period) < report.year else kind,
        start=offset + row.start,
        end=offset + row.end,
        clause_start=offset + (min(spoken[1], row.clause_start) if carried else row.clause_start),
        clause_end=offset + row.clause_end,
    )


_AMOUNTS = {
    "money": ("money", "usd", "hkd"),
    "usd": ("money", "usd", "hkd"),
    "weight": ("weight",),
    "visits": ("visits", "people"),
}


def _standard(name: str, row: Row) -> str | None:
    """The standard indicator of a row, unless its number counts something else: 286个村集体经济收入超50万元."""
    found = canonical(name)
    units = _AMOUNTS.get(indicators()[found].unit) if found else None
    family = unit_family(row.unit)
    other = (
        family == row.unit.lstrip("万亿千百十") and row.measure not in ("排名", "差距") and family != "number"
    )
    return None if units and other and family not in units and not row.indicator.endswith("数") else found


def _balanced(name: str) -> str:
    """A name without the quotation mark whose partner was cut off."""
    if name.count("“") != name.count("”"):
        name = name.replace("“", "").replace("”", "")
    return name.removeprefix("“").removesuffix("”") if name.startswith("“") and name.endswith("”") else name


def _as_written(name: str, text: str) -> str:
    """Latin words of a folded name in the letters of the text: rcep -> RCEP."""

    def original(match: re.Match[str]) -> str:
        found = re.search(re.escape(match[0]), text, re.IGNORECASE)
        return found[0] if found else match[0]

    return re.sub(r"[a-z][a-z&+]*", original, name)
