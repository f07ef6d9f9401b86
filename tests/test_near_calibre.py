"""Values of the places a question names whose deeds differ a little: computed and said so, or kept apart."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from shelf_reports import shelf_of_texts, write_texts

REPORT = """政府工作报告
——2031年1月15日在{place}第五届人民代表大会第六次会议上

各位代表：

现在，我代表市人民政府向大会报告政府工作，请予审议。

一、2030年工作回顾

2030年，地区生产总值增长{growth}%。{past}

二、2031年工作安排

今年的主要预期目标是：地区生产总值增长6%左右。{plan}
"""

SAID = {
    "石湾市": (
        "5.2",
        "认定高新技术企业61家，新建学校18所，改造农贸市场9个。实施“百企升级”项目38个。新开工保障性住房3000套。",
        "新建高标准农田2.4万亩、改造提升1.5万亩高标准农田。新建农村公路12公里、改造农村公路30公里。",
    ),
    "竹陵市": (
        "4.8",
        "新增高新技术企业42家，新建、改扩建学校26所，新建农贸市场4个。鸿泰机械等15个项目列入省“百企升级”工程项目。建成保障性住房1200套。",
        "新建和改造提升高标准农田5.1万亩。新建和改造农村公路25公里。",
    ),
    "榕江市": (
        "3.1",
        "新增高新技术企业17家，现有学校310所。",
        "新建高标准农田1.1万亩、改造提升0.7万亩高标准农田。",
    ),
}


TEXTS = {
    f"2031_{place}": REPORT.format(place=place, growth=growth, past=past, plan=plan)
    for place, (growth, past, plan) in SAID.items()
}


@pytest.fixture(scope="module")
def shelf():
    return shelf_of_texts(TEXTS)


@pytest.mark.parametrize(
    ("question", "computed"),
    [
        ("石湾市和竹陵市去年认定高新技术企业差多少家？", "石湾市（61家）比竹陵市（42家）多19家"),  # 61 - 42
        ("竹陵市去年新建学校比石湾市多几所？", "竹陵市（26所）比石湾市（18所）多8所"),  # 26 - 18
        ("石湾市和竹陵市去年的“百企升级”项目相差多少个？", "石湾市（38个）比竹陵市（15个）多23个"),  # 38 - 15
    ],
)
def test_deeds_that_differ_a_little_are_computed_and_said_so(shelf, question, computed):
    answer = shelf.ask(question).done.answer
    assert computed in answer
    assert "各地口径不尽相同" in answer


@pytest.mark.parametrize(
    "question",
    [
        "石湾市和竹陵市去年改造和新建农贸市场谁多？",  # 改造 beside 新建
        "石湾市和竹陵市去年保障性住房谁多，多几套？",  # 开工 beside 建成
        "石湾市和榕江市去年学校谁多，多几所？",  # new ones beside all there are
        "石湾市和竹陵市今年农村公路谁多？",  # 石湾市 tells both deeds apart: its sum is 42
    ],
)
def test_other_deeds_and_stocks_are_not_computed(shelf, question):
    answer = shelf.ask(question).done.answer
    assert "计算得出" not in answer
    assert "最高的是" not in answer and "最多的是" not in answer


def test_bound_of_a_sum_counts_the_place_that_states_it_as_one(shelf):
    answer = shelf.ask("今年高标准农田新建加改造合起来超过3万亩的是哪几个市？").done.answer
    # 石湾市 2.4 + 1.5 = 3.9, 竹陵市 5.1 as it stands, 榕江市 1.1 + 0.7 = 1.8
    assert answer.startswith("符合条件的有2个：石湾市（合计3.9万亩）、竹陵市（合计5.1万亩）")
    assert "榕江市2031年新建高标准农田目标（1.1万亩）" in answer and "合计1.8万亩" in answer


def test_bound_of_a_sum_that_nobody_meets(shelf):
    answer = shelf.ask("今年高标准农田新建加改造合计超过6万亩的有哪些市？").done.answer
    assert answer.startswith("没有一个地方符合条件。")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("去年GDP增速最快的两个市是哪些？", ["所问的是石湾市（增长5.2%）、竹陵市（增长4.8%）"]),
        (
            "去年GDP增速第二名和倒数第一名分别是谁？",
            ["所问的是竹陵市（增长4.8%）", "所问的是榕江市（增长3.1%）"],
        ),
        (
            "去年GDP增速最高和第二高的各是哪个市？",
            ["最高的是石湾市（增长5.2%）", "所问的是竹陵市（增长4.8%）"],
        ),
        # 4.8 - 3.1
        ("去年GDP增速第二名比第三名高多少？", ["竹陵市（增长4.8%）比榕江市（增长3.1%）高1.7个百分点"]),
        ("去年GDP增速第四名是谁？", ["所问的这一名没有"]),
    ],
)
def test_places_of_an_order(shelf, question, said):
    answer = shelf.ask(question).done.answer
    assert [part for part in said if part not in answer] == []


QUESTIONS = (
    "石湾市和竹陵市去年认定高新技术企业差多少家？",
    "去年新建学校20所以上的是哪些市？各多少所",
    "今年高标准农田新建加改造合起来超过3万亩的是哪几个市？",
    "三个市去年有哪些项目，各多少个",
    "各市去年新增多少，今年改造多少",
)

PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from shelf_reports import shelf_of
shelf = shelf_of(sorted(Path(sys.argv[2]).iterdir()))
print([shelf.ask(question).done.answer for question in sys.argv[3:]])
"""


def test_answers_are_the_same_whatever_the_hash_seed(tmp_path):
    """The order of a set changes with the seed; no answer may."""
    write_texts(tmp_path, TEXTS)
    here = Path(__file__).parent
    command = [sys.executable, "-c", PROGRAM, str(here), str(tmp_path), *QUESTIONS]
    runs = [
        subprocess.run(
            command,
            cwd=here.parent,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(here.parent)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    ]
    assert len(runs[0]) > 100
    assert runs[1:] == [runs[0]] * 2
