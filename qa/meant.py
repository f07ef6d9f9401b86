"""The content words of a follow-up: what they mean after the question before.

A pronoun, a bare measure or a bare deed is of the thing asked about before (总投资多少, 什么时候开工); another thing
may be asked by the same measure (电子信息呢), another partner by the same account (日本呢).
"""

from __future__ import annotations

import re

from qa.indicator_names import asked_as, canonicalise, indicators_in, sibling
from qa.lexicon import pattern, regex, rewrites, words
from qa.question_places import Catalogue
from qa.reading import Own
from qa.wording import VERBS_ONLY


def content_meant(own: Own, previous: Own, catalogue: Catalogue, *, follows: bool) -> str:
    """The content words, with the subject that a pronoun, a bare measure or a bare predicate leaves out."""
    content = own.content
    if not content:
        return ""
    if follows and (other := _counterpart(content, previous.content)):
        return other
    if other := partner_meant(own, previous):
        return other
    known = bool(indicators_in(asked_as(content) or canonicalise(content)))
    before = asked_as(previous.content) or canonicalise(previous.content)
    statistic = bool(indicators_in(before))
    if statistic and follows and content in rewrites("sector"):
        return rewrites("sector")[content]
    pronoun = regex("follow", "pronoun").search(own.text) and not (statistic or known)
    headless = regex("follow", "no_subject").search(own.text) and not indicators_in(content)
    headless = headless or (not statistic and all(part in _DEEDS for part in content.split()))
    if not own.places and (pronoun or headless):
        subject = before if before in indicators_in(before) else _entity(previous.content)
        content = f"{subject} {content}".strip()
    if not follows:
        return content
    if len(content) > 1 and content in previous.content.split():
        return previous.content
    if len(content) > 1 and content in previous.content:
        subject = _entity(previous.content, content)
        return f"{subject} {content}" if regex("follow", "measure").fullmatch(content) else previous.content
    if VERBS_ONLY.fullmatch(content):
        return content
    if swapped := _swap(content, previous.content):
        return swapped
    if known:
        return content
    if regex("follow", "measure").fullmatch(content):
        return _of_the_same(content, previous.content)
    head = _head_of(content, previous.content)
    places = own.places or previous.places
    return f"{content} {head}" if head and catalogue.tells(places, content, head) else content


_DEEDS = frozenset((*words("finish", "finished"), *words("finish", "done"), "通航", "动工", "招标", "验收"))


def partner_meant(own: Own, previous: Own) -> str:
    """ "日本呢" after 美国 出口总额: the same account with another partner; "" for anything else."""
    before = asked_as(previous.content) or canonicalise(previous.content)
    side = next((name for name in indicators_in(before) if name in words("follow", "counterparts")), "")
    partner = before.replace(side, " ").split()[:1] if side else []
    other = own.content.split()
    if not partner or len(other) != 1 or len(other[0]) > MAX_PARTNER or own.places:
        return ""
    if indicators_in(asked_as(own.content) or canonicalise(own.content)) or VERBS_ONLY.fullmatch(other[0]):
        return ""
    bare = re.sub(r"[对从与和向的呢那么，。？?！ ]", "", own.text)
    return before.replace(partner[0], other[0], 1) if bare == other[0] else ""


MAX_PARTNER = 6
"""Characters of the name of a trading partner."""


def _counterpart(content: str, previous: str) -> str:
    """ "进口呢" after 美国出口: the other side of the same partner's account; "" for anything else."""
    sides = words("follow", "counterparts")
    side = next(iter(indicators_in(asked_as(content) or canonicalise(content))), "")
    before = asked_as(previous) or canonicalise(previous)
    other = next((name for name in indicators_in(before) if name in sides and name != side), "")
    partner = before.replace(other, " ").strip() if other else ""
    alone = side in sides and not content.replace(side, "").strip("进出口 ")
    return f"{partner} {side}".strip() if alone and other else ""


_CARRIED_OUT = "实施|开展|推进"
"""Deeds that tell nothing of a thing: 实施交通项目 and 完成投资 are of 交通项目."""


def _entity(content: str, said: str = "") -> str:
    """What a question was about: its words without the count before, the measure and the deed behind."""
    ends = "|".join((regex("follow", "measure").pattern, *words("subject", "verbs")))
    parts = [
        part.removesuffix(said)
        if said and part.endswith(said)
        else re.sub(
            rf"^(?:{_CARRIED_OUT})?(?:[二两三四五六七八九十几\d]+[个条家座项])?|(?:{ends})+$", "", part
        )
        for part in content.split()
    ]
    return " ".join(part for part in parts if part)


_OF_MONEY = ("投资", "资金", "规模")
_MONEY = ("贷", "券", "债", "债券", "资金", "基金", "补贴", "贷款")


def _of_the_same(content: str, previous: str) -> str:
    """ "合同投资额呢" after 招商到位资金: a bare measure is one of the thing before."""
    subject = _entity(previous, content)
    if not subject or indicators_in(subject):
        return content
    if content in _OF_MONEY and subject.endswith(_MONEY):
        return previous  # 今年投多少 after 惠民贷
    joined = canonicalise(subject + content)
    return joined if indicators_in(joined) else f"{subject} {content}"


def _head_of(content: str, previous: str) -> str:
    """ "冶金那块呢" after 碳酸钙产业产值: the measure that another thing may be asked by too; "" if it has its own."""
    heads = words("subject", "asked_heads")
    last = previous.split()[-1]
    alone = len(content) > 6 or " " in content or content.endswith(heads)
    return "" if alone else next((head for head in heads if last.endswith(head)), "")


def other_measure(own: Own, content: str) -> str:
    """ "没写总量吗" after 财政收入增速: the amount of it; "今年要涨多少" after 工业: the growth of its statistic."""
    if pattern("growth", "ask").search(own.text) and content in rewrites("sector"):
        return rewrites("sector")[content]
    if not pattern("amount", "ask").search(own.text):
        return content
    parts = (regex("follow", "grown").sub("", part) for part in content.split())
    return " ".join(part for part in parts if part) or content


_DEED = pattern("asked", "deed")


def other_verb(content: str, previous: str) -> str:
    """ "改造提升的又是多少" after 新增 高标准农田: what was done to the same thing."""
    said = _DEED.findall(content)
    if not said or not _DEED.search(previous):
        return previous
    rest = " ".join(part for part in previous.split() if not _DEED.fullmatch(part))
    return " ".join((*said, _DEED.sub("", rest) if _DEED.match(rest) else rest)).strip()


def _swap(content: str, previous: str) -> str | None:
    """ "农村的呢" after 城镇居民人均可支配收入: the indicator of the same family that begins so."""
    if not content or indicators_in(canonicalise(content)) or len(content) > 6:
        return None
    for name in indicators_in(asked_as(previous) or canonicalise(previous)):
        other = sibling(content, name)
        if other:
            return previous.replace(name, other) if name in previous else other
    return None
