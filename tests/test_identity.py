"""Which report a file is: place, year, date, speaker, title, kind; by flags, file name or text."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from source_files import BODY, REPORT, TITLE, load, write_text

from qa.errors import SourceError
from qa.identity import identify
from qa.load import load_report


@pytest.mark.parametrize(
    ("name", "report_id"),
    [
        ("2021_白水市.txt", "2021-白水市"),
        ("白水市2021年政府工作报告.txt", "2021-白水市"),
        ("白水省政府工作报告2021.txt", "2021-白水省"),
        ("20210203白水县.txt", "2021-白水县"),
        ("安徽省白水市2021年政府工作报告（全文）.txt", "2021-白水市"),
        ("广西白水市-2021.txt", "2021-白水市"),
        ("2021年国务院政府工作报告.txt", "2021-全国"),
        ("2021年北京政府工作报告.txt", "2021-北京市"),
        ("二〇二一年内蒙古自治区政府工作报告.txt", "2021-内蒙古自治区"),
        ("2021_新疆维吾尔自治区.txt", "2021-新疆维吾尔自治区"),
        ("恩施土家族苗族自治州2021.txt", "2021-恩施土家族苗族自治州"),
        ("2021_沙市区.txt", "2021-沙市区"),
        ("2021_成都市.txt", "2021-成都市"),
        ("2021_和县.txt", "2021-和县"),
        ("2021_贵白市.txt", "2021-贵白市"),
        ("2021_吉林市.txt", "2021-吉林市"),
        ("2021_云山.txt", "2021-云山市"),
        ("终稿.txt", "2023-云山市"),
        ("日照市2021.txt", "2021-日照市"),
        ("2021年万年县.txt", "2021-万年县"),
        ("2021_景德镇市.txt", "2021-景德镇市"),
        ("2021_贺州市.txt", "2021-贺州市"),
        ("2021_凉山州.txt", "2021-凉山彝族自治州"),
    ],
)
def test_identity_from_file_name(tmp_path: Path, name: str, report_id: str) -> None:
    assert load(tmp_path, name, REPORT).report_id == report_id


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("2021_明州.txt", "明州市经济向好，明州市民生改善。", "明州市"),
        ("2021_明州.txt", "明州经济向好，明州民生改善。", "明州市"),
        ("2021_青白.txt", "青白县经济向好，青白县民生改善。", "青白县"),
        # an autonomous county or prefecture by its full name, whatever the file calls it
        ("2021_环江县.txt", "环江经济向好。", "环江毛南族自治县"),
        ("2021_黔南州.txt", "黔南州经济向好。", "黔南布依族苗族自治州"),
        ("2021_黔南市.txt", "黔南市经济向好。", "黔南市"),
    ],
)
def test_identity_short_name_is_completed_from_the_text(
    tmp_path: Path, name: str, text: str, place: str
) -> None:
    assert load(tmp_path, name, [*BODY, text]).place == place


def test_identity_city_that_mentions_the_national_congress(tmp_path: Path) -> None:
    text = "过去一年，我们深入学习贯彻十四届全国人民代表大会第一次会议精神，全面落实国务院部署。"
    assert load(tmp_path, "a.txt", [*REPORT[:5], text, *REPORT[5:]]).place == "云山市"


def test_identity_flags_win(tmp_path: Path) -> None:
    path = write_text(tmp_path / "2021_白水市.txt", REPORT)
    report = load_report(path, place="青河縣", year=2019)
    assert (report.place, report.year, report.report_id) == ("青河县", 2019, "2019-青河县")


def test_identity_file_name_wins_over_text_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert load(tmp_path, "2021_白水市.txt", REPORT).report_id == "2021-白水市"
    assert [r.getMessage() for r in caplog.records] == [
        "2021_白水市：文件名说的是白水市，正文说的是云山市，按文件名处理",
        "2021_白水市：文件名说的是2021年，正文的日期是2023年，按文件名处理",
    ]


@pytest.mark.parametrize(
    ("name", "paragraphs", "asked"),
    [
        ("a.txt", BODY[:3] + BODY[3:5], "看不出报告的地区，请用 --place 指明"),
        ("a.txt", BODY[:2] + BODY[3:4], "看不出报告的地区和年份，请用 --place 和 --year 指明"),
        ("云山市.txt", BODY[:2] + BODY[3:4], "看不出报告的年份，请用 --year 指明"),
    ],
)
def test_identity_unsure_asks(tmp_path: Path, name: str, paragraphs: list[str], asked: str) -> None:
    with pytest.raises(SourceError) as caught:
        load(tmp_path, name, paragraphs)
    assert caught.value.reason == asked


def test_identity_year_out_of_range_is_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="1949 到 2100"):
        load_report(write_text(tmp_path / "a.txt", REPORT), year=23)


def test_identity_year_from_plan_heading(tmp_path: Path) -> None:
    assert load(tmp_path, "云山市.txt", BODY).year == 2023


@pytest.mark.parametrize(
    ("head", "given_on", "speaker"),
    [
        (
            ["——2024年3月5日在第十四届全国人民代表大会第二次会议上", "国务院总理 李大明"],
            "2024-03-05",
            "李大明",
        ),
        (
            ["——2024年2月3日在云山市第六届人民代表大会", "第六次会议上", "市长  林 海 波"],
            "2024-02-03",
            "林海波",
        ),
        (
            ["（2024年1月23日在云山市第六届人民代表大会第二次会议上）", "云山市人民政府代市长：王军"],
            "2024-01-23",
            "王军",
        ),
        (
            ["——二〇二四年一月十五日在云山市第六届人民代表大会第二次会议上 市长 欧阳文"],
            "2024-01-15",
            "欧阳文",
        ),
        (["2024年1月15日", "州长　艾力·买买提"], "2024-01-15", "艾力·买买提"),
        (["——2024年1月15日在云山市第六届人民代表大会第二次会议上", "王军"], "2024-01-15", "王军"),
        (["市长", "王军"], None, "王军"),
        ([], None, None),
    ],
)
def test_identity_date_and_speaker(
    tmp_path: Path, head: list[str], given_on: str | None, speaker: str | None
) -> None:
    report = load(tmp_path, "2024_云山市.txt", [TITLE, *head, *BODY])
    assert (report.given_on, report.speaker) == (given_on, speaker)
    assert all(p.is_heading and p.part == "head" for p in report.paragraphs[: len(head) + 2])


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (["政 府 工 作 报 告"], "政府工作报告"),
        (["云山市2024年", "政府工作报告"], "云山市2024年政府工作报告"),
        (["2024年云山市政府工作报告"], "2024年云山市政府工作报告"),
        ([], "云山市政府工作报告（2024年）"),
    ],
)
def test_identity_title(tmp_path: Path, head: list[str], title: str) -> None:
    assert load(tmp_path, "2024_云山市.txt", [*head, *BODY]).title == title


def test_identity_traditional_characters(tmp_path: Path) -> None:
    paragraphs = [
        "政府工作報告",
        "——2024年2月27日在南山縣第十五屆人民代表大會第五次會議上",
        "縣長 劉國強",
        "各位代表：",
        "現在，我代表縣人民政府，向大會報告政府工作，請予審議。",
        "一、2023年工作回顧",
        "地區生產總值增長4.0%。",
        "二、2024年工作安排",
        "今年經濟增長5%左右。",
    ]
    report = load(tmp_path, "a.txt", paragraphs)
    assert (report.report_id, report.speaker, report.title) == ("2024-南山县", "刘国强", "政府工作報告")
    assert report.text.split("\n") == paragraphs
    assert [p.part for p in report.paragraphs] == [*["head"] * 5, "review", "review", "plan", "plan"]


def test_identity_statistical_bulletin(tmp_path: Path) -> None:
    paragraphs = [
        "云山市2023年国民经济和社会发展统计公报[1]",
        "云山市统计局",
        "2024年3月28日",
        "2023年，全市经济运行回升向好。",
        "一、综合",
        "初步核算，全年生产总值1267.8亿元，比上年增长5.8%。2024年计划另行公布。",
    ]
    report = load(tmp_path, "a.txt", paragraphs)
    assert (report.report_id, report.doc_kind, report.year) == ("2023-云山市-统计公报", "统计公报", 2023)
    assert report.title == "云山市2023年国民经济和社会发展统计公报"
    assert {p.part for p in report.paragraphs} == {"review"}
    assert [p.is_heading for p in report.paragraphs] == [True, True, True, False, True, False]


@pytest.mark.parametrize(
    ("title", "report_id"),
    [
        ("关于云山市2023年国民经济和社会发展计划执行情况与2024年计划草案的报告", "2024-云山市-计划报告"),
        ("关于云山市2023年预算执行情况和2024年预算草案的报告", "2024-云山市-预算报告"),
    ],
)
def test_identity_plan_and_budget_reports(tmp_path: Path, title: str, report_id: str) -> None:
    body = ["各位代表：", "一、2023年执行情况", "增长5.8%。", "二、2024年草案", "增长6%左右。"]
    report = load(tmp_path, "a.txt", [title, *body])
    assert (report.report_id, report.title) == (report_id, title)
    assert [p.part for p in report.paragraphs[2:]] == ["review", "review", "plan", "plan"]


@pytest.mark.parametrize(
    ("head", "identity"),
    [
        (
            "苇原市国民经济和社会发展第十六个五年规划纲要\n（2031年2月6日苇原市第六届人民代表大会第七次会议批准）",
            "2031-苇原市-规划纲要",
        ),
        ("桐溪县国民经济和社会发展第十六个\n五年规划和2045年远景目标纲要", "2031-桐溪县-规划纲要"),
        ("中共桐溪县委关于制定国民经济和社会发展第十六个五年规划的建议", "2031-桐溪县-规划纲要"),
        ("香港特別行政區行政長官2030年施政報告", "2030-香港特别行政区"),
        ("二零三一年財政年度施政報告\n澳門特別行政區政府", "2031-澳门特别行政区"),
        ("桐溪县2030年国民经济和社会发展计划执行情况", "2030-桐溪县-计划报告"),
    ],
)
def test_plans_and_policy_addresses_are_known_by_their_titles(tmp_path, head, identity):
    found = identify(tmp_path / "正文.txt", [*head.split("\n"), "第一章 发展基础", "各项事业全面进步。"])
    assert found.report_id == identity


@pytest.mark.parametrize(
    ("head", "report_id", "title"),
    [
        (
            ["青岚县2029年国民经", "济和社会发展统计公报"],
            "2029-青岚县-统计公报",
            "青岚县2029年国民经济和社会发展统计公报",
        ),
        (["二〇〇七年青岚省国民经济和社会发展统计公报"], "2007-青岚省-统计公报", None),
        (["二○一一年度青岚市国民经济和社会发展统计公报"], "2011-青岚市-统计公报", None),
        (
            ["青岚县2029年国民经济和社会发展统计公报 2029"],
            "2029-青岚县-统计公报",
            "青岚县2029年国民经济和社会发展统计公报",
        ),
        (
            ["青岚市2030年国民经济和社会发展计划执行情况", "与2031年国民经济和社会发展计划草案的报告"],
            "2031-青岚市-计划报告",
            "青岚市2030年国民经济和社会发展计划执行情况与2031年国民经济和社会发展计划草案的报告",
        ),
    ],
)
def test_title_may_break_within_a_word_and_year_be_written_out(
    tmp_path: Path, head: list[str], report_id: str, title: str | None
) -> None:
    report = load(tmp_path, "a.txt", [*head, "各位代表：", "一、综合", "增长5.8%。"])
    assert (report.report_id, report.title) == (report_id, title or head[0])


@pytest.mark.parametrize(
    ("title", "stamp", "report_id"),
    [
        ("青嵐縣議會第9屆第2次定期會縣長施政報告", "發布日期：112-11-03　點閱次數：26", "2023-青岚县"),
        ("青嵐縣議會第9屆第2次定期會縣長施政報告", "中華民國112年11月3日", "2023-青岚县"),
        ("青岚县政府工作报告", "发布时间：2030-02-03 09:12", "2030-青岚县"),
        ("青岚县国民经济和社会发展统计公报", "更新日期：2030-04-03", "2029-青岚县-统计公报"),
    ],
)
def test_year_that_only_the_page_tells_is_taken_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, title: str, stamp: str, report_id: str
) -> None:
    with caplog.at_level(logging.WARNING):
        report = load(tmp_path, "a.txt", [title, stamp, "各位代表：", "一、综合", "增长5.8%。"])
    assert report.report_id == report_id
    assert ("按网页上的日期" in caplog.text) == ("民國" not in stamp)


@pytest.mark.parametrize(
    ("name", "head", "report_id"),
    [
        ("kfq.txt", "青岚经济技术开发区管理委员会2030年工作总结和2031年工作安排", "2031-青岚经济技术开发区"),
        ("a.txt", "青岚高新技术产业开发区2031年工作报告", "2031-青岚高新技术产业开发区"),
        (
            "2031年前三季度青岚市经济运行情况.txt",
            "前三季度全市经济稳中向好",
            "2031-青岚市-前三季度经济运行情况",
        ),
        ("2031年1-4月青岚县经济运行简析.txt", "", "2031-青岚县-1-4月经济运行情况"),
        ("2031年青岚市经济形势分析.txt", "", "2031-青岚市-经济运行情况"),
    ],
)
def test_zones_and_releases_name_themselves_otherwise(
    tmp_path: Path, name: str, head: str, report_id: str
) -> None:
    report = load(tmp_path, name, [*filter(None, [head]), "一、综合", "增长5.8%。"])
    assert report.report_id == report_id


def test_place_is_that_of_the_office_that_gave_the_page_out(tmp_path: Path) -> None:
    head = [
        "2031年上半年全市经济运行情况",
        "来源：青岚市统计局　发布时间：2031-07-20",
        "一、综合",
        "增长5.8%。",
    ]
    assert load(tmp_path, "8812.txt", head).place == "青岚市"
