"""Questions about the report of an earlier year beside newer ones, and about cities that only the report of their province tells of."""

import pytest
from shelf_reports import shelf_of_texts

NATION = """政府工作报告
——2027年3月5日在第十五届全国人民代表大会第五次会议上

各位代表：

一、2026年工作回顾

国内生产总值同比增长4.9%。城镇新增就业1260万人。

二、2027年工作部署

赤字率拟按3.1%安排，比去年预算高0.3个百分点。财政赤字4.12万亿元，其中中央财政赤字3.32万亿元，地方财政赤字8000亿元。安排地方政府专项债券3.6万亿元，比上年增加2500亿元。

完成铁路投资8100亿元、水运投资2600亿元。
"""

PROVINCE = """甘肃省2031年政府工作报告
——2031年1月20日在甘肃省第十五届人民代表大会第四次会议上

各位代表：

一、2030年工作回顾

地区生产总值增长5.3%，居民人均可支配收入增长6.1%。

中欧班列（兰州）开行412列、增长9.6%。天水入选国家区域医疗中心试点城市。

二、2031年重点工作

支持天水建设集成电路封测基地，推动张掖发展玉米制种产业。
"""

SHELF = shelf_of_texts({"国务院2027年政府工作报告": NATION, "甘肃省2031年政府工作报告": PROVINCE})


def values(question: str) -> list[str]:
    done = SHELF.ask(question).done
    return [f"{figure.value}{figure.unit}" for figure in done.figures]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # parts of a question are of the plan of that report, as the whole question would be
        ("2027年铁路投资多少，水运投资多少", ["8100亿元", "2600亿元"]),
        ("2026年全国GDP增长多少，城镇新增就业多少人", ["4.9%", "1260万人"]),
        # 同比增长 chooses no report, though one alone uses it
        ("中欧班列兰州2030年开了多少列，同比增长多少", ["412列", "9.6%"]),
        # against the year before that year, not before the newest report
        ("2027年赤字率比上年高多少", ["3.1%", "0.3个百分点"]),
        ("2027年赤字率多少，比上年高多少", ["3.1%", "0.3个百分点"]),
        ("2027年专项债多少，比上一年多多少", ["3.6万亿元", "2500亿元"]),
        ("2027年专项债比去年多安排多少", ["2500亿元"]),
        ("2027年专项债涨了多少亿", ["2500亿元"]),
        ("2027年专项债发多少块", ["3.6万亿元"]),
        # whose deficit
        ("2027年财政赤字多少", ["4.12万亿元"]),
        ("2027年中央财政赤字多少", ["3.32万亿元"]),
        ("2027年地方财政赤字规模多大", ["8000亿元"]),
        ("2027年中央和地方财政赤字各多少", ["3.32万亿元", "8000亿元"]),
    ],
)
def test_figures_of_an_older_report(question, expected):
    assert values(question) == expected


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("天水要建什么基地", "集成电路封测基地"),
        ("张掖要发展什么产业", "玉米制种产业"),
        ("中欧班列兰州2030年开了多少列", "412列"),
    ],
)
def test_deeds_of_a_city_are_told_by_its_province(question, told):
    done = SHELF.ask(question).done
    assert (done.reason, told in done.answer) == (None, True)


@pytest.mark.parametrize(
    "question",
    [
        "天水2030年GDP增长多少",
        "天水人均收入",
        "天水GDP是什么水平",
        "酒泉要建什么基地",
        "天水什么产业增长最快",
    ],
)
def test_figures_of_a_city_are_not_those_of_its_province(question):
    assert SHELF.ask(question).done.reason == "no_such_report"


TURNED = """青屏市2031年政府工作报告
——2031年1月20日在青屏市第十五届人民代表大会第四次会议上

各位代表：

一、2030年工作回顾

2030年，地区生产总值增长5.3%。

五年来，综合实力大幅跃升。高铁里程由560公里增加到1320公里，充电桩从0.8万个增加到6.9万个。绿道达到90公里。

二、2031年重点工作

新增充电桩1万个。
"""

FIVE_YEARS = shelf_of_texts({"青屏市2031年政府工作报告": TURNED, "甘肃省2031年政府工作报告": PROVINCE})


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("青屏市2025年高铁里程多少公里", ["560"]),
        ("青屏市充电桩五年前有多少，现在多少", ["0.8", "6.9"]),
        ("青屏市高铁里程从五年前的多少增加到现在的多少", ["560", "1320"]),
    ],
)
def test_the_value_of_a_year_left_behind(question, expected):
    done = FIVE_YEARS.ask(question).done
    assert [f"{figure.value}" for figure in done.figures] == expected


@pytest.mark.parametrize(
    "question",
    [
        "青屏市2024年高铁里程多少公里",
        "青屏市2025年绿道多少公里",
        "青屏市2025年GDP增长多少",
        "青屏市2025年做了什么",
    ],
)
def test_no_value_of_a_year_that_is_not_left_behind(question):
    assert FIVE_YEARS.ask(question).done.reason == "not_stated"
