"""Words that one number shares with the next, or with the paragraph it stands in: what is done away with, whose output, when."""

import pytest

from qa.figures import extract_figures
from qa.indicator_names import sibling
from qa.load import load_report

TITLE = "河湾县政府工作报告\n——2033年1月8日在河湾县第五届人民代表大会第一次会议上\n县长 某某\n\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n"
DONE = "一、2032年工作回顾\n各项工作都有进展，群众比较满意，成绩来之不易。\n"
PLANNED = "二、“十六五”时期主要目标任务\n各项工作都要有新的进展，让群众更加满意。\n"
BULLETIN = "河湾市2032年国民经济和社会发展统计公报\n河湾市统计局\n2033年3月8日\n\n一、综合\n"


def _figures(tmp_path, text: str, name: str = "2033_河湾县.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return extract_figures(load_report(path))


def _named(figures) -> dict[str, str | None]:
    """Standard name, else the name as written, by value."""
    return {f"{f.value}{f.unit}": f.canonical or f.indicator for f in figures}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "淘汰落后炼铁产能13万吨、粗钢产能17万吨、水泥38万吨、平板玻璃近11万重量箱。",
            {
                "13万吨": "淘汰落后炼铁产能",
                "17万吨": "淘汰粗钢产能",
                "38万吨": "淘汰水泥",
                "11万重量箱": "淘汰平板玻璃",
            },
        ),
        (
            "关停小煤矿12处、新增天然气用户300户。",
            {"12处": "关停小煤矿", "300户": "新增天然气用户"},
        ),
        (
            "单位国内生产总值用水量、能耗、二氧化碳排放量分别下降23%、15%、18%。",
            {
                "-23%": "万元地区生产总值用水量",
                "-15%": "单位地区生产总值能耗",
                "-18%": "单位地区生产总值二氧化碳排放",
            },
        ),
        (
            "一、二、三产业增加值分别增长4.9%、8.3%、4.4%。",
            {"4.9%": "第一产业增加值", "8.3%": "第二产业增加值", "4.4%": "第三产业增加值"},
        ),
        (
            "执业（助理）医师由每千人2.3人提高到2.8人。",
            {"2.3人": "每千人口执业医师数", "2.8人": "每千人口执业医师数"},
        ),
        (
            "人均生产总值仅为全市的78%、全省的53%。",
            {"78%": "人均生产总值（相当于全市）", "53%": "人均生产总值（相当于全省）"},
        ),
        (
            "地区生产总值增长12.6%达92.9亿元，第一产业增长9.1%达21.2亿元，第二产业增长18.2%。",
            {
                "12.6%": "地区生产总值",
                "92.9亿元": "地区生产总值",
                "9.1%": "第一产业增加值",
                "21.2亿元": "第一产业增加值",
                "18.2%": "第二产业增加值",
            },
        ),
        (
            "香洲、金湾和斗门三个行政区分别实现地区生产总值863亿元、351亿元和188亿元。",
            {
                "863亿元": "香洲行政区实现地区生产总值",
                "351亿元": "金湾行政区实现地区生产总值",
                "188亿元": "斗门行政区实现地区生产总值",
            },
        ),
        (
            "年末户籍总人口46.46万人，其中，城镇人口15.26万人，乡村人口31.2万人。",
            {"46.46万人": "户籍人口", "15.26万人": "城镇户籍人口", "31.2万人": "乡村户籍人口"},
        ),
        ("出栏生猪82万头，出笼家禽393万羽。", {"82万头": "生猪出栏", "393万羽": "家禽出栏"}),
        (
            "铁路营业里程由3188公里增至4245公里，其中高速铁路由1570公里增至2154公里。",
            {
                "3188公里": "铁路营业里程",
                "4245公里": "铁路营业里程",
                "1570公里": "高速铁路营业里程",
                "2154公里": "高速铁路营业里程",
            },
        ),
        ("产茶1.68万吨、产粮20万吨。", {"1.68万吨": "茶叶产量", "20万吨": "粮食产量"}),
        ("去年末居民储蓄存款余额增长8.5%。", {"8.5%": "住户存款余额"}),
    ],
)
def test_name_shared_with_the_number_before(tmp_path, sentence, expected):
    assert _named(_figures(tmp_path, TITLE + DONE + sentence + "\n")) == expected


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("“十六五”时期经济年均增长保持在6.5%以上。", "增速"),
        ("居民消费价格上涨控制在3%以内。", "增速"),
        ("城镇化率提高到58%。", "比率"),
    ],
)
def test_growth_that_is_to_be_kept_up(tmp_path, sentence, measure):
    assert [f.measure for f in _figures(tmp_path, TITLE + DONE + PLANNED + sentence + "\n")] == [measure]


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("地区生产总值增长12.6%达92.9亿元。", ["增速", "总量"]),
        ("一般公共预算收入增长6%、达4.2亿元。", ["增速", "总量"]),
        ("存款余额增加20亿元。", ["增量"]),
    ],
)
def test_amount_that_a_growth_came_to(tmp_path, sentence, measures):
    assert [f.measure for f in _figures(tmp_path, TITLE + DONE + sentence + "\n")] == measures


def test_plans_that_look_back_first(tmp_path):
    body = (
        "“十五五”规划确定的目标任务全面完成。“十五五”时期经济较快发展，地区生产总值年均增长7.8%。常住人口城镇化率达到56.1%。"
        "城镇新增就业人数超过6400人。今后五年，要新建公路300公里。\n"
    )
    figures = _figures(tmp_path, TITLE + DONE + PLANNED + body)
    assert {str(f.value): (f.kind, f.period) for f in figures} == {
        "7.8": ("actual", "2026—2030"),
        "56.1": ("actual", "2030"),
        "6400": ("actual", "2026—2030"),
        "300": ("target", "2033—2037"),
    }


def test_table_of_a_bulletin_names_its_parts(tmp_path):
    body = (
        "表1 2032年全市生产总值\n指标 绝对数（亿元） 比上年增长（%）\n地区生产总值 609.9 5.2\n其中：工业 166.3 8.2\n建筑业 130.5 3.1\n"
        "表2 2032年末户籍人口\n指标 年末数（万人） 比重（%）\n年末户籍人口 117.9 100.0\n其中：城镇 44.3 37.6\n"
    )
    figures = _figures(tmp_path, BULLETIN + body, "2032年河湾市国民经济和社会发展统计公报.txt")
    named = {str(f.value): (f.indicator, f.canonical) for f in figures if f.unit in ("亿元", "万人")}
    assert named["166.3"] == ("工业增加值", "全部工业增加值")
    assert named["44.3"] == ("城镇户籍人口", None)


def test_note_of_a_bulletin_tells_of_another_year(tmp_path):
    body = "初步核算，全市生产总值609.91亿元，比上年增长5.2%。\n注释：\n[1]地区生产总值按现价计算。2031年全市生产总值最终核实数为566.17亿元，比2030年增长8.4%。\n"
    figures = _figures(tmp_path, BULLETIN + body, "2032年河湾市国民经济和社会发展统计公报.txt")
    periods = {str(f.value): f.period for f in figures}
    assert periods == {"609.91": "2032", "5.2": "2032", "566.17": "2031", "8.4": "2031"}


@pytest.mark.parametrize(
    "title", ["河湾县二〇三二年国民经济和社会发展统计公报", "河湾县国民经济和社会发展统计公报"]
)
def test_bulletin_is_of_the_year_before_its_date(tmp_path, title):
    path = tmp_path / "a.txt"
    crumbs = "首页/ 政务公开/ 统计信息/ 统计公报/ 正文"
    path.write_text(
        f"{crumbs}\n{title}\n河湾县统计局\n2033年4月15日\n一、综合\n全县生产总值98.38亿元，较上年增长3.1%。\n",
        encoding="utf-8",
    )
    report = load_report(path)
    assert (report.report_id, report.dropped[0].text) == ("2032-河湾县-统计公报", crumbs)


@pytest.mark.parametrize(
    ("item", "name", "expected"),
    [
        ("贷款", "金融机构存款余额", "金融机构贷款余额"),
        ("高铁", "铁路营业里程", "高速铁路营业里程"),
        ("支出", "一般公共预算收入", "一般公共预算支出"),
    ],
)
def test_sibling_of_an_indicator_is_as_long_as_it(item, name, expected):
    assert sibling(item, name) == expected
