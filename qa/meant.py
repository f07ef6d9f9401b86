"""The content words of a follow-up: what they mean after the question before.

A pronoun, a bare measure or a bare deed is of the thing asked about before (总投资多少, 什么时候开工); another thing
may be asked by the same measure (电子信息呢), another partner by the same account (日本呢).
"""

from __future__ import annotations

import re
from itertools import takewhile

from qa.indicator_names import as_standard, canonicalise, indicators_in, indicators_meant, sibling
from qa.lexicon import choice, indicators, pattern, piece, regex, rewrites, words
from qa.opposed import said_of, sides, word_of
from qa.question_places import Catalogue
from qa.reading import Own
from qa.wording import VERBS_ONLY


def content_meant(own: Own, previous: Own, catalogue: Catalogue, *, follows: bool) -> str:
    """The content words, with the subject that a pronoun, a bare measure or a bare predicate leaves out."""
    content = own.content
    if not content:
        return ""
    if _asks_stock(own.text, previous.content):
        return f"{_of_all(previous.content)} {content}"
    if part := _part_within(own, previous):
        return part
    goes_on = follows or bool(regex("follow", "partner_said").search(own.text))
    if other := (goes_on and _counterpart(content, previous.content)) or partner_meant(own, previous):
        return other
    counted_off = follows and {axis for axis, _ in sides(content)} & _COUNTED_OFF
    if counted_off and (other := other_side(content, previous.content)):
        return other
    before = as_standard(previous.content)
    if follows and content in rewrites("sector") and indicators_in(before):
        return rewrites("sector")[content]
    content = _with_subject(own, previous, before)
    return _continued(content, own, previous, catalogue) if follows else content


_COUNTED_OFF = frozenset({"phase", "batch"})
"""Axes whose words name no thing by themselves: 三期呢 after 二期安置区."""


def _part_within(own: Own, previous: Own) -> str:
    """ "其中农村呢" after 社零: that side of it; "其中工资性收入" after 农村居民收入: of the same side; "" for anything else."""
    if own.places or not regex("follow", "within").match(own.text):
        return ""
    side = rewrites("resident").get(own.content, own.content)
    if sides(side) and not indicators_in(as_standard(side)) and len(side) <= MAX_SIDE:
        other = next(filter(None, (sibling(side, name) for name in indicators_meant(previous.content))), "")
        return other or f"{side}{previous.content}"
    axes = frozenset(axis for axis, _ in sides(own.content))
    kept = said_of(previous.content, axes)
    if kept and indicators_in(as_standard(previous.content)):
        return f"{kept}{own.content}"
    thing = own.content and not VERBS_ONLY.fullmatch(own.content) and not _measured(own.content)
    return f"{previous.content} {own.content}" if thing and _measured(previous.content) else ""


def other_side(content: str, previous: str) -> str:
    """ "女性占百分之几" after 男性人口: the same of the side named now; "" where either names none, or another thing."""
    first, _, rest = content.partition(" ")
    side = first.removesuffix("存栏")  # 羊的数量 after 牛出栏
    measures = regex("asked", "growth_alone").fullmatch(rest) or regex("follow", "measure").fullmatch(rest)
    if not side or len(side) > MAX_SIDE or not measures or indicators_in(as_standard(side)):
        return ""
    for axis in {axis for axis, _ in sides(side)}:
        told = word_of(previous, axis)
        if told and sides(side) & sides(previous) == frozenset():
            return f"{previous.replace(told, side, 1)} {rest}".strip()
    return ""


def _measured(content: str) -> bool:
    """Whether the words of a question say what is measured."""
    return bool(indicators_meant(content)) or content.endswith(words("subject", "asked_heads"))


MAX_SIDE = 4
"""Characters of a word that names but a side: 农村, 出口."""


def _with_subject(own: Own, previous: Own, before: str) -> str:
    """The content words behind the subject of the question ``before``, if they lack one of their own."""
    content, statistic = own.content, bool(indicators_in(before))
    if bearer := _part_asked_of(own, previous, before):
        return f"{bearer} {content}"
    pronoun = regex("follow", "pronoun").search(own.text) and not (statistic or indicators_meant(content))
    borne = any(indicators()[name].statistical for name in indicators_in(before))
    done = not borne and all(map(_DEEDS.fullmatch, content.split()))
    done = done or bool(regex("follow", "effects").search(own.text) and not indicators_in(content))
    part = not statistic and regex("follow", "part_of_it").match(content)
    share = regex("follow", "share_of").search(
        own.text
    )  # 占规上工业产值的比重: what it is a share of is no subject
    measured = share or (regex("follow", "no_subject").search(own.text) and not indicators_in(content))
    if own.places or not (pronoun or done or part or measured):
        return content
    if before in indicators_in(before):
        return f"{before} {content}"
    subject = _entity(previous.content)
    deed = previous.content.split()[:1] if measured and subject else []  # the share of what was signed
    kept = [word for word in deed if LEADING_DEED.fullmatch(word)]
    return " ".join((*kept, _without_deeds(subject) if done else subject, content)).strip()


def _part_asked_of(own: Own, previous: Own, before: str) -> str:
    """The county or street whose statistic was asked ``before``, for another statistic (它的固定资产投资); "" if none was."""
    bearer, _, statistic = before.partition(" ")
    goes_on = regex("follow", "pronoun").search(own.text) or own.text.rstrip("？?。").endswith("呢")
    if not goes_on or own.places or not statistic or not _PART.fullmatch(bearer):
        return ""
    another = indicators_in(as_standard(own.content)) and not _PART.match(own.content)
    return bearer if another and indicators_in(statistic) and not indicators_in(bearer) else ""


_PART = re.compile(rf"[\u4e00-\u9fff]{{2,6}}?(?<![全各]){piece('several', 'kinds')}")


def _continued(content: str, own: Own, previous: Own, catalogue: Catalogue) -> str:
    """The content words of a question that goes on from the one before: another part, measure or thing of it."""
    if len(content) > 1 and content in previous.content.split():
        return previous.content
    if len(content) > 1 and content in previous.content:
        subject = _entity(previous.content, content)
        return f"{subject} {content}" if regex("follow", "measure").fullmatch(content) else previous.content
    if VERBS_ONLY.fullmatch(content):
        return content
    if swapped := _swap(content, previous.content):
        return swapped
    if indicators_meant(own.content):
        return content
    grown = regex("follow", "grown").search(content)
    measure = content[: grown.start()] if grown else content
    if regex("follow", "measure").fullmatch(measure):
        return _of_the_same(measure, previous.content) + (grown[0] if grown else "")
    places = own.places or previous.places
    if borne := _of_bearer(content, previous.content, places, catalogue):
        return borne
    head = _head_of(content, previous.content)
    if head and catalogue.tells(places, content, head):
        grown = regex("follow", "grown").search(previous.content)
        gap = " " * (len(content) > 1)  # 羊出栏
        return f"{content}{gap}{head}{grown[0] if grown else ''}"
    return other_side(content, previous.content) or content


def _of_bearer(content: str, previous: str, places: tuple[str, ...], catalogue: Catalogue) -> str:
    """ "北山的呢" after 东湖经开区 工业投资: the statistic of another bearer, whose kind is left out; "" if none."""
    bearer, _, statistic = previous.partition(" ")
    if " " in content or not indicators_in(statistic) or indicators_in(bearer):
        return ""
    kinds = (content + bearer[i:] for i in range(len(bearer) - 1))
    whole = next((name for name in kinds if catalogue.mentions(name)), content)
    return f"{whole} {statistic}" if catalogue.tells(places, whole, statistic.split()[0]) else ""


_STAGES = (*words("finish", "finished"), *words("finish", "begun"), *words("finish", "done"))
_DEEDS = re.compile(rf"(?:累计)?(?:{choice(_STAGES, words('follow', 'stages'))})+")
"""Stages of a thing, one or more: 竣工投产."""
LEADING_DEED = re.compile(rf"新?(?:{choice(_STAGES, words('subject', 'verbs'))}|签[下订]?)+(?=.{{2}}|$)")


def _without_deeds(subject: str) -> str:
    """A thing without what was done to it or what it did: of 新开工重大项目 another deed is asked (竣工的有几个)."""
    parts = takewhile(lambda part: not regex("follow", "effect").match(part), subject.split())
    return " ".join(filter(None, (LEADING_DEED.sub("", part, count=1) for part in parts)))


def partner_meant(own: Own, previous: Own) -> str:
    """ "日本呢" after 美国 出口总额: the same account with another partner; "" for anything else."""
    before = as_standard(previous.content)
    side = next((name for name in indicators_in(before) if name in words("follow", "counterparts")), "")
    partner = before.replace(side, " ").split()[:1] if side else []
    other = own.content.split()
    if not partner or len(other) != 1 or len(other[0]) > MAX_PARTNER or own.places:
        return ""
    if indicators_meant(own.content) or VERBS_ONLY.fullmatch(other[0]):
        return ""
    bare = re.sub(r"[对从与和向的呢那么，。？?！ ]", "", own.text)
    return before.replace(partner[0], other[0], 1) if bare == other[0] else ""


MAX_PARTNER = 6
"""Characters of the name of a trading partner."""


def _counterpart(content: str, previous: str) -> str:
    """ "进口呢" after 美国出口: the other side of the same partner's account; "" for anything else."""
    sides = words("follow", "counterparts")
    side = next(iter(indicators_meant(content)), "")
    before = as_standard(previous)
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


def set_in(content: str) -> str:
    """The noun of the members that a question was about: 灌区 of 两大灌区总投资; "" if it named none."""
    last = (_entity(content).split() or [""])[-1]
    noun = regex("follow", "set_before").sub("", last, count=1)
    members = regex("follow", "set_behind").sub("", noun)
    return members if noun != last and len(members) > 1 else ""


def _of_the_same(content: str, previous: str) -> str:
    """ "合同投资额呢" after 招商到位资金: a bare measure is one of the thing before."""
    subject = _entity(previous, content)
    if not subject or indicators_in(subject):
        return content
    joined = canonicalise(subject + content)
    return joined if indicators_in(joined) else f"{subject} {content}"


def _head_of(content: str, previous: str) -> str:
    """ "冶金那块呢" after 碳酸钙产业产值: the measure that another thing may be asked by too; "" if it has its own."""
    heads = words("subject", "asked_heads")
    last = (regex("follow", "grown").sub("", previous).split() or [""])[-1]  # a whole report has no thing
    alone = len(content) > 6 or " " in content or content.endswith(heads)
    return "" if alone else next((head for head in heads if last.endswith(head)), "")


def without_sum(content: str) -> str:
    """The words of what was done so far (累计建成) without that sum, for what is aimed at next."""
    return " ".join(filter(None, (_SUM_SO_FAR.sub("", part) for part in content.split()))) or content


_SUM_SO_FAR = re.compile(rf"累计(?:{choice(_STAGES, words('subject', 'verbs'))})*")
_FLOW = re.compile(rf"净?(?:{choice(words('deed', '新增'), words('deed', '净增'), words('deed', '登记'))})")


def _asks_stock(text: str, before: str) -> bool:
    """Whether a question asks how many there are of what came about ``before``."""
    new = regex("follow", "stock_of_new").search(text) and _of_all(before) != before
    return bool(new or regex("follow", "stock").search(text))


def asks_till_now(text: str, before: str) -> bool:
    """Whether a question asks how many came about till now, of whatever year ``before`` was: 那加起来一共多少项了."""
    return _asks_stock(text, before) and bool(regex("follow", "till_now").search(text))


def _of_all(content: str) -> str:
    """The words of what came about (新增企业) as of all there are."""
    return " ".join(filter(None, (_FLOW.sub("", part) for part in content.split()))) or content


_NUMBER = regex("asked", "number")


def other_measure(own: Own, content: str) -> str:
    """ "没写总量吗" after 财政收入增速: the amount of it; "总数呢" after 新增企业: of all there are."""
    if _asks_stock(own.text, content):
        return _of_all(content)
    if regex("follow", "pronoun").search(own.text) and _NUMBER.search(own.text):
        return _entity(content)  # 那个展来了多少人 after 珠宝展销售额
    if not pattern("amount", "ask").search(own.text):
        return content
    parts = (regex("follow", "grown").sub("", part) for part in content.split())
    return " ".join(part for part in parts if part) or content


_DEED = pattern("asked", "deed")
_ADDED = frozenset({"新增", "净增"})


def other_verb(content: str, previous: str) -> str:
    """ "改造提升的又是多少" after 新增 高标准农田: what was done to the same thing."""
    said = _DEED.findall(content)
    if not said or not _DEED.search(previous):
        return f"{content}{previous}" if content in _ADDED else previous  # 里头去年新增的 after 新能源装机
    rest = " ".join(part for part in previous.split() if not _DEED.fullmatch(part))
    return " ".join((*said, _DEED.sub("", rest) if _DEED.match(rest) else rest)).strip()


def _swap(content: str, previous: str) -> str | None:
    """ "农村的呢" after 城镇居民人均可支配收入: the indicator of the same family that begins so."""
    grown = regex("follow", "grown").search(content)
    content = content[: grown.start()].strip() if grown else content
    if not content or indicators_in(canonicalise(content)) or len(content) > 6:
        return None
    names = indicators_meant(previous)
    if len(names) > 1 and (own := next((name for name in names if name.startswith(content)), "")):
        return f"{own}{grown[0] if grown else ''}"
    for name in names:
        other = None if grown else sibling(content, name)
        if other:
            return previous.replace(name, other) if name in previous else other
    return None
