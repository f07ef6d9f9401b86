"""Names of indicators in a text and what a question calls them; shared ends, typing errors, English, synonyms."""

import pytest

from qa.lexicon import indicators
from qa.names import (
    as_reports_write,
    asked_as,
    canonicalise,
    correct,
    from_english,
    indicators_in,
    self_words,
    sibling,
    spread,
)
from qa.text import fold

# ------------------------------------------------------------------ names of indicators


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gdp是多少", "地区生产总值是多少"),
        ("国内生产总值", "地区生产总值"),
        ("人均gdp", "人均地区生产总值"),
        ("规上工业增加值", "规模以上工业增加值"),
        ("社零增长", "社会消费品零售总额增长"),
        ("一产增加值", "第一产业增加值"),
        ("农村居民收入", "农村居民人均可支配收入"),
        ("保租房多少套", "保障性租赁住房多少套"),
        ("retail sales", "社会消费品零售总额"),
        ("地区生产总值", "地区生产总值"),
        ("修桥", "修桥"),
        ("", ""),
    ],
)
def test_canonicalise_reads_standard_names(text, expected):
    assert canonicalise(text) == expected


@pytest.mark.parametrize("text", ["gdp和社零", "城镇居民收入和农村居民收入", "规上工业增加值、固投"])
def test_canonicalise_twice_is_once(text):
    assert canonicalise(canonicalise(text)) == canonicalise(text)


def test_canonicalise_after_folding_traditional():
    assert canonicalise(fold("規上工業增加值")) == "规模以上工业增加值"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("财政收入是多少", "一般公共预算收入是多少"),
        ("城里人收入", "城镇居民人均可支配收入"),
        ("农民收入多少", "农村居民人均可支配收入多少"),
        ("一产增长", "第一产业增加值增长"),
        ("经济总量", "地区生产总值"),
        ("物价涨幅", "居民消费价格指数"),
        ("失业率", "城镇调查失业率"),
        ("工业增加值", "规模以上工业增加值"),
        ("财政收入和gdp", "一般公共预算收入和地区生产总值"),
    ],
)
def test_asked_as_reads_words_of_users(text, expected):
    assert asked_as(text) == expected


@pytest.mark.parametrize("text", ["修路", "一般公共预算收入", "全部工业增加值", "规模以上工业增加值", ""])
def test_asked_as_none_without_words_of_users(text):
    assert asked_as(text) is None


def test_asked_as_leaves_standard_names_beside():
    assert asked_as("一般公共预算收入和财政支出") == "一般公共预算收入和一般公共预算支出"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gdp与社零", ("地区生产总值", "社会消费品零售总额")),
        ("社零与gdp", ("社会消费品零售总额", "地区生产总值")),
        ("gdp、地区生产总值", ("地区生产总值",)),
        ("人均gdp", ("人均地区生产总值",)),
        ("城镇居民人均可支配收入", ("城镇居民人均可支配收入",)),
        ("财政收入", ()),
        ("", ()),
    ],
)
def test_indicators_in_order_without_repetition(text, expected):
    assert indicators_in(text) == expected


# ------------------------------------------------------------------ names inside other names


def _read(question: str) -> tuple[str, ...]:
    """The indicators that a question names, in the reports' words or in users' own."""
    folded = fold(question)
    return indicators_in(asked_as(folded) or canonicalise(folded))


CONFUSABLE = [
    ("登记失业率", "城镇登记失业率"),
    ("城镇登记失业率控制在4%以内", "城镇登记失业率"),
    ("城镇调查失业率", "城镇调查失业率"),
    ("失业率", "城镇调查失业率"),
    ("海洋生产总值", "海洋生产总值"),
    ("人均GDP", "人均地区生产总值"),
    ("万元GDP能耗", "单位地区生产总值能耗"),
    ("单位GDP二氧化碳排放", "单位地区生产总值二氧化碳排放"),
    ("万元GDP用水量", "万元地区生产总值用水量"),
    ("亿元GDP死亡率", "亿元地区生产总值生产安全事故死亡率"),
    ("非税收入", "非税收入"),
    ("税收收入", "税收收入"),
    ("规上工业亩均税收", "亩均税收"),
    ("财政收入", "一般公共预算收入"),
    ("财政总收入", "财政总收入"),
    ("一般公共预算支出", "一般公共预算支出"),
    ("财政科技支出", "科学技术支出"),
    ("“三公”经费", "三公经费"),
    ("地方政府专项债券", "专项债券"),
    ("专项债务余额", "政府专项债务余额"),
    ("政府债务余额", "政府债务余额"),
    ("本外币存贷款余额", "金融机构存贷款余额"),
    ("各项存款余额", "金融机构存款余额"),
    ("住户存款余额", "住户存款余额"),
    ("绿色贷款余额", "绿色贷款余额"),
    ("制造业中长期贷款余额", "制造业中长期贷款余额"),
    ("普惠小微企业贷款余额", "普惠小微贷款余额"),
    ("规上工业", "规模以上工业增加值"),
    ("规上工业企业", "规模以上工业企业"),
    ("规上工业企业利润", "规模以上工业企业利润总额"),
    ("规上工业企业营收", "规模以上工业企业营业收入"),
    ("规上工业企业研发费用", "规模以上工业企业研发费用"),
    ("规上服务业企业营业收入", "规模以上服务业营业收入"),
    ("规上高技术制造业增加值", "高技术制造业增加值"),
    ("规模以上工业战略性新兴产业增加值", "战略性新兴产业增加值"),
    ("规模以上工业单位增加值能耗", "规模以上工业单位增加值能耗"),
    ("生产性服务业增加值", "生产性服务业增加值"),
    ("批发和零售业增加值", "批发和零售业增加值"),
    ("高新技术产业投资", "高新技术产业投资"),
    ("高技术产业投资", "高技术产业投资"),
    ("第三产业固定资产投资", "第三产业投资"),
    ("第二产业", "第二产业增加值"),
    ("工业投资增速", "工业投资"),
    ("工业技改投资增长", "技术改造投资"),
    ("制造业投资增长", "制造业投资"),
    ("投资增速", "固定资产投资"),
    ("交通固定资产投资", "交通投资"),
    ("限上社零", "限额以上社会消费品零售总额"),
    ("乡村消费品零售额", "乡村消费品零售额"),
    ("实物商品网上零售额", "实物商品网上零售额"),
    ("农产品网络零售额", "农产品网络零售额"),
    ("online retail sales", "网上零售额"),
    ("retail sales", "社会消费品零售总额"),
    ("跨境电商进出口", "跨境电商进出口额"),
    ("机电产品出口额", "机电产品出口额"),
    ("服务贸易进出口总额", "服务贸易进出口额"),
    ("出口退税", "出口退税"),
    ("合同利用外资", "合同外资"),
    ("吸引外资", "实际使用外资"),
    ("省外到位资金", "实际利用内资"),
    ("户籍人口城镇化率", "户籍人口城镇化率"),
    ("城镇化率", "常住人口城镇化率"),
    ("年末户籍人口", "户籍人口"),
    ("城镇常住人口", "城镇常住人口"),
    ("人口自然增长率", "人口自然增长率"),
    ("5岁以下儿童死亡率", "5岁以下儿童死亡率"),
    ("道路交通万车死亡率", "道路交通事故万车死亡率"),
    ("人口死亡率", "人口死亡率"),
    ("城乡居民收入比上年增长", "居民人均可支配收入"),
    ("城乡居民收入比是多少", "城乡居民收入比值"),
    ("城乡居民收入倍差", "城乡居民收入比值"),
    ("农村居民人均生活消费支出", "农村居民人均消费支出"),
    ("居民人均消费支出", "居民人均消费支出"),
    ("私营单位就业人员年平均工资", "城镇私营单位就业人员平均工资"),
    ("非私营单位就业人员年平均工资", "城镇非私营单位就业人员平均工资"),
    ("城镇失业人员再就业", "城镇失业人员再就业"),
    ("农村劳动力转移就业", "农村劳动力转移就业"),
    ("城乡居民基本医疗保险参保率", "基本医疗保险参保率"),
    ("参加城乡居民基本养老保险人数", "城乡居民基本养老保险参保人数"),
    ("职工医保参保人数", "职工基本医疗保险参保人数"),
    ("农村低保标准", "农村低保标准"),
    ("低保标准", "城乡低保标准"),
    ("每千人口医疗卫生机构床位数", "每千人口医疗卫生机构床位数"),
    ("每千人口拥有3岁以下婴幼儿托位数", "每千人口婴幼儿托位数"),
    ("R&D经费", "研发经费投入"),
    ("R&D经费投入强度", "研发经费投入强度"),
    ("全社会研发经费投入占GDP比重", "研发经费投入强度"),
    ("每万人口高价值发明专利拥有量", "每万人口高价值发明专利拥有量"),
    ("有效发明专利拥有量", "有效发明专利"),
    ("发明专利授权量", "发明专利授权量"),
    ("专利授权量", "专利授权量"),
    ("专精特新“小巨人”企业", "专精特新小巨人企业"),
    ("“专精特新”中小企业", "专精特新中小企业"),
    ("国家级夜间文化和旅游消费集聚区", "夜间文化和旅游消费集聚区"),
    ("入境旅游收入", "国际旅游收入"),
    ("接待入境游客", "入境游客"),
    ("旅游综合收入", "旅游收入"),
    ("集装箱货物吞吐量", "集装箱吞吐量"),
    ("机场货邮吞吐量", "机场货邮吞吐量"),
    ("港口吞吐量", "货物吞吐量"),
    ("高速公路里程", "高速公路通车里程"),
    ("公路总里程", "公路通车里程"),
    ("高铁里程", "高速铁路营业里程"),
    ("新能源汽车产量", "新能源汽车产量"),
    ("新能源汽车保有量", "新能源汽车保有量"),
    ("工业用电量", "工业用电量"),
    ("粮食产能", "粮食综合生产能力"),
    ("能繁母猪存栏", "能繁母猪存栏"),
    ("农村生活污水处理率", "农村生活污水治理率"),
    ("城镇污水处理率", "城市污水处理率"),
    ("PM2.5平均浓度", "细颗粒物平均浓度"),
    ("PM10年均浓度", "可吸入颗粒物平均浓度"),
    ("优良天数比例", "空气质量优良天数比率"),
    ("安全生产事故死亡人数", "生产安全事故死亡人数"),
]


@pytest.mark.parametrize(("question", "name"), CONFUSABLE)
def test_indicators_the_longest_name_wins(question, name):
    assert _read(question) == (name,)


@pytest.mark.parametrize(
    "question",
    [
        "重点项目", "招商引资", "财政局", "税务局", "外资企业", "外商投资", "外贸企业", "快递进村", "养老服务",
        "医院", "幼儿园", "消费券", "服务业发展", "失业保险金", "低保对象", "数字经济", "战略性新兴产业", "技术改造",
        "污水处理厂", "垃圾分类", "用电成本", "碳达峰", "科技创新", "绿色金融", "贷款贴息", "隐性债务",
        "永久基本农田", "户籍制度改革", "高校毕业生就业", "新能源汽车", "商品房价格", "高速公路", "工业用地",
        "产业园区", "海洋经济", "第二产业贷款", "死亡率", "城乡低收入群体", "秋粮", "人均住房面积",
    ],
)  # fmt: skip
def test_indicators_in_other_words_none(question):
    assert _read(question) == ()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("财政收入和税收", ("一般公共预算收入", "税收收入")),
        ("税收收入和非税收入", ("税收收入", "非税收入")),
        ("GDP和海洋生产总值", ("地区生产总值", "海洋生产总值")),
        ("城镇登记失业率和城镇调查失业率", ("城镇登记失业率", "城镇调查失业率")),
        ("出生率和人口死亡率", ("人口出生率", "人口死亡率")),
        ("数字经济核心产业增加值占GDP比重", ("数字经济核心产业增加值", "地区生产总值")),
        ("高新技术企业和科技型中小企业", ("高新技术企业", "科技型中小企业")),
        ("公路里程、高速公路里程", ("公路通车里程", "高速公路通车里程")),
    ],
)
def test_indicators_beside_each_other(question, names):
    assert _read(question) == names


def _every_name() -> list[tuple[str, str]]:
    return [(word, item.name) for item in indicators().values() for word in (item.name, *item.same)]


def test_indicators_every_name_is_read_as_its_own():
    assert [
        (word, indicators_in(word)) for word, name in _every_name() if indicators_in(word) != (name,)
    ] == []


def test_indicators_every_name_is_read_once():
    assert [word for word, name in _every_name() if canonicalise(canonicalise(word)) != name] == []


def test_indicators_synonyms_leave_every_name():
    assert [word for word, name in _every_name() if as_reports_write(word) != name] == []


def test_indicators_every_asked_word_is_read():
    asked = [(word, item.name) for item in indicators().values() for word in item.asked]
    assert [(word, name) for word, name in asked if asked_as(word) != name] == []


def test_indicators_no_standard_name_is_changed_by_words_of_users():
    assert [name for name in indicators() if asked_as(name) is not None] == []


# ------------------------------------------------------------------ shared ends


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("城镇和农村居民收入", "城镇居民收入、农村居民收入"),
        ("城镇、农村居民人均可支配收入", "城镇居民人均可支配收入、农村居民人均可支配收入"),
        ("农村和城镇收入", "农村收入、城镇收入"),
        ("一、二、三产业增加值", "一产业增加值、二产业增加值、三产业增加值"),
        ("第一、第二、第三产业增加值", "第一产业增加值、第二产业增加值、第三产业增加值"),
        ("一产、二产增加值", "一产增加值、二产增加值"),
        ("存款和贷款余额", "存款余额、贷款余额"),
        ("出口和进口总额", "出口总额、进口总额"),
        ("出口跟进口总额各多少", "出口总额、进口总额各多少"),
        ("一般公共预算收入、支出", "一般公共预算收入、一般公共预算支出"),  # a shared beginning
        ("一般公共预算收入和支出各多少", "一般公共预算收入、一般公共预算支出各多少"),
        ("城乡居民收入各是多少", "城镇居民收入、农村居民收入各是多少"),  # one word for two
        ("存贷款余额分别多少", "存款余额、贷款余额分别多少"),
    ],
)
def test_spread_completes_shared_end(text, expected):
    assert spread(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "地区生产总值和固定资产投资",
        "城镇居民人均可支配收入和农村居民人均可支配收入",
        "云岭市和海棠市居民收入",
        "教育和医疗",
        "地区生产总值",
        "城乡居民收入比是多少",
        "外贸进出口总额分别是多少",  # 进出口 is inside a name that is one indicator
        "一般公共预算收入、固定资产投资",
        "",
    ],
)
def test_spread_leaves_complete_names(text):
    assert spread(text) == text


@pytest.mark.parametrize(
    ("item", "name", "expected"),
    [
        ("农村", "城镇居民人均可支配收入", "农村居民人均可支配收入"),
        ("城镇", "农村居民人均可支配收入", "城镇居民人均可支配收入"),
        ("第二", "第一产业增加值", "第二产业增加值"),
        ("第三", "第一产业增加值", "第三产业增加值"),
    ],
)
def test_sibling_shares_the_end(item, name, expected):
    assert sibling(item, name) == expected


@pytest.mark.parametrize(
    ("item", "name"), [("茶叶", "城镇居民人均可支配收入"), ("海棠", "地区生产总值"), ("", "粮食产量")]
)
def test_sibling_none(item, name):
    assert sibling(item, name) is None


# ------------------------------------------------------------------ typing errors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("粮石总产量是多少", "粮食总产量是多少"),
        ("固定姿产投资", "固定资产投资"),
        ("地区生产总直多少", "地区生产总值多少"),
        ("城镇居民人均可支佩收入", "城镇居民人均可支配收入"),
        ("规模以上工业增家值", "规模以上工业增加值"),
    ],
)
def test_correct_mends_a_character_of_the_same_sound(text, expected):
    assert correct(text) == expected


@pytest.mark.parametrize("text", ["粮饭总产量", "地动生产种值", "修路", "", "gdq"])
def test_correct_leaves_other_texts(text):
    assert correct(text) == text


def test_correct_leaves_a_text_that_names_an_indicator():
    assert correct("地区生产总值和固定姿产投资") == "地区生产总值和固定姿产投资"


# ------------------------------------------------------------------ English, synonyms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("schools", " 学校 "),
        ("how many hospitals", "how many  医院 "),
        ("cross-border e-commerce", " 跨境电商 "),
        ("corporate", "corporate"),
        ("学校", "学校"),
        ("", ""),
    ],
)
def test_from_english_words(text, expected):
    assert from_english(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what was the gdp growth in 2030", ("地区生产总值",)),
        ("retail sales", ("社会消费品零售总额",)),
        ("urban income", ("城镇居民人均可支配收入",)),
    ],
)
def test_from_english_keeps_names_of_indicators(text, expected):
    assert indicators_in(from_english(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投入使用的项目", "投用的项目"),
        ("地铁", "轨道交通"),
        ("老年人和gdp", "老人和地区生产总值"),
        ("修桥", "修桥"),
    ],
)
def test_as_reports_write_synonyms(text, expected):
    assert as_reports_write(text) == expected


# ------------------------------------------------------------------ a report's own place


@pytest.mark.parametrize(
    ("word", "place", "own"),
    [
        ("全市", "云岭市", True),
        ("我市", "云岭市", True),
        ("全省", "云岭市", False),
        ("全区", "云岭市", False),
        ("全国", "云岭市", False),
        ("全省", "云岭省", True),
        ("全市", "云岭省", False),
        ("全国", "云岭省", False),
        ("全区", "云岭区", True),
        ("全区", "云岭自治区", True),
        ("全市", "云岭自治区", False),
        ("全州", "云岭自治州", True),
        ("全州", "云岭市", False),
        ("全县", "云岭县", True),
        ("全国", "全国", True),
    ],
)
def test_self_words_by_level(word, place, own):
    assert (word in self_words(place)) is own
