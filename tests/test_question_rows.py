"""Users' own question files: forms, encodings, escapes, and every bad line named at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.command import QUESTIONS
from eval.questions import Question, locate_all, read_questions
from qa.errors import EvalDataError

ROOT = QUESTIONS.parent.parent


def csv_file(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "题.csv") -> Path:
    path = folder / name
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def only(path: Path) -> Question:
    (question,) = read_questions([path])
    return question


def problems(path: Path) -> list[str]:
    with pytest.raises(EvalDataError) as caught:
        read_questions([path])
    return [line.removeprefix(f"{path}:") for line in str(caught.value).split("\n")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_encodings(tmp_path: Path, encoding: str) -> None:
    found = only(csv_file(tmp_path, "编号,问题,必须出现", "甲1,增长多少？,6.1%", encoding=encoding))
    assert (found.id, found.question, found.must) == ("甲1", "增长多少？", (("6.1%",),))


def test_jsonl_gb18030_and_defaults(tmp_path: Path) -> None:
    path = tmp_path / "题.jsonl"
    row = {
        "question": "增长多少？",
        "must": [["6.1%"]],
        "gold": [{"report": "2024-甲市", "text": "增长6.1%"}],
    }
    path.write_bytes(("# 说明\n\n" + json.dumps(row, ensure_ascii=False)).encode("gb18030"))
    found = only(path)
    assert (found.id, found.split, found.type, found.abstain) == ("题-3", "own", "other", False)
    assert found.reports == ("2024-甲市",)


def test_unreadable_bytes_and_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_bytes(b"question\n\xff\xff\xff\n")
    with pytest.raises(EvalDataError, match="不是 UTF-8，也不是 GB18030"):
        read_questions([path])
    with pytest.raises(EvalDataError, match="读不出来"):
        read_questions([tmp_path / "none.csv"])


def test_csv_groups_alternatives_and_escapes(tmp_path: Path) -> None:
    found = only(
        csv_file(
            tmp_path,
            "question,must,must_not,direct,ordered",
            r"列出来？,a|b；c \; d｜e \| f;路径 C:\\,x; y,甲,是",
        )
    )
    assert found.must == (("a", "b"), ("c ; d", "e | f"), ("路径 C:\\",))
    assert found.must_not == ("x", "y")
    assert found.direct == (("甲",),) and found.ordered is True


def test_csv_quoted_cells_gold_and_history(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        "question,must,gold,history",
        '那乙市呢？,7%,"2024-乙市：增长7%；其中，“一产”增长3%|',
        '2023-乙市: 增长6%","用户：甲市增长多少？',
        '助手：甲市：增长5%。"',
        "后一题,8%,,",
    )
    first, second = read_questions([path])
    # Only line breaks part gold texts; marks in them are text.
    assert [(item.report, item.text) for item in first.gold] == [
        ("2024-乙市", "增长7%；其中，“一产”增长3%|"),
        ("2023-乙市", "增长6%"),
    ]
    assert first.reports == ("2024-乙市", "2023-乙市")
    assert [(turn.role, turn.content) for turn in first.turns] == [
        ("user", "甲市增长多少？"),
        ("assistant", "甲市：增长5%。"),
    ]
    # The second question begins in the fifth line of the file.
    assert second.id == "题-5"


def test_csv_gold_takes_the_report_column(tmp_path: Path) -> None:
    found = only(csv_file(tmp_path, "question,must,report,gold", "多少？,7%,2024-乙市,增长7%"))
    assert [(item.report, item.text) for item in found.gold] == [("2024-乙市", "增长7%")]


def test_csv_refusal_without_reason(tmp_path: Path) -> None:
    found = only(csv_file(tmp_path, "question,abstain", "写首诗,是"))
    assert (found.abstain, found.reason) == (True, None)


def test_tsv(tmp_path: Path) -> None:
    assert only(csv_file(tmp_path, "question\tmust", "多少，谁？\t7%", name="q.tsv")).question == "多少，谁？"


def test_csv_every_bad_line_is_named(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        "编号,问题,必须出现,应拒答,report,原文,history",
        "1,没有must,,,,,",
        "2,好的,5%,,,,",
        "2,编号重复,5%,,,,",
        "4,,5%,,,,",
        "5,不是是否,5%,也许,,,",
        "6,原文没有报告,5%,,,增长5%,",
        "7,多了一格,5%,,,,,多",
        "8,上文不对,5%,,,,问了一句",
    )
    assert problems(path) == [
        "2：整行：可回答的问题要写 must（答案里必须出现的内容）；应拒答的问题写 abstain 为 true",
        f"4：id：编号 2 已在 {path}:3 用过，请换一个",
        "5：question：缺少这一项",
        "6：应拒答：应是 true、false、是、否、1 或 0，现在是 也许",
        "7：原文：原文前要写报告编号，如 2024-某市：原文；或在 report 列只写一份报告",
        '8：整行：有 8 格，列名只有 7 个；格里有逗号时整格用 "…" 括起',
        "9：history：每行应以“用户：”或“助手：”开头",
    ]


def test_csv_header_problems(tmp_path: Path) -> None:
    (first, second) = problems(csv_file(tmp_path, "题目,编号,id", "多少？,1,2"))[:2]
    assert first.startswith("1：题目：不认识的列；可用的列：id、split、type、question")
    assert second == "1：编号：id 列重复了"


def test_csv_unpaired_quote(tmp_path: Path) -> None:
    (found,) = problems(csv_file(tmp_path, "question,must", "一,5%", '二,"5%', "三,6%"))
    assert found.startswith("3：整行：引号不成对")


def test_jsonl_every_bad_line_is_named(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        '{"question": "好", "must": [["1"]]}',
        '{"question": "坏",}',
        "[1]",
        '{"question": "键", "must": [["1"]], "mustnt": []}',
        '{"question": 5, "must": "1", "split": "x", "gold": ["t"]}',
        name="q.jsonl",
    )
    found = problems(path)
    assert found[0].startswith("2：整行：不是合法的 JSON（第 18 个字符处")
    assert found[1].startswith("3：整行：每行应是一个 {…} 对象")
    assert found[2].startswith("4：mustnt：不认识的键；可用的键：id、")
    assert found[3:] == [
        "5：split：应是 dev、test、unseen、seen、own 之一，现在是 'x'",
        "5：question：应是文字（带引号的字符串），现在是 '5'",
        '5：must：应是列表，如 must 写 [["6.1%"], ["第三位", "第3位"]]，现在是 \'1\'',
        '5：gold.0：应是对象，如 gold 写 [{"report": "2024-某市", "text": "原文"}]，现在是 \'t\'',
    ]


def test_templates_agree_and_stand_in_the_reports() -> None:
    from_csv = read_questions([ROOT / "eval" / "template.csv"])
    from_json = read_questions([ROOT / "eval" / "template.jsonl"])
    assert from_csv == from_json
    assert len(from_csv) == 4
    files = (ROOT / "data" / "reports").glob("*_*.txt")
    texts = {path.stem.replace("_", "-", 1): path.read_text("utf-8-sig") for path in files}
    assert [len(gold) for gold in locate_all(from_csv, texts)] == [1, 0, 2, 0]
