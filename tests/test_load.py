from __future__ import annotations

import csv
import logging
from pathlib import Path

import pytest
from source_files import BODY, HEAD, REPORT, TITLE, pdf_bytes, wrap, write_docx, write_text

from qa.errors import SourceError
from qa.load import discover, load_report
from qa.types import Paragraph, Report

CORPUS = Path(__file__).parent.parent / "data" / "reports"
CORPUS_FILES = sorted(CORPUS.glob("*.txt"))


def load(tmp_path: Path, name: str, paragraphs: list[str]) -> Report:
    return load_report(write_text(tmp_path / name, paragraphs))


def outline(report: Report) -> list[tuple[str, str, bool, tuple[str, ...]]]:
    return [(p.text[:8], p.part, p.is_heading, tuple(s[:6] for s in p.section)) for p in report.paragraphs]


def paragraph(report: Report, begin: str) -> Paragraph:
    return next(p for p in report.paragraphs if p.text.startswith(begin))


# ------------------------------------------------------------------ the corpus


def test_corpus_has_five_reports() -> None:
    assert len(CORPUS_FILES) == 5


@pytest.mark.parametrize("path", CORPUS_FILES, ids=lambda path: path.stem)
def test_corpus_offsets_are_exact(path: Path) -> None:
    report = load_report(path)
    assert [p.number for p in report.paragraphs] == list(range(1, len(report.paragraphs) + 1))
    assert all(report.text[p.start : p.end] == p.text != "" for p in report.paragraphs)
    assert "\n".join(p.text for p in report.paragraphs) == report.text
    assert not any(c in report.text for c in "\ufeff\u200b\r")


@pytest.mark.parametrize("path", CORPUS_FILES, ids=lambda path: path.stem)
def test_corpus_parts_are_head_review_plan(path: Path) -> None:
    report = load_report(path)
    order = [p.part for p in report.paragraphs]
    assert order == sorted(order, key=["head", "review", "plan"].index)
    tops = [p for p in report.paragraphs if p.is_heading and not p.section and p.part != "head"]
    assert [p.text[:2] for p in tops] == ["一、", "二、", "三、"]
    assert [p.part for p in tops] == ["review", "plan", "plan"]
    assert all(p.section for p in report.paragraphs if p.part != "head" and not p.is_heading)
    assert "预期目标是" not in "".join(p.text for p in report.paragraphs if p.part == "review")


@pytest.mark.parametrize("path", CORPUS_FILES, ids=lambda path: path.stem)
def test_corpus_matches_manifest(path: Path) -> None:
    with (CORPUS / "manifest.csv").open(encoding="utf-8") as stream:
        row = next(row for row in csv.DictReader(stream) if row["file"] == path.name)
    r = load_report(path)
    found = [r.report_id, r.place, str(r.year), r.given_on or "", r.title, r.speaker or "", r.sha256]
    assert found == [row[k] for k in ("report_id", "place", "year", "given_on", "title", "speaker", "sha256")]


def test_corpus_noise_is_dropped_and_nothing_else() -> None:
    dropped = {path.stem: [(d.line, d.reason) for d in load_report(path).dropped] for path in CORPUS_FILES}
    noisy = {stem: lines for stem, lines in dropped.items() if lines}
    assert sorted(noisy.values()) == [[(1, "广告"), (3, "广告"), (5, "广告")], [(167, "零散字符")]]


# ------------------------------------------------------------------ formats and encodings


def test_load_same_report_from_every_format(tmp_path: Path) -> None:
    plain = load(tmp_path, "a.txt", REPORT)
    html = "<html><body>" + "".join(f"<p>{text}</p>" for text in REPORT) + "</body></html>"
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    write_text(tmp_path / "a.md", [f"# {TITLE}", *REPORT[1:]])
    write_docx(tmp_path / "a.docx", REPORT)
    for name in ("a.html", "a.md", "a.docx"):
        report = load_report(tmp_path / name)
        assert report.text == plain.text
        assert report.paragraphs == plain.paragraphs
        assert report.report_id == "2023-云山市"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_load_same_report_from_every_encoding(tmp_path: Path, encoding: str) -> None:
    plain = load(tmp_path, "a.txt", REPORT)
    other = load_report(write_text(tmp_path / "b.txt", REPORT, encoding))
    assert other.text == plain.text
    assert other.sha256 != plain.sha256


@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
def test_load_pdf_joins_lines_and_drops_headers(tmp_path: Path, indent: str) -> None:
    lines = [line for text in REPORT for line in wrap(indent + text, 30)]
    pages = [lines[i : i + 8] for i in range(0, len(lines), 8)]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes(pages, header="云山市人民政府文件", numbered=True))
    report = load_report(path)
    assert len(pages) >= 3
    # One space is lost: Chinese text from a PDF has none.
    assert report.text == "\n".join(REPORT).replace("市长 ", "市长")
    assert [d.reason for d in report.dropped].count("页眉页脚") == 2 * len(pages)
    assert (report.report_id, report.speaker) == ("2023-云山市", "李小山")


def test_load_hard_wrapped_text_is_joined(tmp_path: Path) -> None:
    lines = [line for text in REPORT for line in wrap(text, 30)]
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    report = load_report(path)
    assert BODY[4] in report.text.split("\n")
    assert report.text.replace("\n", "") == "".join(REPORT).replace("市长 ", "市长")
    assert len(report.paragraphs) <= len(REPORT) + 2


def test_load_hard_wrapped_text_with_blank_lines_between_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join("\n".join(wrap(text, 30)) for text in REPORT), encoding="utf-8")
    assert load_report(path).text == "\n".join(REPORT).replace("市长 ", "市长")


def test_load_wrapped_words_and_numbers_join_right(tmp_path: Path) -> None:
    body = "全市完成投资总额以及各类重点项目累计达到一百二十三点五亿元，其中新兴产业投资占比持续提高，达到"
    lines = [*wrap("　　" + body * 6, 30)[:-1], "　　推进 EOD", "project 试点，投资 120.5", "6 亿元。"]
    text = "\n".join([*(f"　　{h}" for h in [TITLE, *HEAD]), *lines])
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert load_report(path).paragraphs[-3].text == "推进EOD"
    assert load_report(path).paragraphs[-2].text == "project试点，投资120.5"


def test_load_long_lines_are_never_joined(tmp_path: Path) -> None:
    report = load(tmp_path, "a.txt", [*REPORT, "没有句号结尾的一段话"])
    assert report.text.split("\n") == [*REPORT, "没有句号结尾的一段话"]


# ------------------------------------------------------------------ noise


def test_noise_of_a_web_page_is_dropped(tmp_path: Path) -> None:
    noise = [
        "首页 > 政务公开 > 政府工作报告",
        "来源：市政府办公室　发布时间：2023-01-20　字体：【大 中 小】",
        "打印 关闭 分享",
        "更多资料请关注公众号 www.example.com",
    ]
    tail = ["- 12 -", "第 3 页 共 20 页", "（责任编辑：王五）", "————————", "上一篇：没有了", "Z"]
    report = load(tmp_path, "a.txt", [*noise, *REPORT, *tail])
    assert report.text.split("\n") == REPORT
    assert [d.reason for d in report.dropped] == [
        *["网页元素"] * 3,
        *["广告", "页码", "页码", "网页元素", "分隔线", "网页元素", "零散字符"],
    ]
    assert report.dropped[0].line == 1


def test_noise_repeated_line_at_the_head_is_dropped(tmp_path: Path) -> None:
    report = load(tmp_path, "a.txt", ["某某文库整理", "某某文库整理", *REPORT])
    assert report.text.split("\n") == REPORT
    assert [(d.text, d.reason) for d in report.dropped] == [("某某文库整理", "重复的短行")] * 2


@pytest.mark.parametrize(
    "line",
    [
        "登录www.example.gov.cn可办事项1200项，群众满意率达99%，新增“跨省通办”事项36项，企业和群众办事更方便。",
        "来源结构持续优化，客源地拓展到20个省份，全年接待游客1200万人次。",
        "打印产业基地加快建设。",
        "AI",
        "2.4",
        "分享发展成果，共建美好家园。",
    ],
)
def test_noise_rules_keep_report_content(tmp_path: Path, line: str) -> None:
    report = load(tmp_path, "a.txt", [*REPORT[:7], line, *REPORT[7:]])
    assert line in report.text.split("\n")
    assert report.dropped == ()


def test_bare_numbers_are_page_numbers_only_in_steps_of_one(tmp_path: Path) -> None:
    counted = load(tmp_path, "a.txt", [*REPORT[:5], "1", *REPORT[5:8], "2", *REPORT[8:10], "3", *REPORT[10:]])
    assert counted.text.split("\n") == REPORT
    loose = load(tmp_path, "b.txt", [*REPORT[:5], "17", *REPORT[5:]])
    assert "17" in loose.text.split("\n")


def test_noise_table_of_contents_is_dropped(tmp_path: Path) -> None:
    contents = ["目  录", "一、2022年工作回顾\t1", "二、2023年工作安排……………………12"]
    report = load(tmp_path, "a.txt", [TITLE, *contents, *REPORT[1:]])
    assert report.text.split("\n") == REPORT
    assert [d.reason for d in report.dropped] == ["目录"] * 3


def test_invisible_characters_are_removed(tmp_path: Path) -> None:
    report = load(tmp_path, "a.txt", [*REPORT, "\u200b增\ufeff长\x076%\u00ad。\u3000"])
    assert report.paragraphs[-1].text == "增长6%。"


def test_text_in_marker_form_is_kept(tmp_path: Path) -> None:
    assert load(tmp_path, "a.txt", [*REPORT, "见附表【1】。"]).paragraphs[-1].text == "见附表【1】。"


# ------------------------------------------------------------------ identity


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
        ("2021_凉山州.txt", "2021-凉山州"),
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


# ------------------------------------------------------------------ section tree


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


# ------------------------------------------------------------------ whole files


def test_load_very_long_paragraph(tmp_path: Path) -> None:
    long = "全市完成投资100亿元，增长5%。" * 600
    report = load(tmp_path, "a.txt", [*REPORT, long])
    assert report.paragraphs[-1].text == long
    assert len(long) > 10_000


def test_load_report_that_begins_with_a_heading(tmp_path: Path) -> None:
    report = load(tmp_path, "2023_云山市.txt", BODY[2:])
    assert (report.report_id, report.given_on, report.speaker) == ("2023-云山市", None, None)
    assert report.paragraphs[0].part == "review"


def test_load_only_noise_is_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="清理后没有正文"):
        load(tmp_path, "2024_云山市.txt", ["打印 关闭", "http://www.example.com/a"])


def test_load_only_headings_is_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="只有标题，没有正文"):
        load(tmp_path, "2024_云山市.txt", [TITLE, "市长 王军"])


def test_load_does_not_change_the_file(tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.txt", ["打印 关闭", *REPORT])
    before = path.read_bytes()
    load_report(path)
    assert path.read_bytes() == before


# ------------------------------------------------------------------ discover


def test_discover_folder_recursive_and_sorted(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").mkdir()
    names = ["b.txt", "a.PDF", "sub/c.docx", "manifest.csv", ".x.txt", "~$b.docx", ".hidden/d.txt"]
    for name in names:
        (tmp_path / name).write_text("x")
    files, errors = discover([tmp_path, tmp_path / "b.txt", tmp_path / "sub" / ".." / "b.txt"])
    assert [path.relative_to(tmp_path).as_posix() for path in files] == ["a.PDF", "b.txt", "sub/c.docx"]
    assert errors == []


def test_discover_reports_unknown_suffix_and_missing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.xyz").write_text("x")
    files, errors = discover([tmp_path, tmp_path / "none"])
    assert files == [tmp_path / "a.txt"]
    assert [error.path for error in errors] == [str(tmp_path / "b.xyz"), str(tmp_path / "none")]
    assert errors[0].reason.startswith("不支持的格式（.xyz）")
    assert errors[1].reason == "文件或文件夹不存在"


def test_discover_refuses_links_that_leave_the_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("x")
    (inside / "a.txt").write_text("x")
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "own.txt").symlink_to(inside / "a.txt")
    (inside / "dead.txt").symlink_to(inside / "gone.txt")
    files, errors = discover([inside])
    assert files == [inside / "a.txt"]
    reasons = {Path(error.path).name: error.reason for error in errors}
    assert sorted(reasons) == ["dead.txt", "folder", "link.txt"]
    assert f"{inside} 之外" in reasons["link.txt"]
    assert f"{inside} 之外" in reasons["folder"]
    assert reasons["dead.txt"] == "链接指向的文件不存在"


def test_discover_nothing(tmp_path: Path) -> None:
    assert discover([]) == ([], [])
    assert discover([tmp_path]) == ([], [])


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
