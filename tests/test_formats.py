"""Source files of every format and encoding read as lines, and bad files, each with a plain error."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter
from source_files import REPORT, pdf_bytes, write_docx, write_text

from qa.errors import SourceError
from qa.formats import read_source
from qa.webtext import html_lines

LIMIT = 10 * 2**20


def texts(path: Path) -> list[str]:
    return [line.text for line in read_source(path, max_bytes=LIMIT).lines if line.text.strip()]


def reason(path: Path, limit: int = LIMIT) -> str:
    with pytest.raises(SourceError) as caught:
        read_source(path, max_bytes=limit)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value.reason


# ------------------------------------------------------------------ encodings


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_read_text_every_encoding(tmp_path: Path, encoding: str) -> None:
    assert texts(write_text(tmp_path / "a.txt", REPORT, encoding)) == REPORT


def test_read_text_utf16_big_endian_with_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xfe\xff" + "\n".join(REPORT).encode("utf-16-be"))
    assert texts(path) == REPORT


def test_read_text_big5(tmp_path: Path) -> None:
    text = "政府工作報告\n過去一年，全市經濟運行平穩，社會發展良好。"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("big5"))
    assert texts(path) == text.split("\n")


def test_read_text_short_gb18030(tmp_path: Path) -> None:
    assert texts(write_text(tmp_path / "a.txt", ["增长6%，好。"], "gb18030")) == ["增长6%，好。"]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\x0c", "\u2028"])
def test_read_text_line_breaks(tmp_path: Path, newline: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"第一段。{newline}第二段。".encode())
    assert texts(path) == ["第一段。", "第二段。"]


def test_read_text_broken_utf8_is_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("ÄÖÜ ñ".encode("latin-1") + b"\xff\xff\x80")
    assert "无法识别文字编码" in reason(path)


# ------------------------------------------------------------------ bad files


def test_bad_file_missing(tmp_path: Path) -> None:
    assert reason(tmp_path / "no.txt") == "文件不存在"


def test_bad_file_folder(tmp_path: Path) -> None:
    folder = tmp_path / "dir.txt"
    folder.mkdir()
    assert reason(folder) == "不是普通文件"


@pytest.mark.parametrize("content", [b"", b" \n\n\t "])
def test_bad_file_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert reason(path) == "文件是空的"


def test_bad_file_binary(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(256)) * 20)
    assert reason(path) == "是二进制文件，不是文本"


def test_bad_file_text_with_nul(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"report\x00\x01\x02\x03 of 2024")
    assert reason(path) == "是二进制文件，不是文本"


def test_bad_file_too_big_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 2**20)
    assert "200.0 MB" in reason(path, 50 * 2**20)
    assert "上限 50 MB" in reason(path, 50 * 2**20)


def test_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.txt", ["增长。"])
    assert read_source(path, max_bytes=9).lines[0].text == "增长。"
    assert "文件过大" in reason(path, 8)


def test_bad_file_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, who may read anything: the refusal is played.
    path = write_text(tmp_path / "a.txt", REPORT)

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert reason(path) == "没有读取权限，请检查文件权限"


@pytest.mark.parametrize(
    ("name", "part"), [("a.doc", "另存为 .docx"), ("a.xyz", ".xyz"), ("a", "没有扩展名")]
)
def test_bad_file_unknown_suffix(tmp_path: Path, name: str, part: str) -> None:
    path = write_text(tmp_path / name, REPORT)
    assert reason(path).startswith("不支持的格式")
    assert part in reason(path)


def test_bad_file_pdf_named_txt(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(pdf_bytes([["增长6%。"]]))
    assert "内容是PDF，与扩展名 .txt 不符" in reason(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04 cut short", b"no zip at all"])
def test_bad_file_damaged_docx(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    assert reason(path) == "Word 文件已损坏，无法打开"


def test_bad_file_truncated_docx(tmp_path: Path) -> None:
    path = write_docx(tmp_path / "a.docx", REPORT)
    path.write_bytes(path.read_bytes()[:-2000])
    assert reason(path) == "Word 文件已损坏，无法打开"


def test_bad_file_encrypted_docx(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    )
    assert reason(path) == "有密码保护，请先去掉密码"


def test_bad_file_old_word_named_docx(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
    assert "旧版 Word" in reason(path)


@pytest.mark.parametrize("content", [b"%PDF-1.7 and nothing more", b"hello"])
def test_bad_file_damaged_pdf(tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert reason(path) == "PDF 文件已损坏，无法打开"
    assert caplog.records == []  # pypdf's own words, in English and without the file, are no second message


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_bad_file_encrypted_pdf(tmp_path: Path, algorithm: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_encrypted("secret", algorithm))
    assert reason(path) == "有密码保护，请先去掉密码"


def test_read_pdf_protected_only_against_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_encrypted("", "AES-256"))
    assert texts(path) == ["增长6%。"]


def _encrypted(password: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_bytes([["增长6%。"]]))))
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_bad_file_scanned_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes([[], []]))
    assert "可能是扫描件" in reason(path)


# ------------------------------------------------------------------ formats


def test_read_docx_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("一、综合", 1)
    document.add_paragraph("表前。")
    table = document.add_table(2, 2)
    for row, cells in enumerate([("指标", "增速"), ("地区生产总值", "6.1%")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_paragraph("表后。")
    path = tmp_path / "a.docx"
    document.save(str(path))
    lines = read_source(path, max_bytes=LIMIT).lines
    assert [(line.text, line.level) for line in lines] == [
        ("一、综合", 1),
        ("表前。", 0),
        ("指标\t增速", 0),
        ("地区生产总值\t6.1%", 0),
        ("表后。", 0),
    ]


def test_a_cell_over_several_rows_of_a_docx_begins_each(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, cells in enumerate(
        [("出口额", "合计", "9486.2"), ("", "机电产品", "4317.6"), ("进口额", "原油", "2874.8")]
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert texts(path) == ["出口额\t合计\t9486.2", "出口额\t机电产品\t4317.6", "进口额\t原油\t2874.8"]


def test_a_cell_over_several_lines_of_a_page_is_one_and_a_head_over_columns_is_told_for_each(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><p>公报。</p><table><tr><td>指标</td><td colspan='2'><p>生产总值<br>（亿元）</p></td></tr>"
        "<tr><td>批发和<br>零售业</td><td>1&nbsp;268.35</td><td>6.1</td></tr>"
        "<tr><td colspan='2'>合计</td><td>5.0</td></tr></table></body></html>",
        "utf-8",
    )
    assert texts(path)[-3:] == [
        "指标\t生产总值（亿元）\t生产总值（亿元）",
        "批发和零售业\t1268.35\t6.1",
        "合计\t5.0",
    ]


def test_a_cell_over_several_rows_of_a_page_begins_each_but_no_amount_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><p>公报。</p><table><tr><td rowspan='2'>指标</td><td rowspan='2'>全市</td><td colspan='2'>其中</td></tr>"
        "<tr><td>城市</td><td>农村</td></tr>"
        "<tr><td>居住</td><td rowspan='2'>-0.1</td><td>0.3</td><td>0.4</td></tr>"
        "<tr><td>衣着</td><td>0.6</td><td>0.7</td></tr></table></body></html>",
        "utf-8",
    )
    assert texts(path)[-4:] == [
        "指标\t全市\t其中\t其中",
        "指标\t全市\t城市\t农村",
        "居住\t-0.1\t0.3\t0.4",
        "衣着\t0.6\t0.7",
    ]


def test_read_docx_keeps_smart_tags_and_insertions_not_deletions(tmp_path: Path) -> None:
    document = docx.Document()
    xml = (
        f"<w:p {nsdecls('w')}><w:r><w:t>到</w:t></w:r>"
        '<w:smartTag w:element="chsdate"><w:r><w:t>2024年</w:t></w:r></w:smartTag>'
        '<w:ins w:id="1" w:author="a"><w:r><w:t>增长</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>下降</w:delText></w:r></w:del><w:r><w:t>6%。</w:t></w:r></w:p>'
    )
    document.element.body.insert(0, parse_xml(xml))
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert texts(path) == ["到2024年增长6%。"]


def test_read_docx_line_break_splits(tmp_path: Path) -> None:
    assert texts(write_docx(tmp_path / "a.docx", ["第一行。\n第二行。"])) == ["第一行。", "第二行。"]


def test_read_pdf_lines_with_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes([["第一页。"], ["第二页。"]]))
    source = read_source(path, max_bytes=LIMIT)
    assert [(line.text, line.page) for line in source.lines if line.text] == [
        ("第一页。", 1),
        ("第二页。", 2),
    ]
    assert source.layout == "pages"


def test_read_markdown_without_marks(tmp_path: Path) -> None:
    markdown = (
        "---\ntitle: x\n---\n# 政府工作报告\n\n## 一、2023年工作回顾\n\n**经济平稳**。[链接](http://a.cn)增长*快*。\n\n"
        "- 新增1\\.5万人\n> 引文。\n\n| 指标 | 值 |\n|---|---|\n| 投资 | 5% |\n\n---\n1. 扩内需\n"
    )
    path = write_text(tmp_path / "a.md", [markdown])
    lines = [(x.text, x.level) for x in read_source(path, max_bytes=LIMIT).lines if x.text]
    assert lines == [
        ("政府工作报告", 1),
        ("一、2023年工作回顾", 2),
        ("经济平稳。链接增长*快*。", 0),
        ("新增1.5万人", 0),
        ("引文。", 0),
        ("指标\t值", 0),
        ("投资\t5%", 0),
        ("1. 扩内需", 0),
    ]


PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>政府工作报告_云山市政府网</title>
<style>p{color:red}</style><script>var a="脚本。";</script></head><body><form>
<div class="top"><ul><li>首页</li><li>政务公开</li></ul></div><nav>导航。</nav>
<div class="box"><h1>2023年政府工作报告</h1><div class="zoom">
<p>　　一、2022年工作
回顾</p><p>全市生产总值增长<b>6.1%</b>，镕基。<br>第二行；</p><!-- 注释。 --><div style="display: none">隐藏。</div>
<table><tr><td>投资</td><td>增长5%</td></tr></table><p>完成80%。</p></div></div>
<div class="side"><a>通知公告</a></div><footer>版权所有。</footer></form></body></html>"""


def test_read_html_main_text_only(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.encode("gb18030"))
    lines = [(x.text, x.level) for x in read_source(path, max_bytes=LIMIT).lines]
    assert [(text.strip("\u3000"), level) for text, level in lines] == [
        ("2023年政府工作报告", 1),
        ("一、2022年工作回顾", 0),
        ("全市生产总值增长6.1%，镕基。", 0),
        ("第二行；", 0),
        ("投资\t增长5%", 0),
        ("完成80%。", 0),
    ]


def test_html_lines_title_of_the_page_if_no_heading() -> None:
    page = "<title>云山市2023年政府工作报告 - 云山市政府网</title><body><p>增长。</p><p>平稳。</p></body>"
    assert html_lines(page) == [("云山市2023年政府工作报告", 1), ("增长。", 0), ("平稳。", 0)]


def test_html_lines_empty_page() -> None:
    assert html_lines("<html><body><script>x</script></body></html>") == []
