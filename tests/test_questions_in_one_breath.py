"""Questions that say much in one clause: a list with its number, an order in brackets, years ahead, things and their rate."""

import pytest
from shelf_reports import HEAD, shelf_of_texts

TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

2030年，地区生产总值增长6.2%。全市1360部在册老旧电梯安全评估率为98%，更新改造率27.5%。58家规上陶瓷企业数字化改造率达91%。新建口袋公园33处、4处获评全省最美公园。整治河道71条，8条入选省级幸福河湖。

行政诉讼案件数同比下降14.2%，行政机关败诉率同比下降9.7%，信访件数同比下降6.5%。办结政协提案87件。

二、2031年工作安排

作出实施产业焕新三年行动的决定，到2033年产业布局基本成形、链条基本完备，到2036年基本建成现代化产业体系，到2040年跻身全省前列。

完成工业投资210亿元以上，完成交通投资64亿元以上，完成水利投资18亿元。小麦、玉米、油菜籽产量分别达到31万吨、24万吨、2.6万吨。

推动《石湾市温泉产业规划（2028-2045年）》落地实施，打响温泉品牌。

3月底前开工建设云顶电池二期项目，产能20吉瓦时，总投资108亿元，2032年6月建成投产。开工建设跨河大桥，推动北站扩建、\
城际铁路石湾段完成投资22亿元。

在港口扩能、园区焕新、人才引育、山海协作等四个领域持续用力。
""",
}


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts(TEXTS)
    return lambda question: shelf.ask(question).done


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("石湾今年工业、交通、水利三项投资目标分别是多少", ["210亿元以上", "64亿元以上", "18亿元"]),
        ("石湾今年交通和水利两大领域投资各多少", ["64亿元以上", "18亿元"]),
        ("石湾2031年小麦、玉米、油菜籽产量目标（按此顺序列出）", ["31万吨", "24万吨", "2.6万吨"]),
        ("石湾2031年小麦、玉米、油菜籽产量目标（单位：万吨）", ["31万吨", "24万吨", "2.6万吨"]),
        ("石湾云顶电池二期啥时候开工哪年建好投资多少", ["3月底前", "2032年6月", "108亿元"]),
        ("石湾行政诉讼案件数和败诉率分别降了多少", ["14.2%", "9.7%"]),
        ("石湾信访件数降幅是多少", ["6.5%"]),
        ("石湾行政诉讼案件数、信访件数各下降多少", ["14.2%", "6.5%"]),
        ("石湾政协提案办结件数是多少", ["87件"]),
        ("石湾在册老旧电梯有多少部，更新改造率多少", ["有1360部在册老旧电梯", "27.5%"]),
        ("石湾有多少家规上陶瓷企业", ["有58家规上陶瓷企业"]),
        ("石湾老旧电梯安全评估率是多少", ["98%"]),
        ("石湾口袋公园建了几处，几处获评最美公园", ["33处", "有4处口袋公园获评全省最美公园"]),
        ("石湾有几条河道入选幸福河湖", ["有8条"]),
    ],
)
def test_everything_asked_in_one_clause_is_told(ask, question, told):
    answered = ask(question)
    assert answered.reason is None
    assert [value for value in told if value not in answered.answer] == []


@pytest.mark.parametrize("question", ["石湾口袋公园建了几处", "石湾去年新建多少处口袋公园"])
def test_those_named_something_are_not_all_of_them(ask, question):
    said = ask(question).answer
    assert "33处" in said
    assert "4处" not in said


def test_rate_of_things_is_no_number_of_them(ask):
    said = ask("石湾在册老旧电梯有多少部").answer
    assert "98%" not in said
    assert "率为1360" not in said


@pytest.mark.parametrize(
    ("question", "told", "silent"),
    [
        ("石湾的产业焕新，2033年、2036年、2040年各要走到哪一步", ["基本成形", "基本建成", "跻身全省前列"], []),
        ("石湾2036年和2040年要建成什么样子", ["到2036年基本建成现代化产业体系【1】。", "到2040年跻身全省前列【2】。"], ["基本成形"]),
        ("石湾2036年、2045年各要达到什么样子", ["到2036年", "2045年：资料中未提及"], ["2040年"]),
    ],
)  # fmt: skip
def test_each_year_ahead_is_told_in_its_own_words(ask, question, told, silent):
    answered = ask(question)
    assert answered.reason is None
    assert [value for value in told if value not in answered.answer] == []
    assert [value for value in silent if value in answered.answer] == []


@pytest.mark.parametrize(
    "question", ["石湾2033年、2036年地区生产总值各多少", "石湾的高铁客运，2033年、2036年各要走到哪一步"]
)
def test_years_ahead_of_something_else_are_not_told(ask, question):
    assert ask(question).reason == "not_stated"


def test_first_of_a_list_is_told_without_its_preposition(ask):
    said = ask("石湾市在哪四个领域持续用力").answer
    assert "- 港口扩能【" in said
    assert "在港口扩能" not in said


def test_part_of_a_thing_of_its_own_is_not_answered_by_the_part_before():
    done = "全年新增“四上”企业143家、“四新”企业92家。制造业企业达380家，较上年净增52家。"
    text = HEAD.format(place="青禾市") + f"一、2030年工作回顾\n\n{done}\n\n二、2031年工作安排\n\n加快发展。\n"
    asked = "青禾市2030新增“四上”“四新”企业各多少家？制造业企业总数到多少了，净增多少家"
    assert shelf_of_texts({"2031_青禾市": text}).ask(asked).done.answer == (
        "2030年，青禾市全年新增“四上”企业143家【1】，新增四新企业92家【2】，制造业企业达380家【3】，"
        "制造业企业增加52家【4】。"
    )


@pytest.fixture(scope="module")
def answer():
    done = "完成工业总产值688.5亿元。国家4A级旅游景区38家。新建改造农贸市场3个，新建改建旅游营地12个。"
    planned = "新建改造农贸市场5个以上，新建提升旅游营地6个以上。"
    text = HEAD.format(place="青禾市") + f"一、2030年工作回顾\n\n{done}\n\n二、2031年工作安排\n\n{planned}\n"
    shelf = shelf_of_texts({"2031_青禾市": text})
    return lambda question: shelf.ask(question).done.answer


def test_things_are_asked_of_each_time(answer):
    assert answer("青禾农贸市场和旅游营地去年各新建改建多少个，今年各要几个以上") == (
        "2030年，青禾市新建改造农贸市场3个【1】，新建改建旅游营地12个【2】。"
        "青禾市2031年的目标是：新建改造农贸市场5个以上【3】；新建提升旅游营地6个以上【4】。"
    )


@pytest.mark.parametrize(
    "question", ["青禾 工业总产值 2030年", "青禾 2030 工业总产值", "青禾去年工业总产值多少"]
)
def test_time_may_stand_behind_key_words(answer, question):
    assert answer(question) == "2030年，青禾市完成工业总产值688.5亿元【1】。"


def test_short_name_of_a_rated_sight(answer):
    assert answer("青禾国家4A级景区有多少家") == "2030年，青禾市国家4A级旅游景区38家【1】。"


def test_things_of_a_heading_are_asked_of_each_time(answer):
    assert answer("青禾旅游营地和农贸市场：去年各新建改建几个，今年各要几个以上") == (
        "2030年，青禾市新建改建旅游营地12个【1】，新建改造农贸市场3个【2】。"
        "青禾市2031年的目标是：新建提升旅游营地6个以上【3】；新建改造农贸市场5个以上【4】。"
    )


def test_what_another_thing_costs_is_no_cost_of_the_one_asked_about(ask):
    answer = ask("石湾跨河大桥总共投资多少钱")
    assert answer.reason == "not_stated"
    assert "22亿元" not in answer.answer.partition("最接近")[0]
