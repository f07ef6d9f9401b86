"""Two short reports in memory, and claims that cite them: what verification reads."""

from dataclasses import dataclass
from decimal import Decimal

from qa.types import Claim, Draft, Evidence, Figure, Paragraph, ReportInfo
from qa.verify import Verified, verify

GDP = "地区生产总值完成512.4亿元，增长5.2%。"
TRADE = "外贸总额完成1.2万亿元，新增岗位1.2万个，增长１２．５％。"
OTHER = "地区生产总值增长4.8%，财政收入下降2%。"
YUNLING, HAITANG = "2031-云岭市", "2031-海棠市"
TEXTS = {YUNLING: f"{GDP}\n{TRADE}", HAITANG: OTHER}
EMPTY = "资料中未提及：没有找到能用原文证明的内容。"


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    made, start = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        made.append(Paragraph(number, start, start + len(line), line, ("一、2030年工作回顾",), "review"))
        start += len(line) + 1
    return tuple(made)


@dataclass(frozen=True)
class Shelf:
    """Two short reports in memory, as the answerers read an index."""

    def text(self, report_id: str) -> str:
        return TEXTS[report_id]

    def paragraphs(self, report_id: str) -> tuple[Paragraph, ...]:
        return _paragraphs(TEXTS[report_id])

    def figures(self, report_id: str) -> tuple[Figure, ...]:
        return ()


def _info(report_id: str) -> ReportInfo:
    year, place = report_id.split("-")
    return ReportInfo(
        report_id,
        place,
        int(year),
        f"{place}政府工作报告",
        "政府工作报告",
        None,
        None,
        "r.txt",
        "0",
        2,
        2,
        50,
    )


REPORTS = {name: _info(name) for name in TEXTS}


def span_of(words: str) -> Evidence:
    """The span of words that stand once in the two reports."""
    ((name, start),) = [(n, text.index(words)) for n, text in TEXTS.items() if words in text]
    number = TEXTS[name].count("\n", 0, start) + 1
    return Evidence(name, number, start, start + len(words))


def figure_of(words: str, indicator: str, value: str, unit: str, **changes: str) -> Figure:
    span = span_of(words)
    fields = {"measure": "增速", "comparator": "", "subject": "", **changes}
    return Figure(
        report_id=span.report_id,
        paragraph=span.paragraph,
        indicator=indicator,
        canonical=None,
        measure=fields["measure"],
        value=Decimal(value),
        unit=unit,
        comparator=fields["comparator"],
        subject=fields["subject"],
        period="2030",
        kind="actual",
        start=span.start,
        end=span.end,
        clause_start=span.start,
        clause_end=span.end,
    )


def verified(*claims: Claim, **parts) -> Verified:
    return verify(Draft(claims, **parts), Shelf(), REPORTS)
