"""Everyday questions over the tables and sentences of an invented city's bulletin: parts of the place, partners, products, growth."""

import pytest
from shelf_reports import answers_from

BULLETIN = """石湾市2030年国民经济和社会发展统计公报

石湾市统计局
2031年3月28日

一、综合

年末全市常住人口384.96万人，比上年末减少1.78万人。粮食总产量368.5万吨，比上年增加6.2万吨。全年规模以上工业增加值增长7.4%。

表1 2030年地区生产总值
指标\t绝对数（亿元）\t比上年增长（%）
地区生产总值\t2768.43\t5.6
按行业分
工业\t872.14\t6.9
房地产业\t142.77\t-1.8

新登记经营主体5.62万户，日均新登记154户。全州花椒、苹果种植面积分别达68.2万亩、35.7万亩，粮食产量368.5万吨。

二、农业和工业

表2 2030年主要产品产量
产品名称\t单位\t产量\t比上年增长（%）
莲子\t吨\t3945\t11.6
新能源汽车\t辆\t38216\t46.2
通讯器材\t万件\t36.4\t27.3

年末新能源汽车保有量6.84万辆。规模以上工业企业利润总额168.42亿元，下降3.7%。

三、对外经济

表3 2030年主要贸易伙伴
国家和地区\t出口额（亿元）\t比上年增长（%）\t进口额（亿元）\t比上年增长（%）
美国\t34.15\t-2.6\t4.97\t-15.3
日本\t13.48\t5.1\t9.26\t1.9

全年社会消费品零售总额682.35亿元，增长7.9%。按经营地分，城镇548.97亿元，增长7.6%；乡村133.38亿元，增长9.1%。\
商品房销售面积187.5万平方米，下降8.6%，其中住宅164.2万平方米，下降9.2%。商品房销售额105.6亿元，下降10.4%。\
农村居民人均可支配收入19842元，增长7.1%，其中工资性收入7106元。

全年一般公共预算支出342.17亿元，增长3.8%。其中，教育支出63.48亿元，增长4.5%；卫生健康支出36.75亿元，下降6.9%；\
农林水支出47.03亿元，增长1.2%。五大主导产业中，电子信息产业增加值增长16.8%，新材料产业增长9.5%，纺织产业下降1.9%。\
新能源汽车占比由23.4%提高到31.2%。空气质量优良天数比例92.3%。年末公路通车里程21346公里，公路客运量2937万人次。

四、县区

表4 2030年各县主要指标
县（市、区）\t地区生产总值（亿元）\t固定资产投资增长（%）\t常住人口（万人）
甲溪县\t341.08\t5.1\t40.2
乙塘县\t287.64\t-3.7\t38.4
柳渡街道\t19.3\t2.2\t18.47
台阁街道\t16.1\t1.8\t16.83
"""


@pytest.fixture(scope="module")
def answer():
    return answers_from({"石湾市2030年国民经济和社会发展统计公报": BULLETIN})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("石湾2030年全部工业增加值多少", ["872.14亿元"]),
        ("石湾莲子收了多少吨，增长多少", ["3945吨", "11.6%"]),
        ("石湾2030年造了多少辆新能源汽车", ["38216辆"]),  # not how many there are
        ("石湾规模以上工业企业赚了多少利润", ["168.42亿元"]),
        ("石湾2030年粮食产量有多少？比前一年多了还是少了？", ["368.5万吨", "6.2万吨"]),
        ("石湾2030年房地产业增加值是涨还是跌，幅度多大", ["1.8%"]),
        ("石湾常住人口有多少？比上一年底少了多少人", ["384.96万人", "1.78万人"]),
        ("石湾手机等通讯器材产量增长多少", ["27.3%"]),
        ("石湾卖到日本的东西有多少亿", ["13.48亿元"]),
        ("甲溪县2030年固定资产投资增速", ["5.1%"]),
        ("石湾日均新登记多少户", ["154户"]),
        ("石湾财政支出公报里点名的那几项，各花了多少钱", ["63.48亿元", "36.75亿元", "47.03亿元"]),
        ("石湾五大主导产业2030年各增长多少，一个一个列出来", ["16.8%", "9.5%", "1.9%"]),
        ("石湾旅客占比怎么样，新能源车占比从多少升到多少", ["23.4%", "31.2%"]),
        ("石湾2030年空气怎么样，好天气占几成", ["92.3%"]),  # no question about the weather
        ("石湾的公路一共多长", ["21346公里"]),  # not 2937万人次
        ("石湾农村社零有多少", ["133.38亿元"]),
        ("石湾商品房卖了多少平米", ["187.5万平方米"]),  # not 105.6亿元
        ("石湾商品房卖了多少亿", ["105.6亿元"]),
        ("石湾商品房销售面积里住宅的有多少", ["164.2万平方米"]),  # not the whole
        ("石湾商品房里住宅卖了多少平米", ["164.2万平方米"]),
    ],
)
def test_questions_in_everyday_words(answer, question, told) -> None:
    said = answer(question)
    assert [value for value in told if value not in said] == []


@pytest.mark.parametrize(
    ("question", "before", "told", "not_told"),
    [
        ("那进口呢", "2030年石湾对美国出口多少", "4.97亿元", "34.15"),
        ("那从它那儿进口呢", "2030年石湾对美国出口多少", "4.97亿元", "34.15"),
        ("从它进口了多少", "2030年石湾对美国出口多少", "4.97亿元", "34.15"),
        ("对日本呢", "2030年石湾对美国出口多少", "13.48亿元", "34.15"),
        ("其中乡下卖了多少", "石湾2030年社零多少", "133.38亿元", "682.35"),
        ("其中住宅呢", "石湾2030年商品房卖了多少平米", "164.2万平方米", "187.5"),
        ("其中工资性收入呢", "石湾农村居民2030年人均可支配收入多少", "7106元", "19842"),
        ("那它的固定资产投资增速呢", "石湾的甲溪县地区生产总值多少", "5.1%", "7.4%"),
    ],
)
def test_of_the_partner_or_the_county_asked_about_before(answer, question, before, told, not_told) -> None:
    said = answer(question, before)
    assert told in said
    assert not_told not in said


@pytest.mark.parametrize(
    "question",
    ["甲溪县和乙塘县2030年谁的GDP更大，差多少亿", "甲溪县GDP比乙塘县多多少亿", "甲溪县和乙塘县GDP哪个高"],
)
def test_two_counties_of_one_city_are_held_against_each_other(answer, question) -> None:
    assert "甲溪县地区生产总值（341.08亿元）比乙塘县地区生产总值（287.64亿元）多53.44亿元" in answer(
        question
    )  # 341.08 - 287.64


def test_two_streets_too(answer) -> None:
    assert "多1.64万人" in answer("柳渡街道和台阁街道哪个常住人口多")  # 18.47 - 16.83


@pytest.mark.parametrize(
    ("question", "not_told"),
    [
        ("石湾2030年花椒产量多少吨", "368.5"),  # what is told of it is where it grows
        ("石湾2030年产了多少吨花椒", "368.5"),
        ("乙塘县农民2030年人均可支配收入有多少", "【"),
        ("石湾日均新登记经营主体多少户", "5.62万户【"),
    ],
)
def test_what_is_near_is_no_answer(answer, question, not_told) -> None:
    assert not_told not in answer(question)


SECTIONS = """青禾市2030年国民经济和社会发展统计公报

青禾市统计局
2031年3月28日

一、综合

全年出生人口1.83万人，死亡人口2.54万人。全年居民消费价格比上年上涨0.1%。

表1　2030年居民消费价格比上年涨跌幅度

单位：%

| 指标 | 全市 | 城市 | 农村 |
| --- | ---: | ---: | ---: |
| 居民消费价格 | 0.1 | 0.2 | -0.1 |
| 食品烟酒 | -0.5 | -0.3 | -0.8 |
| 　其中：粮食 | 1.2 | 1.1 | 1.4 |
| 　　　　畜肉类 | -8.3 | -8.0 | -8.9 |
| 衣着 | 0.9 | 1.0 | 0.6 |
| 居住 | -0.2 | -0.1 | -0.4 |
| 交通通信 | -2.4 | -2.3 | -2.6 |

二、工业和财政

规模以上工业企业利润总额87.53亿元，下降3.7%。教育支出63.48亿元，增长4.5%。幼儿园512所，在园幼儿8.37万人，下降11.2%。

三、交通

高铁营业里程由2312公里增加到2486公里。中欧班列开行2418列。
"""


@pytest.fixture(scope="module")
def answer_of_markdown(tmp_path_factory):
    from shelf_reports import shelf_of

    path = tmp_path_factory.mktemp("markdown") / "青禾市2030年国民经济和社会发展统计公报.md"
    path.write_text(SECTIONS, "utf-8")
    shelf = shelf_of([path])
    return lambda question: shelf.ask(question).done.answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("青禾2030年一年生了多少孩子，又去世了多少人", ["1.83万人", "2.54万人"]),
        ("青禾规上工业企业2030年一共赚了多少", ["87.53亿元"]),
        ("青禾市财政在教育上花了多少钱", ["63.48亿元"]),
        ("青禾有多少小孩在上幼儿园", ["8.37万人"]),
        ("青禾现在通了多少公里高铁", ["2486公里"]),
        ("青禾的中欧班列2030年跑了多少趟", ["2418列"]),
        ("青禾2030年交通通信价格降了多少", ["交通通信价格下降2.4%"]),  # no part of 食品烟酒
        ("青禾2030年畜肉类价格降了多少", ["食品烟酒价格中畜肉类下降8.3%"]),  # by its indent
    ],
)
def test_further_questions_in_everyday_words(answer_of_markdown, question, told) -> None:
    said = answer_of_markdown(question)
    assert [value for value in told if value not in said] == []


def test_which_of_the_eight_kinds_of_prices_fell(answer_of_markdown) -> None:
    said = answer_of_markdown("青禾市2030年八大类消费价格里，哪几类是跌的")
    assert [line.split("价格")[0] for line in said.splitlines() if line.startswith("- ")] == [
        "- 食品烟酒",
        "- 居住",
        "- 交通通信",
    ]


def test_trade_with_a_partner_that_names_no_statistic_is_refused_and_breaks_nothing(answer) -> None:
    assert answer("石湾2030年与德国贸易怎么样").startswith("资料中未提及")
