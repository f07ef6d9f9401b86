"""Report -> figures: every number with its subject, measure, unit, period and kind. Rules, no model.

The walk: paragraph -> sentences -> clauses (at ，：) -> groups of numbers ("4.9%、8.3%、4.4%") with the
words before and after them. The words before a group give the subject and the predicate; a clause that
has only a predicate ("增长2.1%") takes the subject of the clause before it; 分别 deals values out over
subjects or over reference points.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.bearers import bearer_of, spoken_of
from qa.breakdowns import Whole, name_branches, shares_of
from qa.clauses import clauses
from qa.grids import table_rows
from qa.indicator_names import canonical, indicators_in
from qa.lexicon import indicators, pattern, piece, words
from qa.periods import (
    Time,
    clause_time,
    growth_time,
    level_time,
    paragraph_times,
    sentence_times,
    year_before,
)
from qa.row import UNDEALT, WORDED, Row
from qa.rows import clause_rows
from qa.sections import LEAD_CHARS
from qa.subjects import WHOLE, Subject, other_calibre, strip_subject
from qa.text import fold, unit_family
from qa.types import Figure, Kind, Paragraph, Report
from qa.year_parts import YEAR_PART, part_of

FIGURES_VERSION = "29"

_GROWN = ("增速", "降幅", "增量", "变化", "总量")
"""Measures that may be of several years together by their own words: 年均, 比2020年."""


def is_number(row: Figure) -> bool:
    """Whether a value may be ranked and computed with: 两位数, 翻番 and 与经济增长同步 stand in words alone."""
    return row.comparator not in {UNDEALT, *WORDED} and not row.comparator.endswith("同步")


def extract_figures(report: Report) -> list[Figure]:
    """All figures of a report in the order of the text.

    Headings are read too: a heading may state a figure. Returns [] for a report without numbers.
    """
    found: list[Figure] = []
    tables, times = table_rows(report.paragraphs), paragraph_times(report)
    whole, section = Whole(), None
    for paragraph in report.paragraphs:
        whole = whole if paragraph.section == section else Whole()
        section = paragraph.section
        if paragraph.number in tables:
            rows = tables[paragraph.number]
            found += [_figure(report, paragraph, row, times[paragraph.number], ("", 0)) for row in rows]
        elif paragraph.part != "head":
            figures, whole = _paragraph_figures(report, paragraph, times[paragraph.number], whole)
            found += figures
    return found


def _paragraph_figures(
    report: Report, paragraph: Paragraph, usual: Time, whole: Whole
) -> tuple[list[Figure], Whole]:
    """The figures of a paragraph of the ``usual`` time, and what a list of branches in the next one would be of."""
    text = fold(paragraph.text)
    owner, owners, subject, lead = "", dict[str, tuple[str, int]](), Subject("", 0), ("", 0)
    found: list[Figure] = []
    for start, end, time in sentence_times(report, paragraph, usual):
        sentence = text[start:end]
        told, first, subject = _sentence_rows(report, (text, start, end), time, subject)
        subject = replace(subject, before=()) if sentence.endswith("；") else Subject("", end)
        rows, whole = name_branches(text, (start, end), [row for row, _, _ in told], whole)
        for row, (_, row_time, bearer) in zip(rows, told, strict=True):
            owners |= _owners(row)
            bare = owner and row.indicator in words("subject", "heads")
            named = replace(row, indicator=owner + row.indicator) if bare else _of_lead(row, lead)
            named = _owned(named, owners)
            grown = text[row.clause_start : row.start] if row.measure in _GROWN else ""
            before = (re.split(r"[，；]", said)[-1] for said in (grown, text[start : row.start]))
            row_time = growth_time(report, paragraph, row_time, clause=next(before), told=next(before))
            row_time = level_time(
                row_time,
                text[row.clause_start : row.start]
                + row.comparator * row.comparator.startswith(("突破", "超")),
                row.measure,
            )
            found.append(_figure(report, paragraph, named, row_time, bearer))
        goes_on = sentence.endswith("；")
        owner, owners = (_owner(first) or owner, owners) if goes_on else ("", {})
        lead = (sentence, start)
    return found, whole


def _of_lead(row: Row, lead: tuple[str, int]) -> Row:
    """经营主体稳中培优。总量达1461.4万户: a bare total is of what the short sentence before it names."""
    named = indicators_in(lead[0]) if row.indicator in WHOLE and len(lead[0]) <= LEAD_CHARS else ()
    return replace(row, indicator=named[0] + row.indicator, clause_start=lead[1]) if named else row


_Spoken = tuple[str, int]


def _sentence_rows(
    report: Report, span: tuple[str, int, int], time: Time, subject: Subject
) -> tuple[list[tuple[Row, Time, _Spoken]], str, Subject]:
    """The rows of text[start:end] with their time and whoever is spoken of; its first subject and last.

    ``subject`` is that of the sentence before, where only ； parts the two.
    """
    text, start, end = span
    place = fold(report.place)
    first = calibre = ""
    bearer: _Spoken = ("", start)
    found: list[tuple[Row, Time, _Spoken]] = []
    for clause_start, clause_end in clauses(text, start, end):
        clause = text[clause_start:clause_end]
        time = clause_time(report, clause, time)
        parts = shares_of(text, clause_start, clause_end, subject)
        rows, subject = clause_rows(text, clause_start, clause_end, subject)
        rows += parts
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


_OWNERS = {
    "of_firms": re.compile(r"(?P<owner>.{2,}?(?:企业|单位))(?:实现|完成)?(?:主?营业务?收入|营收)"),
    "of_funds": re.compile(r"(?P<owner>.*(?:基金|预算|财政))(?:本级)?总?收入(?:安排|完成|总计|合计)?"),
    "of_builders": re.compile(r"(?P<owner>.*建筑业?企业)"),
    "of_accidents": re.compile(r"(?:共?发生)?(?:各类)?(?P<owner>.{2,}?(?:事故|火灾|灾害))(?:起数|数)?"),
    "of_insurance": re.compile(r"(?:参加)?(?P<owner>.{2,}?保险)(?:参保)?(?:人数)?"),
    "of_schools": re.compile(
        r"(?P<owner>.*?(?:(?<!各类)学校|小学|初中|高中|中学|幼儿园|院校|学院|大学|中职|教育))"
        rf"(?:{pattern('subject', 'of_schools').pattern})?"
    ),
    "of_houses": re.compile(
        r"(?P<owner>(?:商品)?(?:房屋|住宅|住房|房))(?:建筑)?(?:新开工|施工|竣工|销售)面积"
    ),
}
"""Whose what is told of next without a name: 规模以上服务业企业营业收入…，利润; 社会保险基金收入…，支出; 小学43所，在校学生."""


def _owners(row: Row) -> dict[str, tuple[str, int]]:
    """Whose what is named next, by the list of what may be theirs."""
    told = {key: named.fullmatch(row.indicator) for key, named in _OWNERS.items()}
    return {key: (match["owner"], row.clause_start) for key, match in told.items() if match}


def _owned(row: Row, owners: dict[str, tuple[str, int]]) -> Row:
    """利润总额 behind 规模以上工业企业实现营业收入2974亿元 is that of those firms."""
    bare = re.sub("^(?:实现|完成|年末|当年)+(?=.{2})", "", row.indicator)
    for key, (owner, start) in owners.items():
        if bare in words("subject", key):
            return replace(row, indicator=owner + row.indicator, clause_start=start)
    return replace(row, indicator=re.sub("^参加(?=.+保险参保率$)", "", row.indicator))


def _owner(subject: str) -> str:
    """Whose figure it is: 市属国有企业资产总额 -> 市属国有企业; the next 营业收入 after ； is theirs too."""
    if canonical(subject) or indicators_in(subject):
        return ""
    for head in ("资产总额", *words("subject", "heads")):
        if subject.endswith(head) and len(subject) - len(head) >= 3:
            return subject[: -len(head)]
    return ""


def _figure(report: Report, paragraph: Paragraph, row: Row, time: Time, spoken: _Spoken) -> Figure:
    kind, period = time
    told = row.period or (year_before(time) if row.earlier else "")
    name = _balanced(row.indicator.strip("—的 "))
    name = _of_part(name, period, row) if part_of(period) else name
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
        period=told or period,
        kind=row.kind or _kind_of(told, report.year) or kind,
        start=offset + row.start,
        end=offset + row.end,
        clause_start=offset + (min(spoken[1], row.clause_start) if carried else row.clause_start),
        clause_end=offset + row.clause_end,
        per=_paid_by(paragraph.text, row),
    )


_PAID = re.compile(r"每人?每?(?P<per>[月年])|[/／](?:人[·•.]?)?(?P<by>[月年])|(?P<mean>[月年])人均")


def _paid_by(text: str, row: Row) -> str:
    """Whether a sum is of a month or of a year, as its clause says before it or right behind: 每人每月735元、585元; 6840元/年."""
    if row.unit.endswith(("/月", "/年")):
        return row.unit[-1]
    if unit_family(row.unit) != "money":
        return ""
    behind = _PAID.match(text, row.end)
    found = [behind] if behind else [*_PAID.finditer(text, row.clause_start, row.start)]
    return next(filter(None, found[-1].groups())) if found else ""


def _of_part(name: str, period: str, row: Row) -> str:
    """A name without the part of the year that its period says: 上半年全市实现出口 is 出口."""
    bare = re.sub(rf"^{YEAR_PART}末?", "", name)
    return strip_subject(bare, unit_family(row.unit)) or name if bare != name else name


def _kind_of(told: str, year: int) -> Kind | None:
    """Whether what is of a year told by a column or 由… was done or is aimed at; None where that is not sure."""
    end = int((told.partition("年")[0])[-4:] or year)
    return "actual" if end < year else "target" if end > year else None


_AMOUNTS = {
    "money": ("money", "usd", "hkd", "mop"),
    "usd": ("money", "usd", "hkd", "mop"),
    "weight": ("weight",),
    "visits": ("visits", "people"),
}


_OF_PEOPLE = re.compile("保险$|参保$|死亡$")
"""The end of a name that leaves out what its number counts: 工伤保险参保10.96万人, 死亡9人."""


_RECKONED = re.compile(rf"^{piece('head', 'reckoned')}[^，后]{{2,16}}后(?=[^，]{{4}})")
"""What a value leaves out, before its name: 扣除自然因素影响后空气优良天数比率."""


def _standard(name: str, row: Row) -> str | None:
    """The standard indicator of a row, unless its number counts something else: 286个村集体经济收入超50万元."""
    found = canonical(name) or canonical(_RECKONED.sub("", name))
    if found is None and row.measure == "排名":
        found = canonical(name.removesuffix("增速").removesuffix("增幅").removesuffix("涨幅"))
    if found is None and unit_family(row.unit) == "people" and (told := _OF_PEOPLE.search(name)):
        found = canonical(f"{name.removeprefix('参加')}{'参保' * (told[0] == '保险')}人数")
    family = unit_family(row.unit)
    if found is None and name.startswith("产") and family == "weight":
        found = canonical(f"{name[1:]}产量")  # 产茶1.68万吨
    if found is None and (herd := re.fullmatch("(?P<deed>[出存]栏|出笼)(?P<beast>.+)", name)):
        found = canonical(herd["beast"] + herd["deed"])  # 出栏生猪82万头
    units = _AMOUNTS.get(indicators()[found].unit) if found else None
    other = (
        family == row.unit.lstrip("万亿千百十") and row.measure not in ("排名", "差距") and family != "number"
    )
    return None if units and other and family not in units and not row.indicator.endswith("数") else found


def _balanced(name: str) -> str:
    """A name without the quotation mark whose partner was cut off."""
    if name.count("“") != name.count("”"):
        name = name.replace("“", "").replace("”", "")
    return name


def _as_written(name: str, text: str) -> str:
    """Latin words of a folded name in the letters of the text: rcep -> RCEP."""

    def original(match: re.Match[str]) -> str:
        found = re.search(re.escape(match[0]), text, re.IGNORECASE)
        return found[0] if found else match[0]

    return re.sub(r"[a-z][a-z&+]*", original, name)
