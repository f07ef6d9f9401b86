"""An assistant for tests of the page: one made-up report, answers by keyword. Computable by hand."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qa.errors import StoreError
from qa.events import Drafted, Event, Finished, Scoped, Sent
from qa.prompt import Prompt
from qa.types import (
    Answer,
    Citation,
    Commitment,
    Figure,
    Generation,
    Kind,
    Paragraph,
    Report,
    ReportInfo,
    Scope,
    Struck,
    Turn,
)

if TYPE_CHECKING:
    from qa.chain import AskMode

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
    "新建学校2所，开工建设<b>滨江大道</b>。",
)
ABSTENTION = "资料中未提及：报告里没有这项内容。可以问地区生产总值。"
SUGGESTIONS = ("海棠市2022年地区生产总值增长多少？", "云山市2023年地区生产总值的目标是多少？")

GROWTH = "云山市2022年地区生产总值增长多少？"
QUOTE = "地区生产总值达到1234.5亿元，增长6.1%"


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


def an_answer(text: str, cited: int = 1, **changes: Any) -> Answer:
    """An answer in these words that cites the growth target ``cited`` times."""
    citations = tuple(citation(n, "云山市", 4, "增长7%左右") for n in range(1, cited + 1))
    made = Answer("0", "问", text, False, None, "extract", citations)
    return replace(made, **changes)


def info(place: str) -> ReportInfo:
    return ReportInfo(
        f"2023-{place}",
        place,
        2023,
        f"{place}2023年政府工作报告",
        "政府工作报告",
        None,
        None,
        "/secret/<img src=x onerror=window.hacked=3>.txt",
        "0" * 64,
        5,
        5,
        99,
        3,
        2,
    )


def figure(place: str, canonical: str, value: str, clause: str, paragraph: int, kind: str) -> Figure:
    """A growth rate; ``clause`` ends with the value and is its last occurrence in the paragraph."""
    at = start_of(paragraph) + PARAGRAPHS[paragraph - 1].rindex(clause)
    written = clause[clause.rindex("增长") + 2 :]
    return Figure(
        report_id=f"2023-{place}",
        paragraph=paragraph,
        indicator=canonical,
        canonical=canonical,
        measure="增速",
        value=Decimal(value),
        unit="%",
        comparator=written.partition("%")[2],
        subject="",
        period="2022" if kind == "actual" else "2023",
        kind=kind,  # type: ignore[arg-type]
        start=at + len(clause) - len(written),
        end=at + len(clause),
        clause_start=at,
        clause_end=at + len(clause),
    )


def _prompt(text: str) -> Prompt:
    return Prompt("1", (("user", text),), (), 9)


def commitment(place: str, kind: str, clause: str) -> Commitment:
    at = start_of(5) + PARAGRAPHS[4].index(clause)
    return Commitment(f"2023-{place}", 5, kind, kind, "教育", "2023", (), (), at, at + len(clause))


class FakeIndex:
    def __init__(self, places: Sequence[str] = PLACES) -> None:
        self.reports = tuple(info(place) for place in places)

    def report(self, report_id: str) -> Report:
        known = next((item for item in self.reports if item.report_id == report_id), None)
        if known is None:
            raise StoreError(f"索引里没有报告 {report_id}")
        return Report(
            report_id, known.place, known.year, known.title, report_text(), self.paragraphs(report_id),
            known.source, known.sha256,
        )  # fmt: skip

    def text(self, report_id: str) -> str:
        return report_text()

    def paragraphs(self, report_id: str) -> tuple[Paragraph, ...]:
        return tuple(
            Paragraph(n, start_of(n), start_of(n) + len(text), text, SECTION)
            for n, text in enumerate(PARAGRAPHS, 1)
        )

    def figures(self, report_id: str) -> tuple[Figure, ...]:
        place = report_id.removeprefix("2023-")
        rows = [
            figure(place, "地区生产总值", "6.1", QUOTE, 2, "actual"),
            figure(place, "地区生产总值", "7", "地区生产总值增长7%左右", 4, "target"),
            figure(place, "一般公共预算收入", "4", "一般公共预算收入增长4%以上", 4, "target"),
        ]
        rows.append(figure(place, "固定资产投资", "6.1", "工业增长6.1%", 2, "actual"))
        if place == PLACES[1]:  # one indicator that the other report does not state
            rows.append(figure(place, "外贸进出口总额", "6.1", "工业增长6.1%", 2, "actual"))
        return tuple(rows)

    def commitments(self, report_id: str) -> tuple[Commitment, ...]:
        place = report_id.removeprefix("2023-")
        return (
            commitment(place, "新建", "新建学校2所"),
            commitment(place, "开工", "开工建设<b>滨江大道</b>"),
        )


@dataclass
class FakeAssistant:
    """Knows 增长, 对比 (a table), 攻击 (markup in everything), 那…呢 (inherits), 草稿; else it abstains.

    范围 answers with the places, years and kind that it was asked with.
    """

    index: FakeIndex = field(default_factory=FakeIndex)

    def events(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        places: Sequence[str] = (),
        years: Sequence[int] = (),
        kind: Kind | None = None,
        question_id: str | None = None,
        mode: AskMode | None = None,
        cancel: threading.Event | None = None,
    ) -> Iterator[Event]:
        yield Scoped(Scope(question=question))
        if "草稿" in question:
            yield from self._drafted(question, cancel or threading.Event())
            return
        if question == "范围":
            told = f"{'、'.join(places)} {'、'.join(map(str, years))} {kind}"
            yield Finished(self._answer(question, told, ()))
            return
        yield Finished(self.reply(question, history))

    def _drafted(self, question: str, cancel: threading.Event) -> Iterator[Event]:
        """Two drafts, the second with markup; then an answer with a struck statement."""
        yield Sent(_prompt("资料：<script>window.hacked=4</script>"), 1)
        for text in (
            "地区生产总值",
            "地区生产总值增长9.9%【1】<img src=https://evil.example/b.png onerror=window.hacked=5>",
        ):
            yield Drafted(text)
            if cancel.wait(1.2):
                return
        struck = Struck("增长9.9%<svg onload=window.hacked=6>", "引用的原文里没有这个数")
        cited = (citation(1, "云山市", 2, QUOTE),)
        made = Generation("小模型", "1", note="有一句没有通过核对", struck=(struck,))
        answer = self._answer(question, "云山市2022年地区生产总值增长6.1%【1】。", cited)
        yield Finished(replace(answer, mode="llm", generation=made))

    def reply(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        if found := re.match(r"那(.+市)呢", question):
            resolved = f"{found[1]}2022年地区生产总值增长多少？"
            return self._growth(question, found[1], resolved)
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
            return self._growth(question, "海棠市" if "海棠" in question else "云山市", question)
        return Answer(
            "0",
            question,
            ABSTENTION,
            True,
            "not_stated",
            "extract",
        )

    def _growth(self, question: str, place: str, resolved: str) -> Answer:
        cited = (
            citation(1, place, 2, QUOTE),
            citation(2, place, 4, "地区生产总值增长7%左右"),
        )
        text = f"{place}2022年地区生产总值增长6.1%【1】。2023年的目标是增长7%左右【2】。"
        scope = Scope(
            question=resolved, years=(2022,), kind="actual", indicators=("地区生产总值",),
            report_ids=(f"2023-{place}",), inherited=("indicators", "years") if resolved != question else (),
        )  # fmt: skip
        return self._answer(question, text, cited, scope)

    def _answer(
        self, question: str, text: str, cited: tuple[Citation, ...], scope: Scope | None = None
    ) -> Answer:
        return Answer(
            "0", question, text, False, None, "extract", cited,
            scope=scope or Scope(question=question), suggestions=SUGGESTIONS,
        )  # fmt: skip
