"""Other forms of a question: each as computed by hand, and none where it does not apply."""

import json
from pathlib import Path

import pytest
from small_reports import write_reports

from eval.questions import Question
from eval.variants import FORMS, Setting, in_form, in_pairs, main
from qa.cli import main as qa_main

ABOUT = Setting(("云岭", "海棠"), 2031)
GDP = "云岭市去年GDP增长多少？"


@pytest.mark.parametrize(("form", "said"), [
    ("请问", "请问云岭市去年GDP增长多少？"),
    ("问候、致谢", "你好，我想了解一下，云岭市去年GDP增长多少，谢谢！"),
    ("要出处", "云岭市去年GDP增长多少，告诉我具体数据和出处"),
    ("语气词", "云岭市去年GDP增长多少呀"),
    ("加引号", "“云岭市去年GDP增长多少？”"),
    ("空格代标点", "云岭市去年GDP增长多少"),
    ("繁体", "雲嶺市去年GDP增長多少？"),
    ("去年、今年写成年份", "云岭市2030年GDP增长多少？"),
    ("地名放后", "去年GDP增长多少？云岭的"),
    ("地名断开", "云岭，去年GDP增长多少？"),
    ("时间放前", "去年云岭市GDP增长多少？"),
    ("时间放后", "云岭市GDP增长多少？去年的"),
    ("去年说成过去一年", "云岭市过去一年GDP增长多少？"),
    ("地名前说咱们", "咱们云岭市去年GDP增长多少？"),
])  # fmt: skip
def test_forms(form, said):
    assert FORMS[form](GDP, ABOUT) == said


def test_forms_of_years_and_numbers():
    assert FORMS["年份写两位"]("云岭2030年GDP", ABOUT) == "云岭30年GDP"
    assert FORMS["年份写成去年"]("云岭2030年GDP", ABOUT) == "云岭去年GDP"
    assert FORMS["全角数字"]("高于5%的市", ABOUT) == "高于５％的市"


@pytest.mark.parametrize("form", ["全角数字", "年份写成去年", "地名放后", "时间放后"])
def test_form_that_does_not_apply_changes_nothing(form):
    assert FORMS[form]("两市比，哪个高？", ABOUT) == "两市比，哪个高？"


def question(name: str, asked: str, value: str, kind: str = "figure_actual") -> Question:
    row = {"id": name, "split": "dev", "type": kind, "question": asked, "must": [[value]], "must_not": ["1%"],
           "gold": [{"report": "2031-云岭市", "text": value}]}  # fmt: skip
    return Question.model_validate(row)


def test_pairs_are_of_one_place_and_their_gold_of_both():
    asked = [
        question("a", "云岭市去年GDP增长多少？", "6.3%"),
        question("b", "海棠去年GDP增长多少？", "4.8%"),
        question("c", "云岭和海棠哪个高？", "6.3%"),  # two places
        question("d", "云岭有哪些工作？", "茶", "list"),
        question("e", "云岭今年新增就业多少", "2.8万人"),
    ]
    (joined,) = in_pairs("两问并一问（？另外，）", asked, ABOUT)
    assert joined.question == "云岭市去年GDP增长多少？另外，今年新增就业多少"
    assert (joined.id, joined.must, joined.must_not) == ("e", (("6.3%",), ("2.8万人",)), ())
    assert [gold.text for gold in joined.gold] == ["6.3%", "2.8万人"]
    (after,) = in_pairs("接着问", asked, ABOUT)
    assert (after.question, after.must) == ("今年新增就业多少", (("2.8万人",),))
    assert [turn.content for turn in after.turns] == ["云岭市去年GDP增长多少？"]


def test_in_form_keeps_the_gold():
    row = {"id": "q", "split": "dev", "type": "figure_actual", "question": GDP, "reports": [], "must": [["6.3%"]],
           "gold": [{"report": "2031-云岭市", "text": "增长6.3%"}]}  # fmt: skip
    asked = Question.model_validate(row)
    form = in_form("请问", asked, ABOUT)
    assert form is not None
    assert (form.question, form.must, form.gold) == (f"请问{GDP}", asked.must, asked.gold)
    assert in_form("全角数字", asked, ABOUT) is None


def test_what_is_lost_in_another_form_is_counted_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "index"
    assert qa_main(["ingest", *map(str, write_reports(tmp_path)), "--index", str(index)]) == 0
    rows = [
        {"id": "a", "question": "云岭市去年地区生产总值增长多少？", "must": [["6.3%"]], "reports": ["2031-云岭市"],
         "gold": [{"report": "2031-云岭市", "text": "地区生产总值增长6.3%"}]},
        {"id": "b", "question": "海棠市去年地区生产总值增长多少？", "must": [["9.9%"]], "reports": ["2031-海棠市"],
         "gold": [{"report": "2031-海棠市", "text": "地区生产总值增长4.8%"}]},
    ]  # fmt: skip
    questions = tmp_path / "own.jsonl"
    questions.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    # One form that asks of the other city: the one question that was right is lost.
    monkeypatch.setitem(FORMS, "换地方", lambda question, about: question.replace("云岭", "海棠"))
    capsys.readouterr()
    arguments = ["--questions", str(questions), "--index", str(index), "--out", str(tmp_path / "out")]
    assert main([*arguments, "--forms", "请问", "换地方"]) == 0
    said = capsys.readouterr().out
    assert "原来答对的 1 / 2 题" in said
    assert "| 请问 | 1 | 0 | 1.000 |" in said
    assert "| 换地方 | 1 | 1 | 0.000 |" in said
    (lost,) = (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()
    assert (json.loads(lost)["form"], json.loads(lost)["id"]) == ("换地方", "a")
    assert main([*arguments[:-2], "--totals", "--forms", "请问"]) == 0


def test_index_that_is_not_there_is_said_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--split", "dev", "--index", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_totals_write_no_questions(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--split", "dev", "--totals", "--out", str(tmp_path / "out")])
    assert caught.value.code == 2
    assert not (tmp_path / "out").exists()
