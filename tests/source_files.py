"""Builders of source files for tests: the same few paragraphs as pdf or docx, and hard-wrapped lines."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from qa.load import load_report
from qa.types import Report

TITLE = "政府工作报告"
HEAD = ["——2023年1月12日在云山市第八届人民代表大会第三次会议上", "市长 李小山"]
BODY = [
    "各位代表：",
    "现在，我代表市人民政府，向大会报告工作，请予审议。",
    "一、2022年工作回顾",
    "过去一年，全市上下迎难而上，经济社会发展取得新成效，各项事业迈上新台阶，人民生活持续改善，社会大局保持和谐稳定。",
    (
        "（一）坚持稳中求进，经济运行总体平稳。地区生产总值达到1234.5亿元、增长6.1%；一般公共预算收入56.7亿元，"
        "增长3.2%。规模以上工业增加值增长8.5%，固定资产投资增长10.3%，社会消费品零售总额增长2.4%，进出口总额增长12.6%。"
    ),
    "（二）坚持创新驱动，产业结构不断优化。新增高新技术企业36家，新增“专精特新”企业18家，EOD project试点启动。",
    "二、2023年工作安排",
    (
        "今年经济社会发展的主要预期目标是：地区生产总值增长7%左右，一般公共预算收入增长4%以上，城镇新增就业2.1万人，"
        "粮食总产量稳定在85万吨以上，居民人均可支配收入与经济增长同步，节能减排完成上级下达任务。"
    ),
    "（一）抓项目扩投资",
    "实施重大项目320个，年度计划投资450亿元以上，其中产业项目180个，力争新开工100个、竣工80个，为全年发展打下坚实基础。",
    "各位代表！蓝图已经绘就，奋斗正当其时。让我们团结一心，为建设现代化新云山而努力奋斗！",
]
REPORT = [TITLE, *HEAD, *BODY]


def write_text(path: Path, paragraphs: Sequence[str], encoding: str = "utf-8") -> Path:
    """One paragraph a line, blank lines between."""
    path.write_bytes("\n\n".join(paragraphs).encode(encoding))
    return path


def write_docx(path: Path, paragraphs: Sequence[str]) -> Path:
    """A Word file of plain paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def wrap(text: str, columns: float) -> list[str]:
    """Lines as a word processor breaks them: no line begins with a closing mark."""
    lines, current, width = [], "", 0.0
    for char in text:
        step = 0.5 if char.isascii() else 1.0
        if width + step > columns and char not in "，。、；：”）！%":
            lines.append(current)
            current, width = "", 0.0
        current += char
        width += step
    return [*lines, current] if current else lines


def pdf_bytes(pages: Sequence[Sequence[str]], *, header: str = "", numbered: bool = False) -> bytes:
    """A PDF with the given lines on each page, in a Chinese CID font."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = BytesIO()
    sheet = canvas.Canvas(stream, invariant=True)
    for number, lines in enumerate(pages, 1):
        sheet.setFont("STSong-Light", 12)
        if header:
            sheet.drawString(220, 810, header)
        for row, line in enumerate(lines):
            sheet.drawString(60, 780 - 20 * row, line)
        if numbered:
            sheet.drawString(290, 30, f"— {number} —")
        sheet.showPage()
    sheet.save()
    return stream.getvalue()


def load(folder: Path, name: str, paragraphs: Sequence[str]) -> Report:
    """Write the paragraphs to a file of that name and read it as a report."""
    return load_report(write_text(folder / name, paragraphs))
