"""Generated text -> statements with the numbers of the passages they cite."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.lexicon import regex
from qa.numerals import arabic
from qa.text import CLOSERS, fold

_MARKERS = re.compile(r"(?:\s*【\s*[0-9０-９]{1,4}(?:\s*[、,，]\s*[0-9０-９]{1,4})*\s*】)+")
_NUMBER = re.compile(r"[0-9０-９]{1,4}")
_SENTENCE = re.compile(
    rf"[^。！？；]+(?:[。！？；]+[{re.escape(CLOSERS.replace('】', ''))}]*)?(?:\s*【[^】]*】)*"
)
_BULLET = re.compile(r"^\s*(?:[-*•·]\s+|\d{1,2}[.、)）]\s*(?!\d))")
_MARKUP = re.compile(r"\*\*|__|`+|^#{1,6}\s+|^>\s*")
_GAP = re.compile(r"(?<=[\u3000-\u9fff，。；：！？（）])\s+|\s+(?=[\u3000-\u9fff，。；：！？（）%])")
"""Blanks beside Chinese: models write 2023 年 and 增长 6.1 %."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_RULE = re.compile(r"^[|\s:\-]+$")
REFUSAL = regex("claim", "refusal")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a generated text. ``text`` is without markers, as it may be shown.

    ``said`` is what is compared: folded, Chinese numerals as digits. ``marks`` are (position in ``said``,
    numbers) of the markers in it, in order; ``own`` is whether they stand in this sentence and are not
    those of a later one in its line.
    """

    text: str
    said: str
    marks: tuple[tuple[int, tuple[int, ...]], ...]
    own: bool = True

    @property
    def numbers(self) -> tuple[int, ...]:
        """All passages cited, in order, without repetition."""
        return tuple(dict.fromkeys(n for _, group in self.marks for n in group))

    def numbers_at(self, at: int) -> tuple[int, ...]:
        """The passages cited for what stands at ``at``: the next markers, else the last before."""
        after = next((group for end, group in self.marks if end > at), None)
        return after if after is not None else self.marks[-1][1] if self.marks else ()

    @property
    def refuses(self) -> bool:
        """Whether it says that the reports do not state something; a statement with a number refuses nothing."""
        return bool(REFUSAL.search(self.said)) and not re.search(r"\d(?!\d{0,3}年)", self.said)


def statements(text: str) -> list[Statement]:
    """The sentences of a text in order. A sentence without markers takes the next ones of its line."""
    made: list[Statement] = []
    for line in printable(text).splitlines():
        bare = _MARKUP.sub("", line.strip())
        if bare and not _RULE.match(bare):
            made += _of_line(bare)
    return made


def printable(text: str) -> str:
    """Generated text without control, direction and zero-width characters: a terminal would obey them."""
    return _UNSEEN.sub("", text)


def _of_line(line: str) -> list[Statement]:
    bullet = _BULLET.match(line)
    body = _GAP.sub("", line[bullet.end() :] if bullet else line)
    if body.startswith("|"):
        body = "，".join(cell.strip() for cell in body.strip("|").split("|") if cell.strip())
    made = [_statement(found) for found in _SENTENCE.findall(body) if found.strip()]
    for i in range(len(made) - 2, -1, -1):
        this, following = made[i], made[i + 1]
        if not this.marks and following.marks and not this.refuses:
            whole = ((len(this.said), following.marks[0][1]),)
            made[i] = Statement(this.text, this.said, whole, own=False)
    if bullet and made:
        made[0] = Statement("- " + made[0].text, made[0].said, made[0].marks, made[0].own)
    return made


def _statement(raw: str) -> Statement:
    shown, said = "", ""
    marks: list[tuple[int, tuple[int, ...]]] = []
    at = 0
    for match in _MARKERS.finditer(raw):
        piece = raw[at : match.start()]
        shown, said, at = shown + piece, said + arabic(fold(piece)), match.end()
        marks.append((len(said), tuple(int(n) for n in _NUMBER.findall(match[0]))))
    shown, said = shown + raw[at:], said + arabic(fold(raw[at:]))
    return Statement(shown.strip(), said, tuple(marks))
