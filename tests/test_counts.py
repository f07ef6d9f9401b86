"""Chinese numerals that count something, and standings: what is read, and idioms and names that are not."""

from decimal import Decimal

import pytest

from qa.counts import counts, standings


@pytest.mark.parametrize(
    ("text", "said", "value", "unit", "comparator"),
    [
        ("销售额突破千亿元", "突破千亿元", "1000", "亿元", "突破"),
        ("总量不足百亿元", "不足百亿元", "100", "亿元", "不足"),
        ("规模超万亿元", "超万亿元", "1", "万亿元", "超"),
        ("产值达到千万元", "千万元", "1000", "万元", ""),
        ("等四家医院", "四家", "4", "家", ""),
        ("建成十二所学校", "十二所", "12", "所", ""),
        ("三百名教师", "三百名", "300", "名", ""),
        ("连续三年增长", "三年", "3", "年", ""),
        ("连续六个月回升", "六个月", "6", "个月", ""),
        ("连续两次获评", "两次", "2", "次", ""),
        ("完成投资三千五百亿元，", "三千五百亿元", "3500", "亿元", ""),
        ("产量五点二万吨", "五点二万吨", "5.2", "万吨", ""),
        ("新建公路两百多公里", "两百多公里", "200", "公里", "多"),
        ("超过四万二千三百元", "超过四万二千三百元", "42300", "元", "超过"),
        ("惠及主体一点四万户", "一点四万户", "1.4", "万户", ""),
        ("小巷改造一百二十七个", "一百二十七个", "127", "个", ""),
        ("新开通公交线路四条，", "四条", "4", "条", ""),
        ("建成六条高速公路", "六条", "6", "条", ""),
        ("农贸市场五个以上", "五个以上", "5", "个", "以上"),
    ],
)
def test_counts_reads_numerals_that_count(text, said, value, unit, comparator):
    (found,) = counts(text)
    assert text[found.start : found.end] == said
    assert (found.value, found.unit, found.comparator) == (Decimal(value), unit, comparator)


def test_counts_short_nouns_that_end_a_list():
    found = [*counts("夺得3金2银5铜。"), *counts("覆盖12县、56镇。")]
    assert [(str(q.value), q.unit) for q in found] == [
        ("3", "金"), ("2", "银"), ("5", "铜"), ("12", "县"), ("56", "镇"),
    ]  # fmt: skip


def test_counts_magnitude_that_goes_on_from_another():
    found = counts("有十亿以上甚至百亿项目落户")
    assert [(q.value, q.unit, q.comparator) for q in found] == [(10, "亿", "以上"), (100, "亿", "")]


@pytest.mark.parametrize(
    "text",
    [
        "一批项目",
        "一站式服务",
        "一家亲",
        "三大产业",
        "两手抓",
        "四个意识",
        "“三个一千亿”工程",
        "打造百亿产业",
        "实施千亿总投资项目",
        "千家万户",
        "第三所学校",
        "百名专家",
        "三年行动",
        "十四五规划",
        "三个方面",
        "八项规定",
        "第十四个五年规划",
        "最后一公里",
        "打造千亿元产业",
        "万元产值能耗",
        "",
    ],
)
def test_counts_leaves_idioms_and_names(text):
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总量居全省第三位", [("第三位", 3, "")]),
        ("排全区第一", [("第一", 1, "")]),
        ("保持全区前三", [("前三", 3, "前")]),
        ("位列全国前10位", [("前10位", 10, "前")]),
        ("均居全省首位", [("首位", 1, "")]),
        ("分别排全省第一、第二", [("第一", 1, ""), ("第二", 2, "")]),
        ("蝉联榜首", [("榜首", 1, "")]),
    ],
)
def test_standings_span_and_place(text, expected):
    assert [(text[s.start : s.end], s.place, s.comparator) for s in standings(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "第一产业增加值",
        "第一、二、三产业",
        "前三季度增长",
        "位列全区第一档次",
        "把安全摆在首位",
        "发展是第一要务，",
        "第三方机构",
        "第一批名单",
        "",
    ],
)
def test_standings_none(text):
    assert list(standings(text)) == []
