"""Lines that end anywhere inside a sentence, because a PDF lost characters or a page was copied oddly."""

from __future__ import annotations

from qa.clean import clean, looks_ragged
from qa.formats import Line

RAGGED = [
    "上传",
    "2018政府工作报告",
    "",
    "2017年是本届政府任期的第一年。生产总值增长8.1%，财政总收入增长",
    "                        12.5%，一般公共预算收入增长 11.1%，收入分",
    "别增长8.9%和9.5%。全市正朝着小康社会，奋力",
    "前进，群众的日子越过越",
    "红火，城乡的面貌越来越美好。",
    "一、2017年工作回顾",
    "新增小微企业2.6万家，入驻园区的企业",
    "4612家，个体户转为企业的343",
    "家。推进两化融合，新增上云企业",
    "7800家，减免各类税费122亿元。成立学院，突出培",
    "训，推动薪火",
    "相传。",
    "展开",
]


def blocks(lines: list[str]) -> list[str]:
    return [block.text for block in clean([Line(n, text) for n, text in enumerate(lines, 1)], "lines")[0]]


def test_ragged_lines_are_joined_to_their_sentences() -> None:
    assert blocks(RAGGED) == [
        "上传",
        "2018政府工作报告",
        "2017年是本届政府任期的第一年。生产总值增长8.1%，财政总收入增长12.5%，一般公共预算收入增长11.1%，"
        "收入分别增长8.9%和9.5%。全市正朝着小康社会，奋力前进，群众的日子越过越红火，城乡的面貌越来越美好。",
        "一、2017年工作回顾",
        "新增小微企业2.6万家，入驻园区的企业4612家，个体户转为企业的343家。推进两化融合，新增上云企业7800家，"
        "减免各类税费122亿元。成立学院，突出培训，推动薪火相传。",
        "展开",
    ]


def test_report_whose_paragraphs_end_is_left_alone() -> None:
    whole = [f"第{n}项工作，取得了很大的进展，群众满意。" for n in range(12)]
    # A table, one cell a line, and a heading hold no comma.
    cells = ["指标名称", "2023年", "地区生产总值（亿元）", "一、2024年主要工作和重点任务安排"]
    assert not looks_ragged([*whole, *cells])
    assert blocks([*whole, *cells]) == [*whole, *cells]


def test_four_broken_lines_in_ten_are_the_seam() -> None:
    done, broken = "全市各项工作，都取得了新进展。", "全市各项工作，都取得了很大的新"
    assert looks_ragged([done] * 6 + [broken] * 4)  # 4 / 10 = 0.4
    assert not looks_ragged([done] * 7 + [broken] * 4)  # 4 / 11 = 0.36


def test_breaks_around_a_subscript_and_bold_words_are_undone() -> None:
    lines = [
        "去年，中央生态环境保护督察整改取得明显成效，PM",
        "2.5",
        "年平均浓度保持在20微克/立方米左右，CO",
        "2",
        "排放下降。今年经济社会发展的",
        "主要预期目标",
        "是：地区生产总值增长5%。",
        "一、2017年工作回顾",
        "各项工作取得成效",
        "优化营商环境",
        "持续推进改革，办好实事。",
    ]
    assert blocks(lines) == [
        "去年，中央生态环境保护督察整改取得明显成效，PM2.5年平均浓度保持在20微克/立方米左右，CO2排放下降。"
        "今年经济社会发展的主要预期目标是：地区生产总值增长5%。",
        "一、2017年工作回顾",
        "各项工作取得成效",
        "优化营商环境",
        "持续推进改革，办好实事。",
    ]
