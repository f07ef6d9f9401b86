"""The words before a number to its subject and measure; 分别 deals values out over subjects."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.clauses import Group, verb_of
from qa.lexicon import indicators, indicators_in, sibling, words
from qa.text import Quantity

LEAD = re.compile(
    r"^(?:其中|去年|今年|年末|年底|此外|同时|另外|全年|年内|目前|截至目前|截至|至|到|[12]\d{3}年(?:度|底|末)?|[“”\"—\-\s·]|[0-9]+[.、])+"
)

ADDED = re.compile(r"新增|净增|新建|新培育|新登记|新签约|新开工")

WHOLE = frozenset(
    {"总数", "总量", "累计", "总额", "总投资", "投资总额", "总面积", "总规模", "保有量", "总产值", "数量"}
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that later clauses may inherit; ``start`` is where its words begin in the paragraph."""

    text: str
    start: int
    before: tuple[tuple[str, int], ...] = ()


_RATES = ("percent", "point", "times", "tenth", "double")


def strip_subject(head: str, family: str = "percent") -> str:
    """The subject in the words before a number: without lead-ins, comparisons and predicate.

    改造提升 before a count is what was done, not growth; only before a rate is 提升 a predicate.
    """
    keys = (
        ("against", "growth_up", "growth_down", "reach")
        if family in _RATES
        else ("against", "growth_count", "reach")
    )
    text = LEAD.sub("", head.strip('，、：。；—“”" '))
    while True:
        shorter = text
        for key in keys:
            for word in words("predicate", key):
                if shorter.endswith(word):
                    shorter = shorter[: -len(word)]
                    break
        shorter = (
            shorter.removesuffix("分别")
            .removesuffix("平均")
            .removesuffix("年均")
            .removesuffix("均")
            .removesuffix("也")
            .removesuffix("再")
            .rstrip("、的 ")
        )
        shorter = (
            re.sub(r"(?:比(?![重例率])|较)(?:[\u4e00-\u9fff\d]{2,12})$", "", shorter)
            if head != shorter
            else shorter
        )
        shorter = without_level(shorter)
        if shorter == text:
            return text
        text = shorter


def ends_in_predicate(lead: str, family: str) -> bool:
    tail = lead.removesuffix("分别")
    keys = ("growth_up", "growth_down") if family in _RATES else ("growth_count",)
    return any(tail.endswith(w) for key in keys for w in words("predicate", key)) or tail.endswith(
        ("达", "达到", "为", "至", "突破", "超过")
    )


def whole_of(text: str, word: str) -> str:
    """What 总数 and 累计 count: 新增规上企业61家，总数达到554家 counts 规上企业; 总投资 is still of the new ones."""
    return text if "投资" in word else ADDED.sub("", text)


def read_head(lead: str, value: Quantity, inherited: Subject) -> tuple[str, str]:
    """Subject and measure from the words before a number; the subject may be inherited."""
    stripped = strip_subject(lead, value.family)
    measure = _measure(lead, value)
    against = _AGAINST.search(lead)
    if against and value.family in ("point", "percent", "duration", "times"):
        before = strip_subject(lead[: against.start()]).removesuffix("增速")
        return before or inherited.text, "差距"
    if not stripped:
        return inherited.text, measure
    stem = re.sub(r"(?:播种面积|种植面积|面积|总?产量|总?产值|数量)$", "", inherited.text)
    bare = stripped.removeprefix(verb_of(stripped))
    if re.fullmatch(r"(?:总?产量|总?产值|单产|种植面积|播种面积)", bare) and stem and stem != inherited.text:
        return stem + bare, measure
    if stripped in WHOLE and inherited.text:
        return whole_of(inherited.text, stripped) + stripped, measure
    if stripped in WHOLE or stripped in ("占比", "比重", "增速", "排名", "同比"):
        return (inherited.text + stripped if inherited.text else stripped), measure
    if re.match(r"占", stripped):
        return inherited.text + stripped, "占比"
    return stripped, measure


def without_level(text: str) -> str:
    """旅游收入均超过疫情前水平 names 旅游收入."""
    return re.sub(r"(?:均|都|全部)?(?:超过|恢复到|高于|好于)[^，、]{0,8}水平$", "", text)


_AGAINST = re.compile(
    r"(?:分别)?(?:(?P<word>高于|低于|快于|慢于|好于|优于|高出|低出)(?P<ref>[^，]*)"
    r"|比(?![重例率])(?P<than>[^，]{2,20}?)(?:分别)?(?<![提升降减增新])(?P<short>高|低|快|慢|多|少))$"
)


def falls(lead: str) -> bool:
    return lead.removesuffix("分别").endswith(words("predicate", "growth_down"))


def _measure(lead: str, value: Quantity) -> str:
    family = value.family
    tail = lead.removesuffix("分别")
    down = any(tail.rstrip("了约近超过到至").endswith(w) for w in words("predicate", "growth_down"))
    up = any(tail.rstrip("了约近超过到至").endswith(w) for w in words("predicate", "growth_up"))
    if family in ("percent", "tenth", "times", "double"):
        if re.search(r"占比|比重|占[^，]{1,20}$", lead) and not up and not down:
            return "占比"
        if (up or down) and not lead.endswith(("到", "至")):
            return "降幅" if down and not up else "增速"
        return "倍数" if family in ("times", "double") else "比率"
    if family == "point":
        return "变化"
    if re.search(r"累计", lead):
        return "累计"
    if ADDED.search(lead):
        return "增量"
    if up and not lead.endswith(("到", "至")):
        return "增量"
    return "总量"


def deal(lead: str, name: str, measure: str, group: Group, inherited: Subject) -> list[tuple[str, str]]:
    """One (indicator, measure) per value of a group.

    Several subjects: "城镇、农村居民人均可支配收入分别增长3.8%、7.3%". Several reference points: "分别高于
    全国、全区0.9、2个百分点". When the numbers of parts and values differ, all values keep the whole subject.
    """
    count = len(group.values)
    if measure == "差距":
        match = _AGAINST.search(lead)
        word = (match["word"] or match["short"] + "于") if match else ""
        refs = _parts(match["ref"] or match["than"]) if match else []
        refs = refs if len(refs) == count else ["、".join(refs)] * count
        return [(name, f"{word}{ref}") for ref in refs]
    if count == 1:
        return [(name, measure)]
    compared = re.search(r"(?:比|较)(?P<ref>[^，]+?)分别", lead)
    if compared and len(_parts(compared["ref"])) == count:
        return [(name, f"比{ref}{measure}") for ref in _parts(compared["ref"])]
    parts = _listed(name, count)
    if len(parts) == count and inherited.text and (named := indicators_in(inherited.text)):
        siblings = [None if canonical(part) else sibling(part, named[-1]) for part in parts]
        if all(siblings):
            return [(str(one), measure) for one in siblings]
    if len(parts) == count:
        return [(one, measure) for one in _complete(parts)]
    last = [text for text, _ in inherited.before] + [inherited.text]
    if (
        name == inherited.text
        and "分别" in lead
        and len(last) >= count
        and len(_parts(inherited.text)) != count
    ):
        return [(one, measure) for one in last[-count:]]
    earlier = _listed(inherited.text, count)
    if len(earlier) == count:
        own = "" if name == inherited.text else name
        return [(one + own, measure) for one in _complete(earlier)]
    return [(name, measure)] * count


def _parts(text: str) -> list[str]:
    """Members of a list; brackets are no place to cut (县（市、区）)."""
    whole = re.sub(r"（[^）]*）", lambda m: m[0].replace("、", "\ue000"), text)
    return [part.replace("\ue000", "、") for part in re.split(r"、|以及|和|及|与", whole) if part]


def _listed(text: str, count: int) -> list[str]:
    """``count`` members of a list: cut at 、 alone where that fits, for 和 may stand inside a member."""
    for bundle in words("subject", "bundles"):
        name, _, members = bundle.partition("=")
        if name in text and len(members.split("、")) == count:
            return [member + text.partition(name)[2] for member in members.split("、")]
    outer = [part for part in text.split("、") if part]
    return outer if len(outer) == count and "（" not in text else _parts(text)


def _complete(parts: list[str]) -> list[str]:
    """Give each subject the words that only the last one carries: 城镇|农村居民…收入 -> 城镇居民…收入."""
    first_verb = verb_of(parts[0])
    shared = _shared_tail(parts)
    full = []
    for i, part in enumerate(parts):
        ordinal = re.match(r"第?([一二三])(?:次?产业?)?$", part)
        head = any(part.endswith(word) and len(part) > len(word) for word in words("subject", "heads"))
        complete = i == len(parts) - 1 or head or bool(canonical(part))
        done = (
            f"第{ordinal[1]}产业{shared}"
            if ordinal and i < len(parts) - 1
            else part
            if complete
            else part + shared
        )
        done = re.sub(r"^([一二三])次?产业?(?=增加值)", r"第\1产业", done)
        full.append(first_verb + done if i and first_verb and not verb_of(done) else done)
    return full


def _shared_tail(parts: list[str]) -> str:
    last = parts[-1]
    ordinal = re.match(r"第?[一二三]次?产业?(?P<tail>.*)$", last)
    if ordinal:
        return ordinal["tail"]
    spread = re.match(r".{1,8}?(?P<tail>(?:产业|行业|居民|两级).*)$", last)
    if spread and not any(word in "".join(parts[:-1]) for word in ("产业", "行业", "居民")):
        return spread["tail"]
    for name in sorted((*indicators(), *words("subject", "heads")), key=len, reverse=True):
        if last.endswith(name) and len(last) > len(name):
            return name
    return last[min(len(part) for part in parts[:-1]) :]


def canonical(name: str) -> str | None:
    """The standard indicator that a subject names, when nothing narrows it."""
    plain = re.sub(r"（[^）]*）", "", name)
    for bare in (plain, plain.removesuffix("总量")):
        for item in indicators().values():
            if bare in (item.name, *item.same, *item.exact):
                return item.name
    return None
