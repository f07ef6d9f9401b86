"""Marked paragraphs cut to what matters."""

from __future__ import annotations

from eval.highlight import Segment, segments, window


def shown(found: list[Segment]) -> str:
    return "".join(f"[{item.text}]" if item.kind == "mark" else item.text for item in found)


def test_segments_overlap_order_and_reach() -> None:
    assert shown(segments("abcdefgh", [[4, 6], [1, 2], [5, 99]])) == "a[b]cd[efgh]"
    assert shown(segments("abc", [[2, 2], [3, 9]])) == "abc"
    assert segments("", [[0, 1]]) == []


def test_window_keeps_what_stands_around() -> None:
    text = "0123456789" * 3
    assert shown(window(text, [[10, 12], [25, 26]], around=3)) == "…789[01]234…234[5]678…"
    # Windows that touch become one; at the borders nothing is left out.
    assert shown(window(text, [[2, 4], [9, 10]], around=3)) == "01[23]45678[9]012…"
    assert shown(window(text, [[0, 30]], around=3)) == f"[{text}]"


def test_window_without_marks_is_the_beginning() -> None:
    assert shown(window("0123456789", [], around=3)) == "012345…"
    assert shown(window("01", [], around=3)) == "01"
    assert window("", []) == []
