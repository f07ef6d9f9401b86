"""The section tree of a report: headings of every level, lead sentences, review and plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from source_files import BODY, REPORT, TITLE, load, write_docx

from qa.load import load_report
from qa.types import Paragraph, Report


def outline(report: Report) -> list[tuple[str, str, bool, tuple[str, ...]]]:
    return [(p.text[:8], p.part, p.is_heading, tuple(s[:6] for s in p.section)) for p in report.paragraphs]


def paragraph(report: Report, begin: str) -> Paragraph:
    return next(p for p in report.paragraphs if p.text.startswith(begin))


def test_sections_of_a_report(tmp_path: Path) -> None:
    assert outline(load(tmp_path, "a.txt", REPORT)) == [
        ("政府工作报告", "head", True, ()),
        ("——2023年1", "head", True, ()),
        ("市长 李小山", "head", True, ()),
        ("各位代表：", "head", True, ()),
        ("现在，我代表市人", "head", False, ()),
        ("一、2022年工", "review", True, ()),
        ("过去一年，全市上", "review", False, ("一、2022",)),
        ("（一）坚持稳中求", "review", False, ("一、2022", "（一）坚持稳")),
        ("（二）坚持创新驱", "review", False, ("一、2022", "（二）坚持创")),
        ("二、2023年工", "plan", True, ()),
        ("今年经济社会发展", "plan", False, ("二、2023",)),
        ("（一）抓项目扩投", "plan", True, ("二、2023",)),
        ("实施重大项目32", "plan", False, ("二、2023", "（一）抓项目")),
        ("各位代表！蓝图已", "plan", False, ("二、2023",)),
    ]


def test_sections_heading_in_the_line_is_its_sentence(tmp_path: Path) -> None:
    report = load(tmp_path, "a.txt", REPORT)
    assert paragraph(report, "（一）坚持").section == (
        "一、2022年工作回顾",
        "（一）坚持稳中求进，经济运行总体平稳。",
    )


def test_sections_all_levels(tmp_path: Path) -> None:
    lines = [
        "第一部分 2022年工作回顾",
        "一、主要成效",
        "（一）产业",
        "1.工业",
        "（1）钢铁",
        "钢产量增长5%。",
        "2、农业",
        "粮食增产。",
    ]
    report = load(tmp_path, "a.txt", [*REPORT[:5], *lines, "第二部分 2023年工作安排", "增长6%。"])
    assert paragraph(report, "钢产量").section == tuple(lines[:5])
    assert paragraph(report, "粮食").section == (*lines[:3], "2、农业")
    assert paragraph(report, "增长6").section == ("第二部分 2023年工作安排",)
    assert [paragraph(report, begin).part for begin in ("粮食", "增长6")] == ["review", "plan"]


@pytest.mark.parametrize(
    "line",
    [
        "一、二、三产业增加值分别增长4.9%、8.3%、4.4%。",
        "一是产业向好。",
        "2.5万人就业。",
        "2023、2024年均增长5%。",
    ],
)
def test_sections_numbers_that_are_no_headings(tmp_path: Path, line: str) -> None:
    report = load(tmp_path, "a.txt", [*REPORT[:6], line, "后面一段有足够长的正文内容。"])
    assert paragraph(report, line).section == ("一、2022年工作回顾",)
    assert paragraph(report, "后面").section == ("一、2022年工作回顾",)
    assert not paragraph(report, line).is_heading


def test_sections_numbered_items_with_figures_are_text(tmp_path: Path) -> None:
    items = ["1.一般公共预算收入增长8%", "2.新增就业1.2万人。", "3.完善制度。", "（三）实现投资100亿元。"]
    report = load(tmp_path, "a.txt", [*REPORT[:6], *items])
    assert [p.is_heading for p in report.paragraphs[6:]] == [False] * 4


def test_sections_lead_sentences(tmp_path: Path) -> None:
    lines = [
        "——经济运行持续向好。全市生产总值增长6.1%。",
        "提升中心城区品质形象，不断强化辐射带动功能。深入推进城市更新行动。",
        "2022年是极不平凡的一年。我们完成了任务。",
        "地区生产总值增长6.1%。运行平稳。",
    ]
    report = load(tmp_path, "a.txt", [*REPORT[:6], *lines])
    assert [p.section[1:] for p in report.paragraphs[6:]] == [
        ("——经济运行持续向好。",),
        ("提升中心城区品质形象，不断强化辐射带动功能。",),
        (),
        (),
    ]


def test_sections_lead_lines_head_what_follows(tmp_path: Path) -> None:
    long = "全市累计建成项目若干个，完成投资若干亿元，带动就业若干万人，" * 3 + "成效明显。"
    lines = [
        "——产业发展取得新突破。",
        long,
        "我们办成了以下八件大事。",
        "一是通了高铁。全线贯通。",
        "二是建了机场。首航成功。",
    ]
    report = load(tmp_path, "a.txt", [*REPORT[:6], *lines, "各位代表！成绩来之不易。"])
    assert [p.section[1:] for p in report.paragraphs[6:]] == [
        (lines[0],),
        (lines[0],),
        (lines[2],),
        (lines[2], "一是通了高铁。"),
        (lines[2], "二是建了机场。"),
        (),
    ]


def test_sections_own_lead_lines_need_company(tmp_path: Path) -> None:
    long = "深入实施各项行动，全面落实各项政策，切实抓好各项任务，" * 3 + "务求实效。"
    two = load(tmp_path, "a.txt", [*REPORT[:10], "加快发展现代服务业。", long, "大力发展现代农业。", long])
    assert [p.section[1:] for p in two.paragraphs[-3:]] == [
        ("加快发展现代服务业。",),
        ("大力发展现代农业。",),
        ("大力发展现代农业。",),
    ]
    one = load(tmp_path, "b.txt", [*REPORT[:10], "统筹发展和安全，筑牢底线。", long])
    assert one.paragraphs[-1].section == ("二、2023年工作安排",)


def test_sections_state_council_three_parts(tmp_path: Path) -> None:
    tops = ["一、2023年工作回顾", "二、2024年经济社会发展总体要求和政策取向", "三、2024年政府工作任务"]
    body = ["国内生产总值增长5.2%。", "国内生产总值增长5%左右。", "推动产业升级。"]
    head = [TITLE, "——2024年3月5日在第十四届全国人民代表大会第二次会议上", "国务院总理 李大明", "各位代表："]
    report = load(tmp_path, "a.txt", [*head, *(x for pair in zip(tops, body, strict=True) for x in pair)])
    assert report.report_id == "2024-全国"
    assert [paragraph(report, text).part for text in body] == ["review", "plan", "plan"]


def test_sections_five_year_report(tmp_path: Path) -> None:
    lines = [
        "一、2022年和过去五年工作回顾",
        "五年来，增长6%。",
        "二、今后五年工作总体要求",
        "翻一番。",
        "三、2023年工作建议",
        "增长7%。",
    ]
    report = load(tmp_path, "a.txt", [*REPORT[:5], *lines])
    assert [p.part for p in report.paragraphs[5:]] == ["review"] * 2 + ["plan"] * 4


def test_sections_without_top_headings(tmp_path: Path) -> None:
    lines = [
        BODY[3],
        "（一）经济。增长6%。",
        "今年经济社会发展的主要预期目标是：增长7%。",
        "（一）产业。增长8%。",
    ]
    report = load(tmp_path, "a.txt", [*REPORT[:5], *lines])
    assert [p.part for p in report.paragraphs[4:]] == ["head", "review", "review", "plan", "plan"]


def test_sections_review_before_the_first_heading(tmp_path: Path) -> None:
    lines = [BODY[3], "一、2023年总体要求", "增长7%。", "二、重点任务", "投资增长8%。"]
    report = load(tmp_path, "a.txt", [*REPORT[:5], *lines])
    assert [p.part for p in report.paragraphs[4:]] == ["head", "review", *["plan"] * 4]


def test_sections_word_headings_without_numbers(tmp_path: Path) -> None:
    # Automatic numbers of Word are not in its text.
    lines = ["2022年工作回顾", "增长6%。", "2023年重点工作", "抓项目", "投资增长8%。"]
    report = load_report(write_docx(tmp_path / "a.docx", [*REPORT[:5], *lines]))
    assert [(p.part, p.is_heading) for p in report.paragraphs[5:]] == [
        ("review", True),
        ("review", False),
        ("plan", True),
        ("plan", True),
        ("plan", False),
    ]
    assert report.paragraphs[-1].section == ("2023年重点工作", "抓项目")


def test_load_review_that_plans_under_no_heading_of_its_own_plans_from_the_aims_on(tmp_path: Path) -> None:
    report = load(
        tmp_path,
        "枫溪市2024年政府工作报告.txt",
        [
            "一、2023年工作回顾",
            "全市地区生产总值增长5.2%，一般公共预算收入增长8.2%，各项工作取得新进展。",
            "提出今年全市经济社会发展的主要预期目标是：地区生产总值增长5%左右。",
            "（一）持续提升城市功能",
        ],
    )
    assert [p.part for p in report.paragraphs] == ["review", "review", "plan", "plan"]


def test_load_headings_of_parts_without_numbers_stand_above_the_numbered_ones(tmp_path: Path) -> None:
    report = load(
        tmp_path,
        "2026年青禾省政府工作报告.txt",
        [
            "各位代表：",
            "现在，我代表省人民政府向大会报告工作，请予审议。",
            "“十四五”时期发展成就和2025年工作回顾",
            "——这五年综合实力大幅提升。经济总量达到2.67万亿元，人均水平进入全国前8位，发展的基础更加坚实。",
            "刚刚过去的2025年，地区生产总值增长4.7%，各项工作取得新的进展。",
            "“十五五”时期主要目标和2026年重点工作",
            "今年经济社会发展的主要预期目标是：地区生产总值增长5%左右。",
            "一、全力抓好重点工作",
            "新建高标准农田600万亩，粮食产量保持稳定。",
        ],
    )
    assert [p.part for p in report.paragraphs] == ["head", "head"] + ["review"] * 3 + ["plan"] * 4
    assert report.paragraphs[-1].section == (
        "“十五五”时期主要目标和2026年重点工作",
        "一、全力抓好重点工作",
    )


def test_load_section_that_reviews_one_plan_and_sets_the_next(tmp_path: Path) -> None:
    report = load(
        tmp_path,
        "枫溪市2026年政府工作报告.txt",
        [
            "一、2025年工作回顾",
            "地区生产总值增长5.2%，各项工作取得新进展。",
            "二、“十四五”时期发展成就和“十五五”时期主要目标任务",
            "过去五年，地区生产总值年均增长5.7%，发展质量明显提高。",
            "“十五五”时期是夯实基础、全面发力的关键时期。",
            "地区生产总值年均增长5%左右。",
            "三、2026年重点工作",
            "新建高标准农田6万亩。",
        ],
    )
    assert [p.part for p in report.paragraphs] == ["review"] * 4 + ["plan"] * 4


@pytest.mark.parametrize(
    ("name", "past", "ahead", "sub", "line"),
    [
        ("a.html", "<h2>2030年工作回顾</h2>", "<h2>2031年工作打算</h2>", "<h3>一、{}</h3>", "<p>{}</p>"),
        ("b.html", "<h3>过去一年的工作总结</h3>", "<h3>今年主要任务</h3>", "<h4>一、{}</h4>", "<p>{}</p>"),
        ("c.md", "## 2030年政府工作回顾", "## 2031年工作部署", "### 一、{}", "{}"),
        ("d.txt", "2030年主要工作", "2031年工作思路", "一、{}", "{}"),
    ],
)
def test_sections_headings_of_parts_stand_above_numbered_ones_of_lower_markup(
    tmp_path: Path, name: str, past: str, ahead: str, sub: str, line: str
) -> None:
    lines = [
        line.format("政府工作报告"),
        line.format("——2031年1月9日在云岭市第六届人民代表大会第一次会议上"),
        line.format("我代表市人民政府，向大会报告工作，请予审议。"),
        *(past, sub.format("坚持兴业，实力更强"), line.format("新建厂房5座。")),
        *(ahead, sub.format("坚持惠民，生活更好"), line.format("新建学校2所。")),
    ]
    path = tmp_path / name
    path.write_text("\n\n".join(lines), encoding="utf-8")
    report = load_report(path, place="云岭市", year=2031)
    assert paragraph(report, "新建厂房").part == "review"
    assert paragraph(report, "新建学校").part == "plan"


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("二、存在的不足", "review"),
        ("二、存在的主要问题", "review"),
        ("二、困难和问题", "review"),
        ("二、存在的问题和下一步打算", "plan"),
        ("二、着力破解突出问题", "plan"),
    ],
)
def test_sections_part_on_problems_is_still_the_review(tmp_path: Path, heading: str, part: str) -> None:
    lines = [
        TITLE,
        "一、2022年工作情况",
        "增长5.8%。",
        heading,
        "土地开发强度已达47.8%。",
        "三、2023年工作安排",
        "增长6%。",
    ]
    assert paragraph(load(tmp_path, "2023_云山市.txt", lines), "土地").part == part


@pytest.mark.parametrize("gap", ["    ", "\t", " "])
def test_text_behind_a_table_is_none_of_its_rows(tmp_path: Path, gap: str) -> None:
    table = [
        ("指标", "绝对数（亿元）", "比上年增长（%）"),
        ("生产总值", "609.9", "5.2"),
        ("其中：工业", "166.3", "8.2"),
    ]
    rows = "\n".join(gap.join(row) for row in table)
    text = (
        "河湾市2032年国民经济和社会发展统计公报\n河湾市统计局\n2033年3月8日\n\n一、综合\n全年生产总值609.9亿元，增长5.2%。\n"
        f"{rows}\n年末全市常住人口82.9万人，比上年增加0.4万人。\n二、农业\n粮食产量90.2万吨。\n"
    )
    report = load(tmp_path, "2032年河湾市国民经济和社会发展统计公报.txt", text.split("\n"))
    assert paragraph(report, "年末全市").section == ("一、综合",)
    assert (
        paragraph(report, "其中：工业").section[0] == "一、综合"
        and len(paragraph(report, "其中").section) == 2
    )
