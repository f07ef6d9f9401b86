"""Reports without what proves an answer: what is taken out, as worked out by hand; what is then answered is counted."""

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_reports import HAITANG, write_reports

from eval.questions import Question
from eval.withheld import BY, main, of_another_time, of_elsewhere, outcome, withhold, without
from qa.types import Answer, AnswerFigure

SAID = "去年，粮食增产4%，油料持平；茶叶增产9%。今年稳产。\n下一段。"


@pytest.mark.parametrize(("by", "words", "left"), [
    ("整句", "油料持平", "茶叶增产9%。今年稳产。\n下一段。"),
    ("一处", "油料持平", "去年，粮食增产4%；茶叶增产9%。今年稳产。\n下一段。"),
    ("一处", "粮食增产4%", "去年，油料持平；茶叶增产9%。今年稳产。\n下一段。"),
    ("整句", "茶叶增产9%", "去年，粮食增产4%，油料持平；今年稳产。\n下一段。"),
    ("整句", "稳产。", "去年，粮食增产4%，油料持平；茶叶增产9%。\n下一段。"),
    ("整句", "下一段", "去年，粮食增产4%，油料持平；茶叶增产9%。今年稳产。\n"),
    ("整句", "没有的话", SAID),
])  # fmt: skip
def test_what_stands_between_two_marks_is_taken_out(by, words, left):
    assert without(SAID, words, BY[by]) == left


def test_words_are_taken_out_everywhere():
    assert without("甲增1%，乙增2%。丙。甲增1%。", "甲增1%", BY["一处"]) == "乙增2%。丙。"


def question(name: str, asked: str, value: str, proof: str, **more: object) -> Question:
    said = {"id": name, "question": asked, "must": [[value]]}
    return Question.model_validate(said | {"gold": [{"report": "2031-海棠市", "text": proof, **more}]})


def test_only_questions_all_of_whose_proofs_are_gone_are_asked(tmp_path):
    reports = tmp_path / "given"
    reports.mkdir()
    write_reports(reports)
    (reports / "more.docx").write_bytes(b"x")
    files = {"2031-海棠市": "2031_海棠市.txt"}
    gone = question("a", "q", "4.8%", "地区生产总值增长4.8%", also=["新增城市绿地120公顷"])
    absent = question("b", "q", "1%", "没有这句")
    elsewhere = Question.model_validate(
        {"id": "c", "question": "q", "must": [["x"]], "gold": [{"report": "别的", "text": "x"}]}
    )
    assert withhold([gone, absent, elsewhere], files, reports, tmp_path / "left", BY["一处"]) == [gone]
    left = (tmp_path / "left" / "2031_海棠市.txt").read_text("utf-8")
    assert left == HAITANG.replace("地区生产总值增长4.8%，", "").replace("，新增城市绿地120公顷", "")
    assert (tmp_path / "left" / "more.docx").read_bytes() == b"x"  # other files come along as they are


def test_outcomes():
    asked = question("a", "q", "4.8%", "x")
    figure = AnswerFigure("GDP", "增速", "5.5", "%", "", "海棠市", "2031", "target", False, 1, "supported")
    answer = Answer("a", "q", "增长5.5%。", False, None, "extract")
    assert outcome(asked, replace(answer, abstained=True)) == "拒答"
    assert outcome(asked, replace(answer, answer="增长4.8%。")) == "仍答对"
    assert outcome(asked, replace(answer, figures=(figure,))) == "另给了数"
    assert outcome(asked, answer) == "另引了原文"


def test_what_was_right_of_its_own_place_is_not_right_of_another():
    answer = Answer("a", "q", "增长4.8%。", False, None, "extract")
    assert outcome(question("a", "q", "4.8%", "x"), answer, gone=False) == "另引了原文"


ABOUT = [SimpleNamespace(place="云岭市", year=2031), SimpleNamespace(place="海棠市", year=2031)]


def test_question_of_a_city_that_no_report_names():
    asked = question("a", "云岭去年GDP多少？", "1", "x")
    assert of_elsewhere(asked, ABOUT, ["唐山"]).question == "邯郸去年GDP多少？"  # the next of two characters
    for said in ("去年GDP多少？", "云岭和海棠去年GDP多少？", "云岭去年比云岭前年多多少？"):
        assert of_elsewhere(question("a", said, "1", "x"), ABOUT, []) is None


def test_question_of_a_year_that_no_report_names():
    asked = question("a", "云岭去年GDP多少？", "1", "x")
    assert (
        of_another_time(asked, ABOUT, ["2027年"]).question == "云岭2026年GDP多少？"
    )  # 2031 - 1 - 3 is named
    assert (
        of_another_time(question("a", "云岭2030年GDP？", "1", "x"), ABOUT, [""]).question == "云岭2027年GDP？"
    )
    for said in ("云岭GDP多少？", "云岭去年和今年GDP多少？"):
        assert of_another_time(question("a", said, "1", "x"), ABOUT, []) is None


def test_answers_without_proof_are_counted_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.withheld.GROUPS", 1)
    reports = tmp_path / "given"
    reports.mkdir()
    write_reports(reports)
    items = [
        question("a", "海棠市去年地区生产总值增长多少？", "4.8%", "地区生产总值增长4.8%"),
        # The growth stays: an answer with it alone has not the amount.
        question("b", "海棠市去年一般公共预算收入多少，增长多少？", "102.7亿元", "102.7亿元"),
        question("c", "海棠市去年新增绿地多少公顷？", "999", "新增城市绿地120公顷"),  # wrong from the first
    ]
    rows = "\n".join(json.dumps(item.model_dump(mode="json"), ensure_ascii=False) for item in items)
    (tmp_path / "own.jsonl").write_text(rows, "utf-8")
    arguments = ["--questions", str(tmp_path / "own.jsonl"), "--reports", str(reports)]
    arguments += ["--by", "整句", "别的地方", "别的年份"]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "原来答对、标了原文的 2 题" in said
    for by in ("整句", "别的地方", "别的年份"):  # both stand in one sentence, which is gone
        assert f"| {by} | 2 | 2 | 0 | 0 | 0 | 1.000 |" in said
    assert (tmp_path / "out" / "records.jsonl").read_text("utf-8") == ""


def test_questions_without_gold_cannot_be_asked(tmp_path, capsys):
    write_reports(tmp_path)
    asked = {"id": "a", "question": "海棠市去年地区生产总值增长多少？", "must": [["4.8%"]]}
    (tmp_path / "own.jsonl").write_text(json.dumps(asked, ensure_ascii=False), "utf-8")
    reports = tmp_path / "given"
    reports.mkdir()
    write_reports(reports)
    assert main(["--questions", str(tmp_path / "own.jsonl"), "--reports", str(reports), "--by", "整句"]) == 1
    assert "没有一题可以这样问" in capsys.readouterr().err


def test_totals_write_no_question(capsys):
    with pytest.raises(SystemExit):
        main(["--totals", "--out", "x"])
    assert "--totals 不写出题目" in capsys.readouterr().err
