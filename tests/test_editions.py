"""Other editions of a report: each as computed by hand; what an edition loses is counted; none loses a figure."""

import json
from pathlib import Path
from typing import Any

import pytest
from small_reports import YUNLING, write_reports

from eval.editions import EDITIONS, TEXTS, in_edition, main, write_edition
from eval.questions import Question
from qa.chain import Assistant
from qa.errors import EvalDataError
from qa.figures import extract_figures
from qa.load import load_report
from qa.text import fold

SAID = "2030年，“两基”建设投资1163.4亿元，GDP增长5.2%（现价）。"


@pytest.mark.parametrize(("edition", "written"), [
    ("数字两边空格", "2030 年，“两基”建设投资 1163.4 亿元，GDP增长 5.2%（现价）。"),
    ("中西文之间空格", "2030 年，“两基”建设投资 1163.4 亿元，GDP 增长 5.2%（现价）。"),
    ("半角标点", "2030年,“两基”建设投资1163.4亿元,GDP增长5.2%(现价)。"),
    ("西文句号", "2030年，“两基”建设投资1163.4亿元，GDP增长5.2%（现价）."),
    ("直引号", '2030年，"两基"建设投资1163.4亿元，GDP增长5.2%（现价）。'),
    ("角引号", "2030年，「两基」建设投资1163.4亿元，GDP增长5.2%（现价）。"),
    ("繁体", "2030年，“兩基”建設投資1163.4億元，GDP增長5.2%（現價）。"),
    ("全角数字", "２０３０年，“两基”建设投资１１６３．４亿元，GDP增长５．２％（现价）。"),
    ("千分位", "2030年，“两基”建设投资1,163.4亿元，GDP增长5.2%（现价）。"),
    ("硬换行", "　　2030年，“两基”建设投资1163.4亿元，GDP增长5.2%（现价）\n。"),
    ("三年前的报告", "2027年，“两基”建设投资1163.4亿元，GDP增长5.2%（现价）。"),
])  # fmt: skip
def test_editions(edition, written):
    assert TEXTS[edition](SAID) == written


def test_spaces_inside_words_are_the_same_in_every_run():
    text = "全市上下团结奋斗" * 40
    made = TEXTS["词里有空格"](text)
    assert made.replace(" ", "") == text
    assert made == TEXTS["词里有空格"](text)
    assert 3 <= made.count(" ") <= 25  # 319 places, 3 in 100 of them: 9.6


def test_pages_bear_the_title_and_a_number():
    lines = ["政府工作报告", *["字" * 30] * 60]  # two characters of indent each: one line a paragraph
    pages = TEXTS["分页、页眉、页码"]("\n".join(lines)).split("\n")
    assert pages[0] == "　　政府工作报告"
    assert [(i, line) for i, line in enumerate(pages) if line.startswith("—")] == [
        (28, "— 1 —"), (58, "— 2 —"), (65, "— 3 —"),
    ]  # fmt: skip  # 28 lines and a number; the title, 28 lines and a number; the title, 5 lines and a number
    assert (pages[29], pages[59]) == ("政府工作报告", "政府工作报告")


def test_printed_pages_bear_time_title_and_address_and_headings_are_told_twice():
    lines = ["一、二〇年回顾", *["全市人民" + "字" * 30] * 28]  # one line each, 28 a page
    pages = TEXTS["浏览器打印"]("\n".join(lines)).split("\n")
    head, foot = "2033/3/23 21:07 政府⼯作报告_政府⽹", "https://www.example.cn/gb/1.html"
    assert pages[:3] == [head, "⼀ 、 ⼆ 〇 年 回 顾⼀ 、 ⼆ 〇 年 回 顾", "全市⼈⺠" + "字" * 30]
    assert pages[29:] == [f"{foot} 1/2", head, "全市⼈⺠" + "字" * 30, f"{foot} 2/2"]


def given(tmp_path: Path) -> list[Path]:
    (tmp_path / "given").mkdir()
    return write_reports(tmp_path / "given")


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_edition_changes_a_figure(tmp_path, edition):
    (path, _) = given(tmp_path)
    other = tmp_path / "other"
    write_edition(edition, path.parent, other)
    made = max(file for file in other.iterdir() if "云岭" in fold(file.name))

    def rows(file: Path, years: int) -> list[tuple[str, ...]]:
        found = extract_figures(load_report(file))
        return [
            (fold(f.indicator), str(f.value), f.unit, f.comparator, f.kind, str(int(f.period) + years))
            for f in found
        ]

    assert rows(made, 3 if edition == "三年前的报告" else 0) == rows(path, 0)


def question(name: str, asked: str, value: str) -> dict[str, object]:
    return {"id": name, "question": asked, "must": [[value]]}


def test_question_about_earlier_reports_asks_of_earlier_years():
    item = Question.model_validate(
        question("a", "云岭市2030年GDP增长多少？", "2030年") | {"must_not": ["2031年"]}
    )
    moved = in_edition("三年前的报告", item)
    assert (moved.question, moved.must, moved.must_not) == (
        "云岭市2027年GDP增长多少？",
        (("2027年",),),
        ("2028年",),
    )
    assert in_edition("繁体", item) is item


def test_reports_of_the_year_before_stand_beside_and_nothing_unsaid_is_asked(tmp_path):
    write_edition("连同前一年的报告", given(tmp_path)[0].parent, tmp_path / "other")
    names = sorted(file.name for file in (tmp_path / "other").iterdir())
    assert names == ["2030_云岭市.txt", "2030_海棠市.txt", "2031_云岭市.txt", "2031_海棠市.txt"]
    assert "2030年1月15日" in (tmp_path / "other" / "2030_云岭市.txt").read_text("utf-8")
    unsaid = Question.model_validate({"id": "a", "question": "云岭市2029年GDP？", "abstain": True})
    assert in_edition("连同前一年的报告", unsaid) is None


def test_what_is_lost_in_another_edition_is_counted_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = given(tmp_path)[0].parent
    rows = [
        question("a", "云岭市去年地区生产总值增长多少？", "6.3%"),
        question("b", "海棠市去年地区生产总值增长多少？", "9.9%"),
    ]
    questions = tmp_path / "own.jsonl"
    questions.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    # An edition that says another number: the one question that was right is lost.
    monkeypatch.setitem(TEXTS, "改数字", lambda text: text.replace("6.3%", "3.6%"))
    monkeypatch.setattr("eval.editions.EDITIONS", ("繁体", "改数字"))
    arguments = ["--questions", str(questions), "--reports", str(reports), "--out", str(tmp_path / "out")]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "原来答对的 1 / 2 题" in said
    assert "| 繁体 | 1 | 0 | 1.000 |" in said
    assert "| 改数字 | 1 | 1 | 0.000 |" in said
    (lost,) = (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()
    assert (json.loads(lost)["edition"], json.loads(lost)["id"]) == ("改数字", "a")


def test_crash_of_the_product_counts_as_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = given(tmp_path)[0].parent
    questions = tmp_path / "own.jsonl"
    row = question("a", "云岭市去年地区生产总值增长多少？", "6.3%")
    questions.write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    ask, asked = Assistant.ask, []

    def second_fails(self: Assistant, text: str, *rest: Any) -> Any:
        asked.append(text)
        if len(asked) > 1:
            raise IndexError("tuple index out of range")
        return ask(self, text, *rest)

    monkeypatch.setattr(Assistant, "ask", second_fails)
    assert main(["--questions", str(questions), "--reports", str(reports), "--editions", "繁体"]) == 0
    assert "| 繁体 | 1 | 1 | 0.000 |" in capsys.readouterr().out


def test_folder_without_text_files_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    with pytest.raises(EvalDataError, match=r"没有 \.txt"):
        write_edition("繁体", tmp_path / "given", tmp_path / "made")


def test_totals_write_no_questions(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--totals", "--out", str(tmp_path / "out")])
    assert caught.value.code == 2


def test_report_in_chinese_numerals_tells_the_same_figures(tmp_path: Path) -> None:
    text = (
        YUNLING.replace("58.4亿元", "五十八点四亿元")
        .replace("6.3%", "百分之六点三")
        .replace("2.6万人", "二点六万人")
    )
    text = text.replace("210个", "二百一十个").replace("160公里", "一百六十公里").replace("42家", "四十二家")
    (path, _) = given(tmp_path)
    path.write_text(text, "utf-8")
    found = {(f.indicator, str(f.value), f.unit) for f in extract_figures(load_report(path))}
    assert {
        ("地区生产总值", "6.3", "%"), ("一般公共预算收入", "58.4", "亿元"), ("城镇新增就业", "2.6", "万人"),
        ("实施重大项目", "210", "个"), ("改造农村公路", "160", "公里"), ("新增高新技术企业", "42", "家"),
    } <= found  # fmt: skip
