"""Questions of two bulletins of one city and of a report given in the year before its own."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from shelf_reports import Shelf, shelf_of

_HEAD = """苇原市{year}年国民经济和社会发展统计公报
苇原市统计局
{after}年4月2日
一、综合
"""

OLD = (
    _HEAD.format(year=2030, after=2031)
    + """初步核算，全年实现地区生产总值812.4亿元，比上年增长5.2%。其中，第一产业增加值91.6亿元，增长3.8%。三次产业结构为11.3∶39.2∶49.5。
年末常住人口201.5万人，比上年末减少0.8万人。全年居民消费价格比上年上涨0.4%。
二、农业和工业
全年油茶籽产量3.1万吨，增长4.4%。技术合同成交额21.6亿元，增长12.0%。
三、民生
农村居民人均可支配收入19820元，增长7.0%。城乡居民收入比值为2.04。居民恩格尔系数为33.2%。
年末共有医院36个，博物馆11个。
"""
)

NEW = (
    _HEAD.format(year=2031, after=2032)
    + """初步核算，全年实现地区生产总值858.9亿元，比上年增长5.6%。其中，第一产业增加值94.0亿元，增长3.5%。三次产业结构为10.9∶39.6∶49.5。
年末常住人口200.1万人，比上年末减少1.4万人。全年居民消费价格比上年上涨0.2%。
二、农业和工业
全年油茶籽产量3.4万吨，增长9.7%。技术合同成交额26.1亿元，增长20.8%。水资源总量52.3亿立方米，比上年减少11.6%。
三、民生
农村居民人均可支配收入21110元，增长6.5%。城乡居民收入比值由上年的2.04缩小至1.99。居民恩格尔系数为33.0%。
年末共有医院39个，博物馆12个。
"""
)

ADDRESS = """鷺灣市
政府工作報告
——2031年11月12日在鷺灣市第一屆人民代表大會第三次會議上
第一部分　2031年施政總結
今年發放敬老金每年8,400元。養老金維持每月3,200元。
第二部分　2032年施政方針
一、民生
養老金由每月3,200元調升至3,350元。預期明年接待旅客190萬人次。
各位議員，多謝。
"""


@cache
def bulletins() -> Shelf:
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{year}年苇原市统计公报.txt" for year in (2030, 2031)]
        for path, text in zip(paths, (OLD, NEW), strict=True):
            path.write_text(text, encoding="utf-8")
        return shelf_of(paths)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("苇原常住人口这两年少了多少人", "1.4万人（计算得出）"),
        ("苇原这两年技术合同成交额分别多少", "2030年，苇原市技术合同成交额21.6亿元"),
        ("苇原近两年医院各有几家", "36个"),
        ("苇原农村居民人均可支配收入2031比2030多多少元", "1290元"),
        ("苇原GDP2031比2030多多少", "46.5亿元"),
        ("苇原技术合同成交额2031年比2030年多多少", "4.5亿元"),
        ("苇原农村居民人均可支配收入比2030年增长多少", "2031年，苇原市农村居民人均可支配收入增长6.5%"),
        ("苇原2030年常住人口比上年末减少多少", "减少0.8万人"),
        ("苇原2031年水资源总量减少多少", "下降11.6%"),
        ("苇原2030年有几家医院", "医院36个"),
        ("苇原2031年第三产业占GDP比重", "49.5%"),
        ("苇原2030年一产占比多少", "11.3%"),
        ("苇原2031年第一产业增加值多少亿元，增速如何", "增长3.5%"),
        ("苇原2031年油茶籽产量多少，增减情况如何", "增长9.7%"),
        ("苇原油茶籽产量两年相比有什么变化", "0.3万吨（计算得出）"),
        ("苇原油茶籽产量哪年多", "2031年（3.4万吨）比2030年（3.1万吨）多"),
        ("苇原2031年第一产业增加值多少，占比多少", "比重为10.9%"),
        ("苇原城乡居民收入比2030年和2031年各是多少", "2031年，苇原市城乡居民收入比值为1.99"),
    ],
)
def test_question_of_two_bulletins_is_answered(question: str, said: str) -> None:
    answer = bulletins().ask(question)
    assert answer.done.reason is None
    assert said in answer.done.answer.replace("【1】", "")


@pytest.mark.parametrize(
    "question",
    [
        "苇原2030年农村居民消费价格涨了多少",
        "苇原2031年城镇居民恩格尔系数",
        "苇原这两年GDP年均增长多少",
        "苇原2031年第三产业增加值多少",
        "苇原2029年第三产业占比",
    ],
)
def test_near_value_is_no_answer(question: str) -> None:
    assert bulletins().ask(question).done.reason == "not_stated"


@cache
def address() -> Shelf:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "2032年鹭湾市政府工作报告.txt"
        path.write_text(ADDRESS, encoding="utf-8")
        return shelf_of([path])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("鹭湾市明年养老金调到多少钱", "3,350元"),
        ("鷺灣市明年接待旅客目標是多少", "190萬人次"),
        ("鹭湾市敬老金每年多少钱", "8,400元"),
    ],
)
def test_next_year_of_a_report_given_before_its_year_is_its_own(question: str, said: str) -> None:
    assert said in address().ask(question).done.answer
