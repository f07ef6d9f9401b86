"""A follow-up that leaves something to the question before, as a question of its own: for the search and the reader."""

from __future__ import annotations

import re

from qa.indicator_names import indicators_meant
from qa.lexicon import pattern, regex
from qa.places import short_name
from qa.reading import Own
from qa.wording import asks_comparison, moved

_ASK = re.compile(r"(?:什么时候|何时|哪年|哪天|各?是?多少|有哪些|是什么|怎么样|哪些|几[\u4e00-\u9fff]).*$")


_BEGINS = re.compile(
    rf"{regex('follow', 'lead').pattern}|^(?:它的?|其)(?!中)|^[这那]个?(?:数|数字|水平|增速|比例)(?=[比和与跟较])"
)
_HOW_LONG = re.compile("多[长高远重深宽]")


def rewrite(done: Own, own: Own, previous: Own, *, anew: bool) -> str:
    """The follow-up as a question of its own, for the search and for the reader."""
    if not anew:
        place = "" if own.places or own.missing else "、".join(done.places or done.missing)
        return place + regex("follow", "lead").sub("", own.shown)
    if moved := _moved(done, own, previous):
        return moved
    time = "和".join(f"{y}年" for y in done.years) or "".join(
        {1: "明年", 0: "今年", -1: "去年", -2: "前年"}.get(r, "") for r in done.relative
    )
    word = "目标" if done.kind == "target" and "目标" not in done.content else ""
    measure = own.content and regex("follow", "measure").fullmatch(own.content.split()[-1])
    ask = (
        _HOW_LONG.search(previous.shown) if _BARE.search(own.shown) else None
    )  # 今年能到多少 after 高铁多长了
    ask = ask or _ASK.search(own.shown) or _ASK.search("多少" if measure else previous.shown)
    cause = pattern("cause", "ask").search(own.text)
    compares = asks_comparison(own.text)
    met = pattern("kind", "both").search(own.text)
    whether = re.search(r"[吗么][？?]?$", own.text)
    other = re.search("[哪谁何]", own.shown) and not _ASK.search(own.shown)
    as_said = done.every or cause or compares or met or whether or other or measured(own.text)
    named = indicators_meant(done.content)
    plain = ask[0] if ask else "是多少？" if named else ""
    tail = _BEGINS.sub("", own.shown) if as_said else plain
    if compares and not measured(own.text + done.content) and pattern("growth", "ask").search(previous.text):
        tail = f"增速{tail}"
    if regex("follow", "change").fullmatch(own.text) and len(done.years) > 1:
        tail = "合计多少" if pattern("compare", "total").search(own.text) else "相差多少"
    parts = done.content.split()
    if tail in own.shown:
        parts = [part for part in parts if part not in tail]
    for part in parts:
        tail = tail.replace(part, "")
    return f"{'、'.join(done.places or done.missing)}{time}{''.join(parts)}{word}{tail}"


_BARE = re.compile(r"(?:到|是|有|达到?)多少[呢？?]?$")


def measured(text: str) -> bool:
    """Whether a follow-up says what is to be measured: 在全区排第几, 增速呢."""
    told = any(pattern(key, "ask").search(text) for key in ("rank", "share", "growth", "amount"))
    return told or bool(moved().search(text) or regex("follow", "stock").search(text))


def _moved(done: Own, own: Own, previous: Own) -> str | None:
    """The question before in its own words, asked of another place; None if more is changed."""
    named = [place for place in (*previous.places, *previous.missing)]
    if (
        len(named) > 1
        or previous.every
        or own.years
        or own.relative
        or own.kind
        or own.content
        or measured(own.text)
    ):
        return None
    if asks_comparison(own.text + previous.text) or pattern("kind", "both").search(own.text):
        return None
    if done.content != previous.content or len(done.places) + len(done.missing) != 1 or done.every:
        return None
    to = (*done.places, *done.missing)[0]
    if not named:  # 我要海棠的 after a question without a place
        return None if pattern("cause", "ask").search(own.text) else f"{to}{previous.shown}"
    for name in (named[0], short_name(named[0])):
        if name in previous.shown and not pattern("cause", "ask").search(own.text):
            return previous.shown.replace(name, to, 1)
    return None
