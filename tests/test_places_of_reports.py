"""Which place a report is of: every name of the register, invented names, and texts that do not say."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from qa.errors import SourceError
from qa.identity import identify, lowest_place
from qa.places import gazetteer

NOT_A_PLACE = "行政区划"
"""Lines of the register that only gather counties: 省直辖县级行政区划."""


def place_of(stem: str, *texts: str) -> str:
    return identify(Path(f"{stem}.txt"), ["政府工作报告", *texts]).place


def test_every_place_of_the_gazetteer_is_known_by_its_file_and_by_its_meeting() -> None:
    names = [p.name for p in gazetteer() if p.name != "城区" and not p.name.endswith(NOT_A_PLACE)]
    assert len(names) > 3000
    by_file = [name for name in names if place_of(f"2026年{name}政府工作报告") != name]
    meeting = "（2026年1月27日在{}第十四届人民代表大会第四次会议上）"
    by_text = [name for name in names if place_of("gzbg", meeting.format(name)) != name]
    assert (by_file, by_text) == ([], [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("贵州省", "贵州省"),  # 州 is also a unit
        ("固镇县", "固镇县"),  # so is 镇
        ("安徽省合肥市", "合肥市"),
        ("安徽合肥市", "合肥市"),
        ("浙江省枫溪市", "枫溪市"),  # an invented place
        ("无为市", "无为市"),  # 为 stands in no invented name
        ("我省", ""),
        ("城区", ""),
    ],
)
def test_lowest_place(text: str, place: str) -> None:
    assert lowest_place(text) == place


def test_name_is_written_as_in_the_register_though_its_character_is_folded() -> None:
    assert place_of("2026年乾安县政府工作报告") == "乾安县"


def test_bulletin_of_the_republic_is_of_the_nation() -> None:
    found = identify(
        Path("中华人民共和国2022年国民经济和社会发展统计公报.txt"),
        ["中华人民共和国2022年国民经济和社会发展统计公报[1]", "国家统计局", "2023-02-28 09:30"],
    )
    assert (found.place, found.year, found.doc_kind) == ("全国", 2022, "统计公报")


SILENT = (
    "2017年是本届政府任期的第一年。市政府认真贯彻落实省委省政府和市委的决策部署，居全省前列。",
    "台州正朝着高水平全面建成小康社会胜利前进。",
    "成立台州民营经济学院，居全省第一。",
)
"""Says nowhere whose report it is; speaks of one 市 twice (市政府, 市委) and of 台州 twice."""


def test_place_is_the_one_of_its_level_that_is_named_most(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert place_of("gzbg2018", *SILENT) == "台州市"
    assert "认作台州市" in caplog.text


@pytest.mark.parametrize(
    "further",
    ["温州也在前进。", "县委县政府和县人大都很努力。"],
    ids=["another 市 half as often", "the lowest level is the 县"],
)
def test_place_is_not_guessed_between_two_or_at_another_level(further: str) -> None:
    with pytest.raises(SourceError, match="--place"):
        place_of("gzbg2018", *SILENT[:2], further)
