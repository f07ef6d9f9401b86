"""Questions over reports of different years: who still had the year before it, amounts not stated, parts of a statistic."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from shelf_reports import Shelf, shelf_of

NATION = """政府工作报告
——2026年3月5日在第十四届全国人民代表大会第四次会议上
国务院总理  某某
各位代表：
现在，我代表国务院，向大会报告政府工作，请予审议。
一、2025年工作回顾
国内生产总值达到67.7万亿元，增长6.9%。去年末居民储蓄存款余额增长8.5%。
二、“十五五”时期主要目标任务
“十五五”时期经济年均增长保持在6.5%以上。城镇新增就业5000万人以上。
到2030年，高速铁路营业里程达到6万公里，全社会研发经费投入强度达到3.5%。
三、2026年重点工作
今年拟安排财政赤字2.18万亿元，比去年增加5600亿元，赤字率提高到3%。
"""

COUNTY = """苇原县2031年政府工作报告
——2031年1月16日在苇原县第九届人民代表大会第五次会议上
县长  何某
各位代表：
现在，我代表县人民政府向大会报告工作，请予审议。
一、2030年和“十五五”工作回顾
２０３０年固定资产投资增长１１.２％，对东盟进出口额增长20%以上。产茶１.６８万吨。新增“五上”企业21户，其中规模以上工业企业7户，规上工业企业总数达到58户，规上工业企业户均产值不足8000万元。
“十五五”时期，生产总值年均增长7.1%。三次产业结构由24.1∶40.6∶35.3调整为１９.８∶３４.２∶４６.０。
二、“十六五”时期发展目标
累计新增城镇就业2万人。
三、2031年重点工作
生产总值增长8%左右。城镇新增就业3200人。
"""

BULLETIN = """棠溪县2030年国民经济和社会发展统计公报
棠溪县统计局
一、综合
初步核算，全县生产总值609.91亿元，增长5.2%。年末金融机构住户存款余额702.6亿元。
表1 2030年末全县户籍人口
指标 年末数（万人） 比重（%）
年末户籍人口 117.95 100.0
其中：城镇 44.37 37.6
全年规模以上工业增加值增长9.8%。
表2 2030年全县生产总值
指标 绝对数（亿元） 比上年增长（%）
地区生产总值 609.91 5.2
其中：工业 166.32 8.2
注释：
[1]生产总值按现价计算。2029年全县生产总值最终核实数为566.17亿元，比2028年增长8.4%。
"""


@cache
def shelf() -> Shelf:
    with TemporaryDirectory() as folder:
        names = ("2026年国务院政府工作报告", "苇原县2031年政府工作报告", "棠溪县2030年统计公报")
        paths = [Path(folder) / f"{name}.txt" for name in names]
        for path, text in zip(paths, (NATION, COUNTY, BULLETIN), strict=True):
            path.write_text(text, encoding="utf-8")
        return shelf_of(paths)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("十五五期间经济年均增速要保持多少", "6.5%以上"),
        ("十五五GDP年均增速", "7.1%"),
        ("十五五要新增多少城镇就业", "5000万人以上"),
        ("2030年高铁要通多少公里", "6万公里"),
        ("2030年研发投入强度目标", "3.5%"),
        ("2025年末居民储蓄存款余额增长多少", "增长8.5%"),
        ("全国2026年赤字多少", "财政赤字2.18万亿元"),
        ("2026年全国赤字率多少，赤字多少钱", "2.18万亿元"),
        ("苇原2030年产了多少茶叶", "１.６８万吨"),
        ("苇原2030年第三产业占比", "４６.０%"),
        ("苇原十六五城镇新增就业多少人", "2万人"),
        ("苇原去年规上工业企业新增几户", "新增规模以上工业企业7户"),
        ("苇原规上工业企业有几户", "58户"),
        ("苇原规上工业企业户均产值", "8000万元"),
        ("棠溪2029年GDP", "566.17亿元"),
        ("棠溪2030年工业增加值多少", "工业增加值为166.32亿元"),
        ("棠溪户籍人口城镇有多少", "城镇户籍人口为44.37万人"),
    ],
)
def test_question_is_answered(question, said):
    done = shelf().ask(question).done
    assert not done.reason and said in done.answer.replace("【1】", "")


def test_year_before_the_country_is_heard():
    assert "3%" not in shelf().ask("2025年中国GDP多少万亿，增长多少").done.answer


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("苇原2030年固定资产投资总额多少", "１１.２％"),
        ("苇原2030年固定资产投资额多少", "１１.２％"),
        ("苇原2030年进出口总额多少", "对东盟进出口额增长20%以上"),
    ],
)
def test_amount_that_is_not_stated(question, offered):
    done = shelf().ask(question).done
    assert done.reason == "not_stated" and offered in done.answer
