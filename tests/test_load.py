"""Reading report files: the corpus, formats, encodings, noise, whole files, folders."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from source_files import BODY, HEAD, REPORT, TITLE, load, pdf_bytes, wrap, write_docx, write_text

from qa.errors import SourceError
from qa.load import discover, load_report

CORPUS = Path(__file__).parent.parent / "data" / "reports"
CORPUS_FILES = sorted(CORPUS.glob("*.txt"))


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
