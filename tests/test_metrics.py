"""Metrics on values computed by hand; whole answerers that must score badly are in test_controls.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from eval import metrics
from eval.questions import Gold, Occurrence, Question, Span, locate
from qa.types import Answer, AnswerFigure, Citation, Paragraph, Scope

# Offsets:   0         1         2
#            0123456789012345678901234567 ...
TEXT = "全市生产总值1163.4亿元，增长2.2%。城镇、农村居民收入分别增长3.4%、7.1%。\n今年生产总值增长6.5%以上。"
TEXTS = {"2024-甲市": TEXT}
FIRST = "全市生产总值1163.4亿元，增长2.2%。"


def question(**changes: Any) -> Question:
    base: dict[str, Any] = {
        "id": "q1",
        "split": "dev",
        "type": "figure_actual",
        "question": "甲市2023年GDP增长多少？",
        "reports": ["2024-甲市"],
        "abstain": False,
        "must": [["2.2%"]],
        "gold": [{"report": "2024-甲市", "text": "增长2.2%"}],
    }
    return Question.model_validate(base | changes)


def unanswerable(**changes: Any) -> Question:
    return question(**{"abstain": True, "reason": "not_stated", "must": [], "gold": []} | changes)


def cite(n: int, quote: str, *, start: int | None = None, report: str = "2024-甲市") -> Citation:
    begin = TEXT.index(quote) if start is None else start
    paragraph = TEXT.split("\n")[0] if begin < TEXT.index("\n") else TEXT.split("\n")[1]
    return Citation(n, report, "甲市", 2024, "", (), 1, begin, begin + len(quote), quote, paragraph)


def answer(text: str, citations: Sequence[Citation] = (), **changes: Any) -> Answer:
    made = Answer("q1", "甲市2023年GDP增长多少？", text, False, None, "extract", tuple(citations))
    return replace(made, **changes)


def refusal(reason: Any = "not_stated") -> Answer:
    return answer("资料中未提及。", abstained=True, reason=reason)


GOOD = answer("甲市2023年生产总值增长2.2%。【1】", [cite(1, FIRST)])


def gold_at(*spans: tuple[int, int], report: str = "r") -> Gold:
    """One gold text that stands once, as the given runs."""
    pieces = tuple(Span(report, *span) for span in spans)
    whole = Span(report, pieces[0].start, pieces[-1].end)
    return Gold(report, "", (Occurrence(pieces, whole),))


# ------------------------------------------------------------------ retrieval


def test_found_rank_half_of_the_text_is_enough() -> None:
    # 10 characters; rank 1 holds 4 of them, rank 2 holds 5 of them = half.
    ranked = [Span("r", 0, 14), Span("r", 15, 30)]
    assert metrics.found_rank(gold_at((10, 20)), ranked) == 2


def test_found_rank_together_cover_it() -> None:
    # No chunk has half of the 10 characters; with the third all 10 are covered.
    ranked = [Span("r", 0, 14), Span("r", 17, 30), Span("r", 14, 17)]
    assert metrics.found_rank(gold_at((10, 20)), ranked) == 3
    assert metrics.found_rank(gold_at((10, 20)), ranked[:2]) is None


def test_found_rank_other_report_never_counts() -> None:
    assert metrics.found_rank(gold_at((10, 20)), [Span("s", 0, 100)]) is None


HEADED = "题\n一、安排工作\n（一）稳增长\n办好甲厂。\n办好乙厂。\n（二）促就业\n办好丙厂。"
OVER = ("一、安排工作",)
CUT = (
    Paragraph(1, 0, 1, "题", is_heading=True),
    Paragraph(2, 2, 8, "一、安排工作", is_heading=True),
    Paragraph(3, 9, 15, "（一）稳增长", OVER, is_heading=True),
    Paragraph(4, 16, 21, "办好甲厂。", (*OVER, "（一）稳增长")),
    Paragraph(5, 22, 27, "办好乙厂。", (*OVER, "（一）稳增长")),
    Paragraph(6, 28, 34, "（二）促就业", OVER, is_heading=True),
    Paragraph(7, 35, 40, "办好丙厂。", (*OVER, "（二）促就业")),
)


def headed_gold(text: str) -> Gold:
    asked = question(gold=[{"report": "2024-甲市", "text": text}])
    return locate(asked, {"2024-甲市": HEADED}, {"2024-甲市": CUT})[0]


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ("稳增长", [(16, 21), (22, 27)]),
        ("促就业", [(35, 40)]),
        ("安排工作", [(16, 21)]),  # nothing stands right below it
        ("甲厂", []),  # no heading
        ("题", []),  # over nothing
    ],
)
def test_a_text_in_a_heading_is_looked_for_below_it(text: str, under: list[tuple[int, int]]) -> None:
    (place,) = headed_gold(text).occurrences
    assert [(span.start, span.end) for span in place.under] == under


def test_recall_of_a_list_of_headings_by_hand() -> None:
    gold = [headed_gold("稳增长"), headed_gold("促就业")]
    first, second, third = (Span("2024-甲市", *span) for span in ((16, 21), (22, 27), (35, 40)))
    # the second chunk of section (一) is at rank 1, the only one of (二) at rank 3
    ranked = [second, first, third]
    assert [metrics.found_rank(item, ranked) for item in gold] == [1, 3]
    assert metrics.recall_at(1, gold, ranked) == 0.5
    assert metrics.recall_at(5, gold, ranked) == 1
    assert metrics.recall_at(5, gold, [second, first]) == 0.5
    # a chunk that holds the heading itself still counts
    assert metrics.found_rank(gold[1], [Span("2024-甲市", 28, 34)]) == 1


def test_recall_and_rr_by_hand() -> None:
    gold = [gold_at((0, 10)), gold_at((50, 60))]
    ranked = [Span("r", 90, 99), Span("r", 0, 20), Span("s", 0, 9), Span("r", 45, 70)]
    # found at ranks 2 and 4
    assert metrics.recall_at(1, gold, ranked) == 0
    assert metrics.recall_at(2, gold, ranked) == 0.5
    assert metrics.recall_at(5, gold, ranked) == 1
    assert metrics.reciprocal_rank(gold, ranked) == 0.5


def test_recall_is_given_k_per_gold_report() -> None:
    gold = [gold_at((0, 10)), gold_at((0, 10), report="s")]
    ranked = [Span("r", 0, 10), Span("s", 0, 10)]
    # two reports: recall@1 looks at 2 chunks
    assert metrics.recall_at(1, gold, ranked) == 1
    assert metrics.recall_at(1, gold[1:], ranked) == 0


def test_ndcg_by_hand() -> None:
    gold = [gold_at((0, 10)), gold_at((50, 60))]
    ranked = [Span("r", 0, 20), Span("r", 90, 99), Span("r", 45, 70)]
    # Found at ranks 1 and 3: (1/log2(2) + 1/log2(4)) / (1/log2(2) + 1/log2(3)) = 1.5 / 1.63093
    assert metrics.ndcg_at(10, gold, ranked) == pytest.approx(0.919721, abs=1e-6)
    # Rank 3 is below the depth: 1 / 1.63093
    assert metrics.ndcg_at(2, gold, ranked) == pytest.approx(0.613147, abs=1e-6)
    # At depth 1 the ideal is one chunk, and it is there.
    assert metrics.ndcg_at(1, gold, ranked) == 1
    # The second is never found: 1 / 1.63093 at any depth that could hold both.
    assert metrics.ndcg_at(10, gold, ranked[:1]) == pytest.approx(0.613147, abs=1e-6)


def test_ndcg_two_gold_texts_in_one_chunk_is_at_most_1() -> None:
    gold = [gold_at((0, 10)), gold_at((12, 20))]
    assert metrics.ndcg_at(10, gold, [Span("r", 0, 20)]) == 1
    # The same chunk second: 1 / log2(3)
    assert metrics.ndcg_at(10, gold, [Span("r", 90, 99), Span("r", 0, 20)]) == pytest.approx(
        0.63093, abs=1e-5
    )


def test_ndcg_depth_grows_with_the_reports() -> None:
    gold = [gold_at((0, 10)), gold_at((0, 10), report="s")]
    ranked = [Span("r", 0, 10), Span("s", 0, 10)]
    assert metrics.ndcg_at(1, gold, ranked) == 1
    assert metrics.ndcg_at(1, gold[1:], ranked) == 0


def test_retrieval_empty_cases() -> None:
    assert metrics.ndcg_at(5, [], [Span("r", 0, 1)]) is None
    assert metrics.ndcg_at(5, [gold_at((0, 1))], []) == 0
    assert metrics.recall_at(5, [], [Span("r", 0, 1)]) is None
    assert metrics.reciprocal_rank([], []) is None
    assert metrics.recall_at(5, [gold_at((0, 1))], []) == 0
    assert metrics.reciprocal_rank([gold_at((0, 1))], []) == 0


# ------------------------------------------------------------------ answers


def test_answer_right_good() -> None:
    assert metrics.answer_right(question(), GOOD) is True
    assert metrics.correct(question(), GOOD)
    assert not metrics.wrongly_answered(question(), GOOD)


def test_answer_right_must_not_only_in_direct_statement() -> None:
    asked = question(must=[["7.1%"]], must_not=["3.4%"])
    quoted = "农村居民收入增长7.1%。【1】\n> 城镇、农村居民收入分别增长3.4%、7.1%。"
    assert metrics.answer_right(asked, answer(quoted)) is True
    both = answer("城镇、农村居民收入分别增长3.4%、7.1%。【1】")
    assert metrics.answer_right(asked, both) is False
    assert metrics.forbidden_said(asked, both.answer) == ["3.4%"]


def test_answer_right_direct_names_the_winner() -> None:
    asked = question(must=[["甲市"], ["乙市"]], direct=[["甲市"]])
    assert metrics.answer_right(asked, answer("最高的是甲市。其次是乙市。")) is True
    assert metrics.answer_right(asked, answer("最高的是乙市。其次是甲市。")) is False
    assert metrics.missing_groups(asked, "最高的是乙市。其次是甲市。") == ["首句 甲市"]


def test_answer_right_list_order_and_completeness() -> None:
    asked = question(type="list", must=[["糖"], ["茶"], ["铝"]], ordered=True)
    assert metrics.answer_right(asked, answer("糖、茶、铝")) is True
    assert metrics.answer_right(asked, answer("茶、糖、铝")) is False
    # two of three groups
    assert metrics.completeness(asked, answer("糖、茶")) == pytest.approx(2 / 3)
    assert metrics.answer_right(asked, answer("糖、茶")) is False


def test_direct_statement_leaves_out_long_quotations_not_names() -> None:
    text = "## 答\n“桂惠贷”投放5亿元，“城镇居民收入增长百分之三点四”；余略。后一句。"
    assert metrics.direct_statement(text) == "“桂惠贷”投放5亿元，；余略。"
    assert metrics.direct_statement("") == ""


def test_refusals_are_none_where_they_do_not_apply() -> None:
    assert metrics.answer_right(unanswerable(), refusal()) is None
    assert metrics.rejected(question(), refusal()) is None
    assert metrics.falsely_refused(unanswerable(), refusal()) is None
    assert metrics.reason_right(question(), refusal()) is None
    assert metrics.reason_right(unanswerable(), refusal("off_topic")) is False
    assert metrics.reason_right(unanswerable(reason=None), refusal()) is None
    assert metrics.rightly_refused(unanswerable(), GOOD) is None
    assert metrics.rightly_refused(unanswerable(), refusal()) is True
    assert metrics.rightly_refused(question(), refusal()) is False
    assert metrics.correct(unanswerable(), refusal())
    assert metrics.helpfully_refused(unanswerable(must=[["2.2%"]]), refusal()) is False
    assert metrics.helpfully_refused(unanswerable(), refusal()) is None


# ------------------------------------------------------------------ support


def test_unsupported_none_in_good_answer() -> None:
    # 2023 is the year before the cited report's, 2.2% is in its quote.
    assert metrics.unsupported_numbers(GOOD) == []


def test_unsupported_number_without_marker() -> None:
    assert metrics.unsupported_numbers(answer("增长2.2%。", [cite(1, FIRST)])) == ["2.2%。"]


def test_unsupported_each_statement_has_its_own_markers() -> None:
    # 6.5% is in citation 2, but its sentence carries 1; in the second line it is right.
    both = [cite(1, FIRST), cite(2, "今年生产总值增长6.5%以上。")]
    assert metrics.unsupported_numbers(
        answer("增长6.5%以上。【1】增长2.2%。【1】\n- 增长6.5%以上。【2】", both)
    ) == ["6.5%以"]


def test_unsupported_leaves_out_numbering_years_and_derived() -> None:
    figure = AnswerFigure("", "", "4.3", "个百分点", "", "甲市", "2023", "actual", True, 1, "supported")
    said = answer(
        "1. 2份报告（第3段）说，2025年比2023年高4.3个百分点。【1】",
        [cite(1, FIRST)],
        figures=(figure,),
        scope=Scope(question="", years=(2025,)),
    )
    assert metrics.unsupported_numbers(said) == []
    assert metrics.unsupported_numbers(replace(said, figures=())) == ["4.3个百"]


def test_unsupported_number_at_line_start_is_not_numbering() -> None:
    assert metrics.unsupported_numbers(answer("1.2万个岗位。【1】", [cite(1, FIRST)])) == ["1.2万个岗"]


def test_unsupported_table_cell_without_unit() -> None:
    rows = "| 甲市 | 1163.4 | 【1】 |\n| 乙市 | 1163.5 | 【1】 |"
    assert metrics.unsupported_numbers(answer(rows, [cite(1, FIRST)])) == ["1163.5||"]


def test_unsupported_refusal_may_repeat_the_question() -> None:
    said = answer(
        "资料中未提及2019年的数据。", abstained=True, reason="not_stated", question="2019年增长多少？"
    )
    assert metrics.unsupported_numbers(said) == []
    assert metrics.unsupported_numbers(replace(said, abstained=False)) == ["2019年的"]


def test_unsupported_leaves_out_the_years_of_the_span_asked_about() -> None:
    said = answer("资料中未提及2016—2020年的数据。", scope=Scope(question="", span="2016—2020"))
    assert metrics.unsupported_numbers(said) == []
    assert metrics.unsupported_numbers(replace(said, scope=Scope(question=""))) == ["2016-2", "2020年的"]


def test_unsupported_refusal_may_name_the_years_there_are() -> None:
    said = refusal()
    said = replace(said, answer="现有报告讲的是2023年、2021年。")
    assert metrics.unsupported_numbers(said, {2023, 2024}) == ["2021年。"]
    assert metrics.unsupported_numbers(replace(said, abstained=False), {2023}) == ["2023年、", "2021年。"]


# ------------------------------------------------------------------ citations


def test_citation_recall_and_precision_by_hand() -> None:
    gold = locate(
        question(gold=[{"report": "2024-甲市", "text": t} for t in ("增长2.2%", "增长6.5%以上")]), TEXTS
    )
    # One of two gold texts cited; one of two citations stands in a gold sentence.
    said = answer("…【1】【2】", [cite(1, FIRST), cite(2, "城镇、农村居民收入分别增长3.4%、7.1%。")])
    assert metrics.citation_recall(gold, said) == 0.5
    assert metrics.citation_precision(gold, said) == 0.5


def test_citation_precision_same_sentence_counts_recall_does_not() -> None:
    gold = locate(question(), TEXTS)
    said = answer("…【1】", [cite(1, "全市生产总值1163.4亿元")])
    assert metrics.citation_precision(gold, said) == 1
    assert metrics.citation_recall(gold, said) == 0


def test_citation_precision_a_header_that_gives_the_unit_of_a_cell_is_no_wrong_one() -> None:
    table = "产品 产量（万吨）\n水泥 84.3"
    texts = {"2024-甲市": table}
    gold = locate(question(must=[["84.3万吨"]], gold=[{"report": "2024-甲市", "text": "84.3"}]), texts)
    head = Citation(2, "2024-甲市", "甲市", 2024, "", (), 1, 0, 10, table[:10], table[:10])
    cell = Citation(1, "2024-甲市", "甲市", 2024, "", (), 2, 11, 18, table[11:], table[11:])
    assert metrics.citation_precision(gold, answer("水泥产量为84.3万吨【1】【2】。", [cell, head])) == 1
    # a header without the unit is needed for nothing
    bare = replace(head, quote="产品", end=2)
    assert metrics.citation_precision(gold, answer("水泥产量为84.3万吨【1】【2】。", [cell, bare])) == 0.5
    # nor is one beside a wrong cell
    assert metrics.citation_precision(gold, answer("水泥产量为84.3万吨【2】。", [head])) == 0


def test_citation_empty_cases() -> None:
    gold = locate(question(), TEXTS)
    assert metrics.citation_precision(gold, answer("增长2.2%。")) == 0
    assert metrics.citation_precision(gold, refusal()) is None
    assert metrics.citation_recall([], GOOD) is None
    assert metrics.citation_precision([], GOOD) is None


def test_citation_focus_by_hand() -> None:
    gold = locate(question(), TEXTS)

    def focus(*cited: Citation) -> float | None:
        return metrics.citation_focus(gold, replace(GOOD, citations=cited))

    # 10 characters of the gold sentence of 22; the 10 behind it; both, the first once more: 10 of 20
    inside, behind = cite(1, TEXT[12:22]), cite(1, TEXT[22:32])
    assert (focus(inside), focus(behind), focus(inside, behind, inside)) == (1.0, 0.0, 0.5)
    # a report that does not exist counts: 10 of 20
    assert focus(inside, replace(behind, report_id="2024-无")) == 0.5
    assert focus() == 0.0
    # without gold or an answer it does not apply
    assert metrics.citation_focus((), GOOD) is None
    assert metrics.citation_focus(gold, refusal()) is None


def test_citation_faults_good_and_empty() -> None:
    assert metrics.citation_faults(GOOD, TEXTS) == []
    assert metrics.citation_faults(refusal(), TEXTS) == []


@pytest.mark.parametrize(
    ("text", "citations", "part"),
    [
        ("…【1】", [cite(1, FIRST, start=1)], "不一致"),
        ("…【1】", [cite(1, FIRST, report="2024-乙市")], "不存在"),
        ("…【2】", [cite(2, FIRST)], "不是从 1 起连续"),
        ("…【0】【1】", [cite(1, FIRST)], "不一一对应"),
        ("…【1】【2】", [cite(1, FIRST)], "不一一对应"),
        ("…", [cite(1, FIRST)], "不一一对应"),
    ],
)
def test_citation_faults_found(text: str, citations: list[Citation], part: str) -> None:
    assert part in "".join(metrics.citation_faults(answer(text, citations), TEXTS))


def test_citation_faults_document_numbers_are_no_markers() -> None:
    assert metrics.citation_faults(answer("国发〔2023〕12号、国发[2023]12号。"), TEXTS) == []
