"""The period of a figure by its section, sentence, plan of five years or table."""

import pytest

from qa.figures import extract_figures
from qa.load import load_report

TITLE = "河湾县政府工作报告\n——2033年1月8日在河湾县第五届人民代表大会第一次会议上\n县长 某某\n\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n"


def _times(tmp_path, body: str) -> dict[str, tuple[str, str]]:
    """Kind and period by value, of a report of 2033."""
    path = tmp_path / "2033_河湾县.txt"
    path.write_text(TITLE + body, encoding="utf-8")
    report = load_report(path)
    return {str(f.value): (f.kind, f.period) for f in extract_figures(report)}


MIXED = """一、过去五年和2032年工作回顾
过去五年，是河湾发展很快的五年。我们主要办成了下面这些事。
——五年来，道路条件显著改善。新建农村公路311公里。改造危桥17座。
——五年来，民生不断改善。新增学位2350个。
刚刚过去的2032年，我们顶住压力，办成了这些大事：
1. 工业稳步增长。规模以上工业增加值增长6.4%。新增规上工业企业23家。
2. 农业再获丰收。粮食产量达到44.5万吨。
在肯定成绩的同时，我们清醒地看到，困难仍然不少。财政自给率仅为21.6%。
二、今后五年的奋斗目标和2033年工作安排
今后五年，我们要奋力赶超。新建农村公路408公里。
到2037年，地区生产总值突破260亿元。
2033年，我们将做好以下工作：
1. 抓好工业。新增规上工业企业31家。
2. 抓好农业。粮食产量稳定在45.5万吨。
"""


def test_period_of_a_section_of_two_times(tmp_path):
    times = _times(tmp_path, MIXED)
    five, ahead = ("actual", "2028—2032"), ("target", "2033—2037")
    assert [times[value] for value in ("311", "17", "2350")] == [five] * 3
    assert [times[value] for value in ("6.4", "23", "44.5", "21.6")] == [("actual", "2032")] * 4
    assert (times["408"], times["260"]) == (ahead, ("target", "2037"))
    assert [times[value] for value in ("31", "45.5")] == [("target", "2033")] * 2


def test_period_of_an_announcement_ends_with_its_section(tmp_path):
    body = """一、过去五年工作回顾
（一）经济发展
过去一年，我们做了以下工作：
新建农村公路12公里，这些公路连通了所有乡镇和主要的村庄。
（二）社会事业
新增学位2350个，这些学位大多在县城和几个人口较多的乡镇。
"""
    times = _times(tmp_path, body)
    assert (times["12"], times["2350"]) == (("actual", "2032"), ("actual", "2028—2032"))


@pytest.mark.parametrize(
    ("opening", "period"),
    [
        ("过去三年，", "2030—2032"),
        ("两年来，", "2031—2032"),
        ("本届政府履职以来，", "2028—2032"),
        ("“十六五”以来，", "2031—2032"),
        ("2029年，", "2029"),
        ("", "2032"),
        ("连续三年超额完成任务，", "2032"),
    ],
)
def test_period_of_a_sentence_by_its_opening(tmp_path, opening, period):
    times = _times(tmp_path, f"一、2032年工作回顾\n{opening}新建农村公路311公里，群众出行更加方便。\n")
    assert times["311"] == ("actual", period)


def test_period_of_a_five_year_plan_is_its_own(tmp_path):
    body = "一、2032年工作回顾\n各项工作都有进展，群众比较满意，成绩来之不易。\n二、“十六五”时期主要目标\n新建农村公路311公里，通到每个村庄。\n"
    assert _times(tmp_path, body)["311"] == ("target", "2031—2035")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("研发强度由1.9%提高到2.08%。", {"1.9": "2031", "2.08": "2032"}),
        ("五年来，茶园面积由18.2万亩扩大到30.5万亩。", {"18.2": "2027", "30.5": "2032"}),
        ("茶园面积由2029年的18.2万亩扩大到30.5万亩。", {"18.2": "2029", "30.5": "2032"}),
        ("茶园面积由最初的18.2万亩扩大到30.5万亩。", {"30.5": "2032"}),
        ("企业开办时间由15个工作日压缩至2个工作日。", {"2": "2032"}),
    ],
)
def test_period_of_the_value_left_behind(tmp_path, text, expected):
    times = _times(tmp_path, f"一、2032年工作回顾\n{text}\n")
    assert {value: period for value, (_, period) in times.items()} == expected


@pytest.mark.parametrize(
    "heading", ["过去一年和五年工作回顾", "2032年和五年工作回顾", "五年和2032年工作回顾"]
)
def test_period_of_a_heading_that_names_a_year_and_bare_five_years(tmp_path, heading):
    body = f"一、{heading}\n2032年，我们顶住压力。粮食产量44.5万吨。\n过去五年，变化很大。我们经受了考验。\n——道路更畅通。新建公路311公里。去年新建桥梁17座。\n（一）做强工业。累计技改820项。\n"
    times = {value: period for value, (_, period) in _times(tmp_path, body).items()}
    assert times == {"44.5": "2032", "311": "2028—2032", "17": "2032", "820": "2028—2032"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("财政收入十年增加4亿元、年均增长6.2%。", {"4": "2023—2032", "6.2": "2023—2032"}),
        ("研发经费五年增长1.5倍。", {"1.5": "2028—2032"}),
        (
            "五年累计减税3亿元、降费2亿元，今年新增企业5户。",
            {"3": "2028—2032", "2": "2028—2032", "5": "2033"},
        ),
        ("财政收入比五年前增长7%。", {"7": "2032"}),
        ("近三年累计投入9亿元。", {"9": "2030—2032"}),
        ("连续五年增长8%。", {"8": "2032"}),
    ],
)
def test_period_of_figures_that_say_how_many_years_they_are_of(tmp_path, text, expected):
    times = _times(tmp_path, f"一、2032年工作回顾\n{text}\n")
    assert {value: period for value, (_, period) in times.items() if value in expected} == expected


FIVE_YEARS = """一、2032年主要工作和“十七五”发展成就
2032年，地区生产总值增长6.4%。
各位代表！2032年任务的完成，标志着“十七五”胜利收官。
五年来，我们顶住压力，开创了新局面。
——实力不断增强。高新技术企业从210家增加到560家，财政收入突破80亿元。
——民生不断改善。累计新增学位2350个。
我们也清醒认识到，财政自给率仅为21.6%。
二、“十八五”主要目标
到2037年，研发投入强度达到3.1%以上；城镇化率达到68%左右。
城乡收入比缩小到1.9以内。
"""


def test_period_of_five_years_announced_by_their_own_opening(tmp_path):
    """五年来 is no number of a heading: what follows is of the five years, and was left before them."""
    times = _times(tmp_path, FIVE_YEARS)
    five = ("actual", "2028—2032")
    assert times["6.4"] == ("actual", "2032")
    assert times["210"] == ("actual", "2027")
    assert times["560"] == times["80"] == ("actual", "2032")
    assert times["2350"] == five
    assert times["21.6"] == ("actual", "2032")


def test_period_said_before_a_semicolon_goes_on_behind_it(tmp_path):
    times = _times(tmp_path, FIVE_YEARS)
    assert [times[value] for value in ("3.1", "68")] == [("target", "2037")] * 2
    assert times["1.9"][1] != "2037"


TURNED = """一、2032年工作回顾
2032年，粮食产量44.5万吨。
各位代表，2032年的工作已经收官。五年来，河湾综合实力大幅跃升。公路里程由310公里增加到520公里，产值年均增长7.5%。全年新增学位900个。
"""


def test_a_span_told_within_a_paragraph_holds_for_the_rest_of_it(tmp_path):
    times = _times(tmp_path, TURNED)
    five = ("actual", "2028—2032")
    assert (times["44.5"], times["310"]) == (("actual", "2032"), ("actual", "2027"))
    assert (times["520"], times["7.5"]) == (("actual", "2032"), five)
    assert times["900"] == ("actual", "2032")


def test_a_span_of_one_figure_or_of_few_years_holds_for_itself_alone(tmp_path):
    body = """一、2032年工作回顾
全年新增就业3.1万人。五年来，新增学位2350个。新建厕所46座。近三年来，环境明显改善。植树85万株。
"""
    times = _times(tmp_path, body)
    assert times["2350"] == ("actual", "2028—2032")
    assert [times[value] for value in ("3.1", "46", "85")] == [("actual", "2032")] * 3


def test_a_span_that_the_end_of_a_paragraph_announces_holds_for_what_follows(tmp_path):
    body = """一、2032年工作回顾
2032年的工作为五年画上了句号。五年来，我们战胜了许多困难，主要体现在：
——交通焕然一新。公路里程由310公里增加到520公里。
"""
    times = _times(tmp_path, body)
    assert (times["310"], times["520"]) == (("actual", "2027"), ("actual", "2032"))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("五年来，城镇化率达到63.1%。", "2032"),
        ("五年来，高速公路通车里程达到63.1公里。", "2032"),
        ("五年来，固定资产投资累计达到63.1亿元。", "2028—2032"),
        ("五年来，建成高速公路63.1公里。", "2028—2032"),
        ("五年来，空气质量优良率保持在63.1%以上。", "2028—2032"),
    ],
)
def test_level_that_years_came_to_is_of_the_last_of_them(tmp_path, text, period):
    times = _times(tmp_path, f"一、2032年工作回顾\n{text}各项工作都有进展，群众比较满意。\n")
    assert times["63.1"] == ("actual", period)


def test_report_given_late_in_its_year_tells_of_that_year(tmp_path):
    path = tmp_path / "施政報告.txt"
    path.write_text(
        "香港特別行政區行政長官2030年施政報告\n二○三○年十月十六日\n一、2030年施政工作回顧\n2. 失業率維持在3.1%的低水平。\n"
        "3. 未來五年公營房屋供應量達18萬個單位。\n4. 青年宿舍宿位約2600個。2026-27年度再檢討。\n",
        encoding="utf-8",
    )
    report = load_report(path)
    told = {str(f.value): (f.kind, f.period) for f in extract_figures(report)}
    assert told == {
        "3.1": ("actual", "2030"),
        "18": ("target", "2035"),
        "2600": ("actual", "2030"),
    }


@pytest.mark.parametrize(
    ("review", "plan", "expected"),
    [
        ("2033年预计完成税收6.3亿元。", "税收增长7%。", {"6.3": "actual", "7": "target"}),
        ("今年新修水渠21公里，去年19公里。", "2034年新修水渠25公里。", {"21": "actual", "25": "target"}),
        ("2031—2033年累计植树38万株。", "到2035年植树90万株。", {"38": "actual", "90": "target"}),
        ("截至2033年11月，入库项目57个。", "入库项目66个。", {"57": "actual", "66": "target"}),
    ],
)
def test_year_of_a_december_report_is_done_in_its_review(tmp_path, review, plan, expected):
    path = tmp_path / "河湾县.txt"
    head = TITLE.replace("2033年1月8日", "2033年12月20日")
    path.write_text(f"{head}一、2033年工作回顾\n{review}\n二、2034年工作安排\n{plan}\n", encoding="utf-8")
    kinds = {str(f.value): f.kind for f in extract_figures(load_report(path))}
    assert {value: kinds[value] for value in expected} == expected


def test_whole_year_within_a_review_of_five_is_the_last_of_them(tmp_path):
    times = _times(
        tmp_path,
        "一、“十五五”时期工作回顾\n五年来，累计修路310公里。全年接待游客96万人次。当年税收4.7亿元。\n",
    )
    assert times["96"] == times["4.7"] == ("actual", "2032")
    assert times["310"] == ("actual", "2028—2032")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("五年来，中心校由38所整合为24所。", "24"),
        ("五年来，入园率、升学率、就业率分别达到88%、93%、96%。", "96"),
        ("五年来，图书馆和博物馆分别增加到7个、11个。", "11"),
        ("五年来，高端产品产值占比达到46.3%。", "46.3"),
        ("五年来，存贷款余额分别由30亿元、20亿元增加到61亿元、47亿元。", "47"),
    ],
)
def test_what_years_came_to_is_of_the_last_in_every_value_of_a_group(tmp_path, text, value):
    assert _times(tmp_path, f"一、工作回顾\n{text}\n")[value] == ("actual", "2032")


def test_plan_without_a_heading_begins_where_the_report_turns_to_this_year(tmp_path):
    body = """过去的一年，全县上下顶住压力，地区生产总值增长4.1%，新增学位2350个。
2032年是很不平凡的一年，我们完成投资31亿元，向全县人民交出了一份合格的答卷。
今年是实施规划的关键一年。做好今年的工作，意义重大，我们要坚定信心，埋头苦干。
主要目标是：地区生产总值增长6%，新增就业1.2万人。
要抓好工业，新增规模以上工业企业23家。
"""
    times = _times(tmp_path, body)
    assert [times[value] for value in ("4.1", "2350", "31")] == [("actual", "2032")] * 3
    assert [times[value] for value in ("6", "1.2", "23")] == [("target", "2033")] * 3
