"""Two years named side by side, one thing held against itself: 2014年和2018年植树哪年多, 2015年跟2019年的目标一样吗,
2011年到2016年占比降低了多少.
"""

from __future__ import annotations

import re

from qa.lexicon import piece
from qa.pairing import PLACE
from qa.question_parts import parts_of
from qa.question_times import kind_of
from qa.types import Ask, Kind, Pair
from qa.wording import VERBS_ONLY, content_of

_ASKED = re.compile(
    rf"^(?P<of>[^，。；？?\d]*)(?P<one>20\d\d)年的?{piece('two_years', 'and')}(?P<other>20\d\d)年"
    rf"(?P<thing>[^，。；？?]*?){piece('two_years', 'each')}?[，,]?(?P<how>{piece('two_years', 'held')}.*)$"
)
_MOVED = re.compile(
    r"^(?P<of>[^，。；？?\d]*?)从?(?P<one>20\d\d)年?(?:到|至|—|-)(?P<other>20\d\d)年(?:间|期间)?[，,]?"
    rf"(?P<thing>[^，。；？?]*?)(?P<how>{piece('two_years', 'moved')}[。？?]?)$"
)


def pair_of_years(question: str) -> Pair | None:
    """Read a folded question of one place (PLACE for its characters); None if it holds no two years against each other.

    Both years are of what was done, or both of what was aimed at.
    """
    said = question.replace(PLACE, "")
    asked = _ASKED.match(said) or _MOVED.match(said)
    if asked is None or asked["one"] == asked["other"]:
        return None
    thing = f"{asked['of']}{asked['thing']}"
    content = content_of(f"{thing}多少") or content_of(asked["how"])
    if not content or VERBS_ONLY.fullmatch(content) or parts_of(f"{thing}多少", Ask("", ())):
        return None
    kind: Kind = "target" if kind_of(thing, ()) == "target" else "actual"
    moved = asked.re is _MOVED
    text, terms = f"{thing} {'多少' if moved else asked['how']}", tuple(content.split())
    one, other = (Ask(text, terms, kind=kind, years=(int(asked[key]),)) for key in ("one", "other"))
    return Pair("difference", (other, one) if moved else (one, other), moved=moved)
