"""govqa reports, figures and commitments: tables, JSON, CSV, and what they load."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cli_process import ROOT, govqa
from small_reports import REPORT_IDS

from qa.cli import main
from qa.store import Index


def test_reports_json(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reports", "--json", "--index", str(small_index)]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["report_id"], row["place"], row["year"]) for row in rows] == [
        ("2031-云岭市", "云岭市", 2031),
        ("2031-海棠市", "海棠市", 2031),
    ]


def test_reports_prints_one_line_a_report(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reports", "--index", str(small_index)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines] == list(REPORT_IDS)


def test_figures_json_filtered(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flags = ["--place", "云岭市", "--year", "2031", "--kind", "target", "--indicator", "地区生产总值"]
    assert main(["figures", *flags, "--json", "--index", str(small_index)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["value"], row["unit"], row["comparator"], row["period"]) == ("6.5", "%", "以上", "2031")
    assert "地区生产总值增长6.5%以上" in row["clause"]


def test_figures_csv_has_byte_order_mark(small_index: Path) -> None:
    done = govqa("figures", "--csv", "--indicator", "地区生产总值", "--index", str(small_index))
    assert done.returncode == 0
    assert done.stdout.startswith("\ufeffreport_id,place,year,indicator,")
    rows = list(csv.DictReader(done.stdout.removeprefix("\ufeff").splitlines()))
    assert [(row["place"], row["kind"], row["value"]) for row in rows] == [
        ("云岭市", "actual", "6.3"),
        ("云岭市", "target", "6.5"),
        ("海棠市", "actual", "4.8"),
        ("海棠市", "target", "5.5"),
    ]


def test_figures_table_has_heads_and_aligned_columns(
    small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ["--place", "云岭", "--indicator", "GDP"]
    assert main(["figures", *flags, "--index", str(small_index)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "报告#段         时间  类别  指标          口径  数值      原文",
        "2031-云岭市#7   2030  实绩  地区生产总值  增速  6.3%      地区生产总值增长6.3%",
        "2031-云岭市#11  2031  目标  地区生产总值  增速  6.5%以上  地区生产总值增长6.5%以上",
    ]


def test_figures_sector_text_and_period(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def values(*flags: str) -> list[str]:
        assert main(["figures", *flags, "--json", "--index", str(small_index)]) == 0
        return [row["value"] for row in json.loads(capsys.readouterr().out)]

    assert values("--sector", "项目建设") == ["210", "320"]
    assert values("--text", "货物 吞吐量", "--period", "2031") == ["1.4"]
    assert values("--text", "货物 吞吐量", "--period", "2030") == ["1.3"]


def test_figures_nothing_found_is_one_line_on_stderr(
    small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figures", "--indicator", "老旧小区数量", "--index", str(small_index)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "没有指标为“老旧小区数量”的；最接近的指标：改造老旧小区" in err


def test_figures_nothing_found_as_json_and_csv_is_empty(
    small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figures", "--year", "1999", "--json", "--index", str(small_index)]) == 0
    assert capsys.readouterr() == ("[]\n", "没有符合条件的结果（年份 1999）：没有年份为“1999”的；有 2031\n")
    done = govqa("commitments", "--year", "1999", "--csv", "--index", str(small_index))
    assert done.stdout == (
        "\ufeffreport_id,place,year,kind,verb,text,sector,period,names,figures,paragraph,start,end\n"
    )


@pytest.mark.parametrize("command", ["figures", "commitments"])
def test_listing_unknown_place_fails(
    command: str, small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--place", "乌有市", "--index", str(small_index)]) == 1
    assert capsys.readouterr() == ("", "错误：没有一个地区对应“乌有市”：有 云岭市、海棠市\n")


def test_commitments_table(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["commitments", "--place", "云岭", "--sector", "实事", "--index", str(small_index)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "报告#段         时间  类别  领域          承诺",
        "2031-云岭市#13  2031  新建  办好民生实事  新建社区食堂30个",
        "2031-云岭市#13  2031  改造  办好民生实事  改造农村公路160公里",
    ]


def test_commitments_json(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["commitments", "--kind", "开工", "--json", "--index", str(small_index)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    text = Index.open(small_index).text(row["report_id"])
    assert row["text"] == "开工建设深水泊位4个" == text[row["start"] : row["end"]]
    assert (row["place"], row["verb"], row["sector"], row["names"]) == (
        "海棠市", "开工建设", "建设现代化港口", [],
    )  # fmt: skip
    assert [(one["value"], one["unit"]) for one in row["figures"]] == [("4", "个")]


def test_commitments_csv_names_and_figures_are_text(small_index: Path) -> None:
    done = govqa("commitments", "--text", "农村公路", "--csv", "--index", str(small_index))
    (row,) = list(csv.DictReader(done.stdout.removeprefix("\ufeff").splitlines()))
    assert (row["kind"], row["text"]) == ("改造", "改造农村公路160公里")
    assert row["figures"].endswith("农村公路 160公里")


def test_reports_counts_commitments(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reports", "--index", str(small_index)]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.endswith(f"  {len(Index.open(small_index).commitments(REPORT_IDS[0]))} 条承诺")


@pytest.mark.parametrize("command", ["reports", "figures", "commitments"])
def test_listing_loads_no_encoder(command: str, small_index: Path) -> None:
    code = (
        "import sys; from qa.cli import main; main(sys.argv[1:])\n"
        "print(sorted({'torch', 'onnxruntime', 'sentence_transformers', 'chromadb'} & set(sys.modules)))"
    )
    arguments = [sys.executable, "-c", code, command, "--index", str(small_index)]
    done = subprocess.run(arguments, capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
