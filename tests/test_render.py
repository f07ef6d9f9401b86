"""Answers, references and hits as plain text and Markdown."""

from dataclasses import replace

import pytest

from qa.render import hit_line, hit_rows, markdown, plain, reference
from qa.types import Answer, Chunk, Citation, Generation, Hit, Scope, Struck

CITATION = Citation(
    n=1,
    report_id="2031-云岭市",
    place="云岭市",
    year=2031,
    title="2031年云岭市政府工作报告",
    section=("一、2030年工作回顾", "（一）产业发展", "1.工业"),
    paragraph=6,
    start=100,
    end=113,
    quote="\n规模以上工业增加值增长9.7%。",
    paragraph_text="规模以上工业增加值增长9.7%。新增企业42家。",
)
ANSWER = Answer(
    id="q1",
    question="云岭工业增速",
    answer="2030年，云岭市规模以上工业增加值增长9.7%【1】。",
    abstained=False,
    reason=None,
    mode="extract",
    citations=(CITATION,),
    scope=Scope(question="云岭工业增速"),
)
REFUSAL = Answer(
    id="q2",
    question="天鹅数量",
    answer="资料中未提及。",
    abstained=True,
    reason="not_stated",
    mode="extract",
)
CHUNK = Chunk("2031-云岭市#6.1", "2031-云岭市", 6, 100, 107, " 增长9.7%。\n", "云岭市 · 工业")
HIT = Hit(CHUNK, 0.123456789, 1)


def test_reference_names_place_year_section_and_paragraph():
    assert reference(CITATION) == "【1】云岭市 2031年 · 一、2030年工作回顾 · （一）产业发展 · 第6段"


def test_reference_without_section():
    assert reference(replace(CITATION, n=12, section=())) == "【12】云岭市 2031年 · 第6段"


def test_reference_cuts_a_long_heading():
    assert reference(replace(CITATION, section=("章" * 40,))) == f"【1】云岭市 2031年 · {'章' * 24} · 第6段"


def test_plain_answer_then_reference_with_quote():
    assert plain(ANSWER) == (
        "2030年，云岭市规模以上工业增加值增长9.7%【1】。\n\n"
        "【1】云岭市 2031年 · 一、2030年工作回顾 · （一）产业发展 · 第6段\n"
        "    规模以上工业增加值增长9.7%。"
    )


def test_plain_refusal_has_no_references():
    assert plain(REFUSAL) == "资料中未提及。"


def test_plain_tells_how_a_follow_up_was_understood():
    scope = Scope(question="海棠市工业增速", inherited=("工业增速",))
    assert plain(replace(REFUSAL, scope=scope)) == "资料中未提及。\n\n（按“海棠市工业增速”理解）"


def test_plain_suggestions_come_last():
    answer = replace(REFUSAL, suggestions=("云岭市有哪些目标？", "海棠市呢？"))
    assert plain(answer) == "资料中未提及。\n\n可以接着问：云岭市有哪些目标？ 海棠市呢？"


def test_plain_references_one_a_line():
    answer = replace(ANSWER, citations=(CITATION, replace(CITATION, n=2, section=(), quote="乙。")))
    assert plain(answer).endswith("    规模以上工业增加值增长9.7%。\n【2】云岭市 2031年 · 第6段\n    乙。")


def test_markdown_question_answer_references():
    assert markdown(ANSWER) == (
        "**云岭工业增速**\n\n"
        "2030年，云岭市规模以上工业增加值增长9.7%【1】。\n\n"
        "- 【1】云岭市 2031年 · 一、2030年工作回顾 · （一）产业发展 · 第6段：> 规模以上工业增加值增长9.7%。\n"
    )


def test_markdown_without_citations():
    assert markdown(REFUSAL) == "**天鹅数量**\n\n资料中未提及。\n"


@pytest.mark.parametrize(
    ("rank", "expected"),
    [(1, "  1  0.1235  2031-云岭市#6.1  增长9.7%。"), (120, "120  0.1235  2031-云岭市#6.1  增长9.7%。")],
)
def test_hit_line_rank_score_id_text(rank, expected):
    assert hit_line(replace(HIT, rank=rank)) == expected


def test_hit_rows_are_the_json_of_the_contract():
    assert hit_rows([HIT]) == [
        {
            "rank": 1,
            "score": 0.123457,
            "chunk_id": "2031-云岭市#6.1",
            "report_id": "2031-云岭市",
            "paragraph": 6,
            "start": 100,
            "end": 107,
            "text": " 增长9.7%。\n",
        }
    ]


def test_hit_rows_empty():
    assert hit_rows([]) == []


def test_plain_tells_what_the_model_said_that_is_out():
    struck = (Struck("甲。", "没有"), Struck("乙。", "相差较多", shown=True))
    made = Generation("m", "1", note="语言模型的回答里有 2 句未能核实，已删去或标明。", struck=struck)
    lines = plain(replace(ANSWER, mode="llm", generation=made)).splitlines()
    assert lines[2:5] == [
        "（语言模型的回答里有 2 句未能核实，已删去或标明。）",
        "  已删去：甲。（没有）",
        "  未核实：乙。（相差较多）",
    ]


def test_plain_says_nothing_of_a_model_that_was_right():
    assert plain(replace(ANSWER, mode="llm", generation=Generation("m", "1"))) == plain(ANSWER)
