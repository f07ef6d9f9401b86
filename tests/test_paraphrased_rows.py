"""A comparison's silent reports, looked through for the same thing in other words; invented cities."""

import pytest
from shelf_reports import Shelf, shelf_of_texts

PAGE = """政府工作报告
——2031年1月15日在{place}第五届人民代表大会第六次会议上
{place}市长 林知远

一、2030年工作回顾
{text}

二、2031年工作安排
继续做好各项工作。
"""

TEXTS = {
    "云岭市": "民生持续改善。累计发放城乡低保金3.2亿元。新增停车位900个、充电桩120台。打通断头路4条。残疾人补贴发放1.5亿元。",
    "青屏市": "社会救助有力。发放低保金2.7亿元。新建停车位1500个。新建充电桩260个。打通城市断头路9条。",
    "海棠市": "城市更加宜居。规划停车位8000个。绿化广场12个。新增图书馆、体育馆各3个。",
}

OTHERS = (
    "法治政府",
    "乡村旅游",
    "科技创新",
    "港口物流",
    "文化遗产",
    "林下经济",
    "数字治理",
    "国防动员",
    "粮食安全",
)


@pytest.fixture(scope="module")
def cities() -> Shelf:
    # Words are weighed by how rare they are: a fourth city tells of other things at length.
    others = "\n".join(f"推进{what}，完善{what}制度，提升{what}水平，服务发展大局。" * 12 for what in OTHERS)
    texts = {**TEXTS, "长坡市": others}
    return shelf_of_texts(
        {f"2031_{place}": PAGE.format(place=place, text=text) for place, text in texts.items()}
    )


def cells(cities: Shelf, question: str) -> dict[str, str]:
    lines = [line for line in cities.ask(question).done.answer.splitlines() if line.startswith("|")][2:]
    return {line.split("|")[1].strip(): line.split("|")[2].strip() for line in lines}


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("各市去年发放低保金多少亿元", ("3.2亿元", "2.7亿元")),
        ("各市去年打通断头路多少条", ("4条", "9条")),
        ("各市停车位建设去年有多少个", ("900个", "1500个")),
    ],
)
def test_agreed_the_same_thing_in_other_words(cities, question, values):
    found = cells(cities, question)
    assert values[0] in found["云岭市"]
    assert values[1] in found["青屏市"]


def test_agreed_what_is_planned_is_not_what_was_done(cities):
    assert "8000" not in cells(cities, "各市停车位建设去年有多少个")["海棠市"]


def test_agreed_another_thing_is_no_answer(cities):
    assert cells(cities, "各市去年打通断头路多少条")["海棠市"] == "未提及"
    assert "残疾" not in cities.ask("各市去年发放就业补贴多少亿元").done.answer.split("最接近")[0]


def test_agreed_counters_of_one_thing_are_compared(cities):
    assert "多140个" in cities.ask("去年新增充电桩，青屏市比云岭市多多少").done.answer


def test_each_of_two_things_has_the_number(cities):
    rows = [(row.indicator, row.value) for row in cities.figures("2031-海棠市") if row.value == 3]
    assert rows == [("新增图书馆", 3), ("新增体育馆", 3)]
