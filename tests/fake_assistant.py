"""An assistant for tests of the page: one made-up report, answers by keyword. Computable by hand."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from qa.types import Answer, Citation, Figure, Paragraph, ReportInfo, Scope, Turn

PLACES = ("云山市", "海棠市")
SECTION = ("一、2022年工作回顾", "（一）坚持稳中求进，经济运行总体平稳")
FILLER = (
    "全市上下迎难而上，经济社会发展取得新成效，各项事业迈上新台阶，人民生活持续改善，社会大局保持和谐稳定。"
)
# "增长6.1%" stands twice: the marked one must be the one at the cited offset.
PARAGRAPHS = (
    "各位代表：现在，我代表市人民政府，向大会报告工作，请予审议。",
    "（一）坚持稳中求进。工业增长6.1%，"
    + FILLER * 5
    + "地区生产总值达到1234.5亿元，增长6.1%，增速居全省前列。"
    + FILLER * 5,
    "过去一年，<script>window.hacked=1</script><img src=x onerror=window.hacked=2>![图](https://evil.example/a.png)项目已开工。",
    "主要预期目标是：地区生产总值增长7%左右，一般公共预算收入增长4%以上。",
)
ABSTENTION = "资料中未提及：报告里没有这项内容。可以问地区生产总值。"
SUGGESTIONS = ("海棠市2022年地区生产总值增长多少？", "云山市2023年地区生产总值的目标是多少？")


def report_text() -> str:
    return "\n".join(PARAGRAPHS)


def start_of(number: int) -> int:
    return sum(len(text) + 1 for text in PARAGRAPHS[: number - 1])


def citation(n: int, place: str, paragraph: int, quote: str, *, last: bool = False) -> Citation:
    text = PARAGRAPHS[paragraph - 1]
    at = text.rfind(quote) if last else text.find(quote)
    start = start_of(paragraph) + at
    return Citation(
        n=n,
        report_id=f"2023-{place}",
        place=place,
        year=2023,
        title=f"{place}2023年政府工作报告",
        section=SECTION,
        paragraph=paragraph,
        start=start,
        end=start + len(quote),
        quote=quote,
        paragraph_text=text,
    )


def info(place: str) -> ReportInfo:
    return ReportInfo(
        f"2023-{place}",
        place,
        2023,
        f"{place}2023年政府工作报告",
        "政府工作报告",
        None,
        None,
        "a.txt",
        "0" * 64,
        4,
        4,
        99,
        2,
    )


def figure(place: str, canonical: str, measure: str, value: str, period: str, kind: str) -> Figure:
    return Figure(
        f"2023-{place}",
        2,
        canonical,
        canonical,
        measure,
        Decimal(value),
        "%",
        "",
        "",
        period,
        kind,
        0,
        1,
        0,
        1,  # type: ignore[arg-type]
    )


class FakeIndex:
    def __init__(self, places: Sequence[str] = PLACES) -> None:
        self.reports = tuple(info(place) for place in places)

    def paragraphs(self, report_id: str) -> tuple[Paragraph, ...]:
        return tuple(
            Paragraph(n, start_of(n), start_of(n) + len(text), text, SECTION)
            for n, text in enumerate(PARAGRAPHS, 1)
        )

    def figures(self, report_id: str) -> tuple[Figure, ...]:
        place = report_id.removeprefix("2023-")
        return (
            figure(place, "地区生产总值", "增速", "6.1", "2022", "actual"),
            figure(place, "一般公共预算收入", "增速", "4", "2023", "target"),
            figure(place, "固定资产投资", "增速", "10.3", "2022", "actual"),
        )


@dataclass
class FakeAssistant:
    """Knows 增长, 对比 (a table), 攻击 (markup in everything), 那…呢 (inherits); else it abstains."""

    index: FakeIndex = field(default_factory=FakeIndex)

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        if found := re.match(r"那(.+市)呢", question):
            resolved = f"{found[1]}2022年地区生产总值增长多少？"
            return self._growth(
                question, found[1], Scope(question=resolved, inherited=("indicators", "years"))
            )
        if "对比" in question:
            rows = "\n".join(f"| {place} | 增长6.1%【{n}】 |" for n, place in enumerate(PLACES, 1))
            cited = tuple(citation(n, place, 2, "增长6.1%", last=True) for n, place in enumerate(PLACES, 1))
            return self._answer(
                question, f"2022年地区生产总值增速：\n\n| 地区 | 增速 |\n| --- | --- |\n{rows}", cited
            )
        if "攻击" in question:
            text = f"{PARAGRAPHS[2]}【1】【7】 **粗** `码` $x$ https://evil.example/ [链接](https://evil.example)"
            return self._answer(question, text, (citation(1, "云山市", 3, PARAGRAPHS[2]),))
        if "很慢" in question:
            time.sleep(2)
        if question == "历史":
            return self._answer(question, "".join(turn.role + turn.content for turn in history) or "无", ())
        if "出错" in question:
            raise RuntimeError("secret path /root/x")
        if "增长" in question:
            return self._growth(
                question, "海棠市" if "海棠" in question else "云山市", Scope(question=question)
            )
        return Answer(
            "0",
            question,
            ABSTENTION,
            True,
            "not_stated",
            "extract",
        )

    def _growth(self, question: str, place: str, scope: Scope) -> Answer:
        cited = (
            citation(1, place, 2, "地区生产总值达到1234.5亿元，增长6.1%"),
            citation(2, place, 4, "地区生产总值增长7%左右"),
        )
        text = f"{place}2022年地区生产总值增长6.1%【1】。2023年的目标是增长7%左右【2】。"
        return self._answer(question, text, cited, scope)

    def _answer(
        self, question: str, text: str, cited: tuple[Citation, ...], scope: Scope | None = None
    ) -> Answer:
        return Answer(
            "0", question, text, False, None, "extract", cited,
            scope=scope or Scope(question=question), suggestions=SUGGESTIONS,
        )  # fmt: skip
