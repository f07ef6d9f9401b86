"""Files of labels: what is wrong with a line is said by file, line and key, and quotes no label."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from extraction_labels import BRIDGE, FIRMS, GDP, line, write

from eval.labels import read_labels
from qa.errors import EvalDataError


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "不是 JSON"),
        ("[]", "整行 应是对象"),
        (line(split="test"), "split 应是"),
        ({key: value for key, value in line().items() if key != "commitments"}, "commitments 缺少这一项"),
        (line(note="?"), "note 是不认识的键"),
        (
            line(figures=[{k: v for k, v in GDP.items() if k != "construction"}]),
            "figures.0.construction 缺少",
        ),
        (line(figures=[GDP, GDP | {"value": "六"}]), "figures.1.value 应是数字"),
        (line(figures=[GDP | {"value": 6.3}]), "figures.0.value 数值要写成带引号的文字"),
        (line(figures=[GDP | {"said": ""}]), "figures.0.said 不能为空"),
        (line(figures=[GDP | {"unit": []}]), "figures.0.unit 不能为空"),
        (line(figures=[GDP | {"core": "总值|"}]), "figures.0.core 每个写法都不能为空"),
        (line(figures=[GDP | {"measure": "增速"}]), "figures.0.measure.0 应是"),
        (line(figures=[GDP | {"said": "7.7%"}]), "figures.0 不在段落里"),
        (line(figures=[FIRMS, GDP]), "figures.1 不在段落里，或次序不对"),
        (line(commitments=[BRIDGE]), "commitments.0 不在段落里"),
        (line(commitments=[BRIDGE | {"kind": "修"}]), "commitments.0.kind.0 应是"),
        (line(id="t-0"), "编号 t-0 已用过"),
    ],
)
def test_read_labels_names_file_line_and_key(tmp_path: Path, bad: dict[str, Any] | str, said: str) -> None:
    path = write(tmp_path, line(id="t-0"), "", bad)
    with pytest.raises(EvalDataError) as caught:
        read_labels(path)
    message = str(caught.value)
    assert message.startswith(f"{path} 第 3 行：")
    assert said in message
    assert "\n" not in message


def test_read_labels_message_quotes_no_label(tmp_path: Path) -> None:
    path = write(tmp_path, line(split="sealed", figures=[GDP | {"said": "88.8%", "value": "88.8"}]))
    with pytest.raises(EvalDataError) as caught:
        read_labels(path)
    assert "88" not in str(caught.value).removeprefix(str(path))


def test_read_labels_of_one_split(tmp_path: Path) -> None:
    path = write(tmp_path, line(id="a"), line(id="b", split="sealed"), line(id="c", split=""))
    assert [item.id for item in read_labels(path)] == ["a", "b", "c"]
    assert [item.id for item in read_labels(path, "sealed")] == ["b"]


def test_read_labels_nothing_left_or_no_file(tmp_path: Path) -> None:
    with pytest.raises(EvalDataError, match="没有可用的标注（split=sealed）"):
        read_labels(write(tmp_path, line()), "sealed")
    with pytest.raises(EvalDataError, match="无法读取"):
        read_labels(tmp_path / "none.jsonl")


def test_read_labels_folds_text_and_labels_alike(tmp_path: Path) -> None:
    [item] = read_labels(write(tmp_path, line(text="地區生產總值增長６.３％。", figures=[GDP])))
    assert item.text == "地区生产总值增长6.3%。"
    assert [(start, end) for start, end, _ in item.figures] == [(8, 12)]
