"""The judge of extraction over a report of an invented city, and its command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from extraction_labels import FIRMS, GDP, line, write

from eval import extraction
from eval.labels import read_labels

REVIEW = "2030年，地区生产总值增长6.3%，新增高新技术企业42家。"
PLAN = "新建社区食堂30个。改造农村公路160公里。"
REPORT = f"""政府工作报告
——2031年1月15日在云岭市第五届人民代表大会第六次会议上
云岭市市长 林知远

各位代表：

现在，我代表市人民政府向大会报告政府工作，请予审议。

一、2030年工作回顾

{REVIEW}

二、2031年工作安排

（一）办好民生实事。

{PLAN}
"""
HIGH_TECH = FIRMS | {"indicator": "新增高新技术企业", "core": "高新技术企业"}
CANTEEN = GDP | {
    "said": "30个",
    "value": "30",
    "unit": "个",
    "measure": "added",
    "indicator": "新建社区食堂",
    "core": "社区食堂",
    "period": "2031",
    "kind": "target",
}
ROADS = CANTEEN | {
    "said": "160公里",
    "value": "160",
    "unit": "公里",
    "measure": ["added", "amount"],
    "indicator": "改造农村公路",
    "core": "农村公路",
}
PROMISES = [
    {"text": "新建社区食堂30个", "kind": "新建", "names": []},
    {"text": "改造农村公路160公里", "kind": "改造", "names": []},
]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "2031_云岭市.txt").write_text(REPORT, "utf-8")
    (folder / "manifest.csv").write_text("file,sha256\n", "utf-8")
    return folder


def review(**changes: Any) -> dict[str, Any]:
    return line(**{"text": REVIEW, "figures": [GDP, HIGH_TECH], "commitments": []} | changes)


def plan_line(**changes: Any) -> dict[str, Any]:
    base = {"id": "t-2", "text": PLAN, "figures": [CANTEEN, ROADS], "commitments": PROMISES}
    return line(**base | changes)


def test_score_extracts_and_pairs(tmp_path: Path, reports: Path) -> None:
    pairs, promises = extraction.score(read_labels(write(tmp_path, review(), plan_line())), reports)
    assert [(pair.gold.said, pair.faults) for pair in pairs if pair.gold] == [
        ("6.3%", ()),
        ("42家", ()),
        ("30个", ()),
        ("160公里", ()),
    ]
    assert len(pairs) == 4
    assert [(item.exact, item.kind) for item in promises] == [(True, True), (True, True)]


def test_score_commitments_not_labelled_count_nothing(tmp_path: Path, reports: Path) -> None:
    _, promises = extraction.score(read_labels(write(tmp_path, plan_line(commitments=None))), reports)
    assert promises == []


def test_score_commitments_labelled_as_none_are_extra(tmp_path: Path, reports: Path) -> None:
    _, promises = extraction.score(read_labels(write(tmp_path, plan_line(commitments=[]))), reports)
    assert [(item.gold, item.found is None) for item in promises] == [(None, False)] * 2


def test_score_counts_nothing_outside_the_labelled_text(tmp_path: Path, reports: Path) -> None:
    part = plan_line(text="改造农村公路160公里。", figures=[ROADS], commitments=PROMISES[1:])
    pairs, promises = extraction.score(read_labels(write(tmp_path, part)), reports)
    assert [pair.faults for pair in pairs] == [()]
    assert [item.exact for item in promises] == [True]


def test_score_text_that_stands_twice_is_the_paragraph_with_least_besides(tmp_path: Path) -> None:
    folder = tmp_path / "twice"
    folder.mkdir()
    longer = f"云岭茶产业园建成投产。{PLAN}"
    (folder / "2031_云岭市.txt").write_text(REPORT.replace(REVIEW, longer), "utf-8")
    pairs, _ = extraction.score(read_labels(write(tmp_path, plan_line())), folder)
    assert [pair.faults for pair in pairs] == [(), ()]  # targets: the plan's, not the review's


def run(folder: Path, reports: Path, *flags: str) -> int:
    return extraction.main(["--gold", str(folder / "gold.jsonl"), "--reports", str(reports), *flags])


def test_main_prints_the_three_tables(
    tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, review(), plan_line(figures=[CANTEEN, ROADS | {"period": "2035"}]))
    assert run(tmp_path, reports) == 0
    out, err = capsys.readouterr()
    # 3 of 4 rows exact
    assert "| 全部 | 4 | 4 | 0.750 | 0.750 | 0.750 | 1.000 |" in out
    assert "| 正确率 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 0.750 | 1.000 |" in out
    assert "| 2 | 2 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | – |" in out
    assert "t-2" not in out
    assert err == ""


def test_main_failures_say_what_was_wanted_and_found(
    tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [PROMISES[0] | {"kind": "建成", "names": ["食堂"]}, PROMISES[1]]
    write(tmp_path, plan_line(figures=[CANTEEN, ROADS | {"period": "2035"}], commitments=wrong))
    assert run(tmp_path, reports, "--failures") == 0
    first, second = (row for row in capsys.readouterr().out.splitlines() if row.startswith("t-2"))
    assert first.startswith(
        "t-2 period｜标注 160公里||改造农村公路|农村公路|added/amount|160公里||2035|target|"
    )
    assert "|160公里||2031|target" in first
    assert second.startswith("t-2 承诺 类别、名称｜标注 建成 新建社区食堂30个（食堂）｜抽取 新建 新建 ")


@pytest.mark.parametrize("split", ["sealed", ""])
def test_main_failures_never_list_a_sealed_row(
    tmp_path: Path, reports: Path, split: str, capsys: pytest.CaptureFixture[str]
) -> None:
    missed = {"text": PLAN[:4], "kind": "推进", "names": []}
    sealed = plan_line(split=split, figures=[CANTEEN | {"unit": "家"}], commitments=[missed])
    write(tmp_path, review(figures=[GDP]), sealed)
    assert run(tmp_path, reports, "--failures") == 0
    out, err = capsys.readouterr()
    # 2 labelled; 4 extracted, 1 of them exact: the totals count sealed rows, the list does not show them
    assert "| 全部 | 2 | 4 | 0.250 | 0.500 | 0.333 | 0.500 |" in out
    listed = [row for row in out.splitlines() if "｜" in row]
    assert [row.split("｜")[0] for row in listed] == ["t-1 多"]
    assert "食堂" not in out + err
    assert "公路" not in out + err


def test_main_bad_label_is_one_line_and_code_1(
    tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, review(), "{}")
    assert run(tmp_path, reports) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"{path} 第 2 行：id 缺少这一项\n"


def test_main_unknown_report(tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, review(report="2031-海棠市"))
    assert run(tmp_path, reports) == 1
    assert capsys.readouterr().err == f"t-1：{reports} 里没有 2031-海棠市，有 2031-云岭市\n"


def test_main_paragraph_gone_is_named_by_id_alone(
    tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = REVIEW.replace("2030年", "2029年")
    write(tmp_path, review(split="sealed", text=gone))
    assert run(tmp_path, reports) == 1
    err = capsys.readouterr().err
    assert err == "t-1：2031-云岭市 里没有这一段原文，请核对标注的 text\n"


def test_main_folder_without_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, review())
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(tmp_path, empty) == 1
    assert capsys.readouterr().err == f"{empty} 里没有报告\n"
    assert run(tmp_path, tmp_path / "none") == 1
    assert capsys.readouterr().err == f"{tmp_path / 'none'}：文件或文件夹不存在\n"


def test_main_wrong_split_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        extraction.main(["--split", "test"])
    assert caught.value.code == 2
    assert "--split" in capsys.readouterr().err
