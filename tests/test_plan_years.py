"""Questions over a report of the first year of a five-year plan: spans of years, structures, ratios, parts and sides."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from shelf_reports import shelf_of, write_reports

HENGZHOU = """政府工作报告
——2031年1月18日在蘅州市第六届人民代表大会第六次会议上
蘅州市市长 何清源

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2030年和五年工作回顾

2030年，地区生产总值增长6.2%，财政收入增长5%。进口、出口整体通关时间分别压缩38%和47%。粮食产量61万吨，增产2万吨。接待游客90万人次、旅游收入8亿元，分别增长9%、12.5%。一般公共预算收入31亿元，其中税收收入22亿元、占比71%。安排市级重点项目90个，其中新开工40个、续建32个、竣工18个。新建改建公路96公里，其中国省干线24公里、农村牧区公路72公里。

过去五年，变化很大。我们经受了考验，办成了许多大事。

——综合实力跃升。地区生产总值五年年均增长7.4%，十年年均增长8.3%。三次产业结构由22.1︰40.4︰37.5调整为18.6∶41.2∶40.2。城乡居民收入比由2.6:1缩小到2.31:1。金融机构存款余额730亿元，是2025年的1.8倍。固定资产投资五年累计完成1900亿元，是“十四五”时期的1.7倍。

——民生持续改善。城乡居民医保财政补助标准由每人每年700元提高到860元。常住人口城镇化率由51.2%提高到58%。荒漠化、沙化土地面积分别净减少1.4万、0.6万公顷。城镇新增就业11.5万人。

二、“十六五”时期主要目标

地区生产总值年均增长6%左右，常住人口城镇化率达到63%，三次产业结构优化为15:42:43，城镇新增就业10万人。

三、2031年工作安排

地区生产总值增长6%左右，新增规上工业企业12家。
"""


@pytest.fixture(scope="module")
def ask():
    with TemporaryDirectory() as folder:
        shelf = shelf_of(write_reports(Path(folder), {"2031_蘅州市.txt": HENGZHOU}))
        yield lambda question: shelf.ask(question).done


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("蘅州GDP五年年均增长多少", ["7.4%"]),
        ("蘅州近十年GDP年均增速多少", ["8.3%"]),
        ("蘅州2030年GDP增长多少", ["6.2%"]),
        ("蘅州2030年GDP增速比五年年均低几个百分点", ["6.2%", "7.4%", "低1.2个百分点"]),
        ("蘅州十六五GDP年均增速目标比十五五低多少", ["6%左右", "7.4%", "低1.4个百分点"]),
        ("蘅州十六五新增就业目标比十五五少多少", ["10万人", "11.5万人", "少1.5万人"]),
        ("蘅州十六五末城镇化率比十五五末提高几个百分点", ["63%", "58%", "5个百分点"]),
        ("蘅州现在三次产业结构是多少", ["18.6∶41.2∶40.2"]),
        ("蘅州十六五末三次产业比例目标", ["15:42:43"]),
        ("蘅州第三产业占GDP比重多少", ["40.2%"]),
        ("蘅州2025年二产占比", ["40.4%"]),
        ("蘅州城乡收入比缩小到多少", ["2.31:1"]),
        ("蘅州存款余额是2025年的几倍", ["1.8倍"]),
        ("蘅州十五五固投累计多少，是十四五的几倍", ["1900亿元", "1.7倍"]),
        ("蘅州医保财政补助标准提高了多少元", ["700元", "860元"]),
        ("蘅州城镇化率五年提高了多少", ["51.2%", "58%"]),
        ("蘅州荒漠化面积净减少多少", ["1.4万公顷"]),
        ("蘅州报告里进口和出口整体通关时间分别压缩了多少", ["38%", "47%"]),
        ("蘅州去年粮食增产多少吨", ["2万吨"]),
        ("蘅州去年游客多少、旅游收入多少，分别涨了多少", ["90万人次", "8亿元", "9%", "12.5%"]),
        ("蘅州去年重点项目安排了几个，续建几个", ["90个", "32个"]),
    ],
)
def test_figure_of_a_first_year_report(ask, question, held):
    done = ask(question)
    assert done.reason is None
    assert [said for said in held if said not in done.answer] == []


@pytest.mark.parametrize(
    ("question", "held", "other"),
    [
        ("蘅州去年财政收入里税收有多少", "22亿元", "31亿元"),
        ("蘅州农村公路去年新建改建了多少公里", "72公里", "96公里"),
        ("蘅州去年粮食增产多少", "2万吨", "61万吨"),
        ("蘅州去年安排重点项目多少个", "90个", "18个"),
    ],
)
def test_the_part_that_is_asked_for_comes_first(ask, question, held, other):
    first = ask(question).answer.split("。")[0]
    assert held in first and other not in first


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("蘅州第三产业增加值是多少亿元", "40.2"),
        ("蘅州去年第二产业增速多少", "41.2"),
        ("蘅州存款余额是2020年的几倍", "1.8倍"),
        ("蘅州进口增长多少", "38%"),
        ("蘅州出口总额多少亿", "47%"),
        ("蘅州五年粮食年均增产多少", "2万吨"),
    ],
)
def test_a_neighbour_is_no_answer(ask, question, near):
    done = ask(question)
    assert done.reason == "not_stated" or near not in done.answer.split("。")[0]
