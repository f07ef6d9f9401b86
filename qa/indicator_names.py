"""Names of indicators in a text: read as the standard ones, spread where they share words, mended, told apart.

Also how a report speaks of its own place, and the words of dialects, of English and of everyday talk as reports
write them. The words themselves stand in qa/data and are read by qa/lexicon.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from qa.lexicon import any_of, choice, indicators, rewrites, rewriting_patterns, words
from qa.nation import NATION
from qa.one_form import in_one_form, with_share
from qa.text import fold, same_sound


@cache
def _same_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {
        in_one_form(word): item.name for item in indicators().values() for word in (*item.same, item.name)
    }
    return any_of(names), names


@cache
def _asked_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}
    for item in indicators().values():
        for word in item.asked:
            names.setdefault(word, item.name)
    return any_of(names), names


def indicators_in(folded: str) -> tuple[str, ...]:
    """Standard names of the indicators named in a text, in order, without repetition."""
    regex, names = _same_pattern()
    return tuple(dict.fromkeys(names[match[0]] for match in regex.finditer(in_one_form(folded))))


def begins_statistic(folded: str) -> bool:
    """Whether a text begins with the name of a statistic, as reports or users say it."""
    for pattern, names in (_same_pattern(), _asked_pattern()):
        match = pattern.match(folded)
        if match and indicators()[names[match[0]]].statistical:
            return True
    return False


def canonicalise(folded: str) -> str:
    """Read every name of an indicator as its standard name. Not of the same length."""
    regex, names = _same_pattern()
    return regex.sub(lambda match: names[match[0]], in_one_form(folded))


def canonical(name: str) -> str | None:
    """The standard indicator that a subject names, when nothing narrows it."""
    if re.search(r"（(?:剔除|扣除|排除|不计|按|相当于)", name):
        return None  # another calibre
    plain = in_one_form(with_share(re.sub(r"（[^）]*）", "", name)))
    names = _standard_names()
    plain = _BUILDERS.sub("建筑业总产值", _standard_done(plain))
    bares = (plain, plain.removeprefix("累计"), *(plain.removesuffix(word) for word in _SAID_OF_IT))
    found = next((names[bare] for bare in bares if bare in names), None)
    return found or _called(name, names)


_BUILDERS = re.compile(r"^.*建筑业?企业(?:完成|实现)?(?:建筑业)?总产值$")
"""The output of builders of a grade is that of the trade: only theirs is counted."""

_CALLED = re.compile(r"(?:比重|比例|占比|之比)（(?P<name>[^（）]{3,12}率)）$")


def _called(name: str, names: dict[str, str]) -> str | None:
    """A share by the name in its brackets: 占常住人口比重（常住人口城镇化率）."""
    match = _CALLED.search(name)
    return names.get(match["name"]) if match else None


_SAID_OF_IT = ("总量", "总数", "数量", "累计", "最终核实数", "初步核算数", "最终核算数")
"""Words behind a name that say no more than the name: 常住人口总数."""

_DONE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:实现|完成|取得)(?=[\u4e00-\u9fff]{2})")


def _standard_done(name: str) -> str:
    """规模以上工业企业实现营业收入 as 规模以上工业企业营业收入, where that is a standard indicator."""
    bare = _DONE.sub("", name, count=1)
    return bare if bare in _standard_names() else name


@cache
def _standard_names() -> dict[str, str]:
    """Every whole name of an indicator to its standard one; of two that share a word, the first."""
    names: dict[str, str] = {}
    for item in indicators().values():
        for word in (item.name, *item.same, *item.exact):
            names.setdefault(in_one_form(word), item.name)
    return names


def asked_names_in(folded: str) -> tuple[str, ...]:
    """The users' words for indicators that stand in a text, as they stand there."""
    found = _asked_pattern()[0].finditer(folded)
    return tuple(dict.fromkeys(match[0] for match in found if not _is_longer(folded, match.end())))


def as_named(folded: str) -> str:
    """A name of an indicator that a 的 parts as one word: 村集体的收入, 城里人和农村人的收入."""
    for at in reversed([i for i, character in enumerate(folded) if character == "的"]):
        joined = folded[:at] + folded[at + 1 :]
        found = (m for regex in (_same_pattern()[0], _asked_pattern()[0]) for m in regex.finditer(joined))
        if any(match.start() < at < match.end() for match in found):
            folded = joined
    return folded


def _is_longer(folded: str, end: int) -> bool:
    """Whether a users' word for an indicator that ends here begins another word: 第三产业|用电量."""
    rest = re.sub(r"^[和与及、][进出]口", "", folded[end:])  # 进口和出口通关时间
    return rest.startswith(words("subject", "other_heads"))


def asked_as(folded: str) -> str | None:
    """The question with users' words for indicators read as the standard names; None if it has none.

    Words inside a standard name that is already there stay: "财政收入" but not "一般公共预算收入".
    """
    regex, names = _asked_pattern()
    same, _ = _same_pattern()
    kept = [match.span() for match in same.finditer(folded)]

    def standard(match: re.Match[str]) -> str:
        inside = any(start < match.end() and match.start() < end for start, end in kept)
        return match[0] if inside or _is_longer(folded, match.end()) else names[match[0]]

    changed = regex.sub(standard, folded)
    return canonicalise(changed) if changed != folded else None


def as_standard(folded: str) -> str:
    """A question with its words for indicators, the users' before the reports', read as the standard names."""
    return asked_as(folded) or canonicalise(folded)


def indicators_meant(folded: str) -> tuple[str, ...]:
    """The indicators that a question, or a part of one, names in any words."""
    return indicators_in(as_standard(folded))


def as_reports_write(folded: str) -> str:
    """Users' words read as the words of reports (投入使用 -> 投用), then indicators by their names."""
    regex, table = _synonyms()
    return canonicalise(regex.sub(lambda match: table[match[0]], folded))


@cache
def _synonyms() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = rewrites("synonym")
    return any_of(table), table


def from_english(folded: str) -> str:
    """English words of a question as the Chinese words of reports, where known."""
    regex, table = _english()
    return (
        regex.sub(lambda match: f" {table[match[0]]} ", folded) if re.search(r"[a-z]{3}", folded) else folded
    )


@cache
def _english() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = rewrites("english")
    return any_of(table), table


def as_statistics(folded: str) -> str:
    """Everyday talk of a statistic by its name: 农民一年能挣多少 -> 农村居民人均可支配收入多少."""
    for said, name in _said():
        folded = said.sub(f" {name} ", folded)
    return _YIELDED.sub(_as_output, folded)


_YIELDED = re.compile(
    r"(?:生?产|种|收|打)(?:出|下|得)?了(?:多少|几)(?:万?吨|斤)?的?(?P<thing>[\u4e00-\u9fff]{1,4})(?=[，。？]|$)"
)


def _as_output(match: re.Match[str]) -> str:
    """产了多少茶叶 as 茶叶产量多少, where that is a statistic."""
    name = _standard_names().get(f"{match['thing']}产量")
    return f" {name} 多少" if name else match[0]


@cache
def _said() -> tuple[tuple[re.Pattern[str], str], ...]:
    return rewriting_patterns("said")


_EITHER = re.compile(
    r"(?![是能会有要可行好难够多大高快贵低强算])([\u4e00-\u9fff])[不没]\1(?=[\u4e00-\u9fff]|[？?。]?$)"
)
"""A verb asked with its denial: 修不修, 涨没涨."""


def from_dialect(folded: str) -> str:
    """Cantonese and spoken words of a question in the written language: 旧年发咗几多 -> 去年发了多少, 修不修 -> 修."""
    for said, written in _dialect():
        folded = said.sub(written, folded)
    return _sides_of_economy().sub(_as_sides, _EITHER.sub(r"\1", folded))


@cache
def _sides_of_economy() -> re.Pattern[str]:
    """Sectors side by side whose growth is asked for: 今年|消费、工业、投资|各增长多少; none of 民间投资."""
    sector = choice(rewrites("sector"))
    return re.compile(
        rf"(?:^|(?<=[\s，。；？：年度的]))(?:{sector})(?:[、和与及](?:{sector}))+"
        r"(?=[^、，。；？]{0,16}?(?:增长(?!的?贡献)|增速|增幅|[涨降]了?多少))"
    )


def _as_sides(said: re.Match[str]) -> str:
    sectors = {said: name for said, name in rewrites("sector").items() if said != "投资"}  # 全年投资增长5%
    return re.sub(choice(sectors), lambda one: sectors[one[0]], said[0])


@cache
def _dialect() -> tuple[tuple[re.Pattern[str], str], ...]:
    return rewriting_patterns("dialect")


def correct(folded: str) -> str:
    """Mend one wrong character of the same sound in an indicator's name: 粮石总产量 -> 粮食总产量.

    Only in a text that names no indicator, and in names of four characters or more.
    """
    if indicators_in(folded):
        return folded
    lengths, holes, ends = _names_with_hole()
    for length in lengths:
        for at in range(len(folded) - length + 1):
            window = folded[at : at + length]
            if window[:2] not in ends and window[-2:] not in ends:
                continue
            for i in range(length):
                for name in holes.get(window[:i] + "?" + window[i + 1 :], ()):
                    if same_sound(window[i], name[i]):
                        return folded[:at] + name + folded[at + length :]
    return folded


@cache
def _names_with_hole() -> tuple[tuple[int, ...], dict[str, list[str]], frozenset[str]]:
    """Lengths of indicators' names, longest first; the names by themselves with one character left open; and
    the two characters that they begin and end with, of which one wrong character leaves one pair as it is."""
    names = [name for name in _same_pattern()[1] if len(name) >= 4 and not name.isascii()]
    holes: dict[str, list[str]] = {}
    for name in names:
        for i in range(len(name)):
            holes.setdefault(name[:i] + "?" + name[i + 1 :], []).append(name)
    ends = frozenset(end for name in names for end in (name[:2], name[-2:]))
    return tuple(sorted({len(name) for name in names}, reverse=True)), holes, ends


_JOINED = re.compile(r"(?P<item>[\u4e00-\u9fff]{1,4})(?P<and>[、和与及跟])$")


def spread(folded: str) -> str:
    """Complete indicators that share an end or a beginning: 城镇和农村居民收入, 一般公共预算收入、支出."""
    regex, asked_regex, known = _same_pattern()[0], _asked_pattern()[0], _known_names()
    text = re.sub(r"一、?二、?(?:和)?三(次?产业?)", r"一\1、二\1、三\1", folded)
    text = _unbundled(_SECTORS.sub(r"\g<0>增加值", text), known)
    at = 0
    while match := regex.search(text, at) or asked_regex.search(text, at):
        name, start, at = match[0], match.start(), match.end()
        while joined := _JOINED.search(text[:start]):
            full = _completed(joined["item"], name, known)
            if not full:
                break
            begin = start - 1 - full[0]
            text = f"{text[:begin]}{full[1]}、{text[start:]}"
            at += len(full[1]) - full[0]
            name, start = full[1], begin
        after = _AND_AFTER.match(text, at)
        begun = after and _begun(match[0], after["item"], known)
        if after and begun:
            text = f"{text[:at]}、{begun}{text[after.end() :]}"
    return text


_SECTORS = re.compile(
    r"(?:三次|三大)产业(?=(?:今年|明年|去年|20\d\d年|分别|各|的)*(?:定了)?(?:多高的)?(?:预期|计划)?(?:增长|增速|目标|增幅|涨))"
)
"""三次产业增长目标 asks of the value added of each."""

_AND_AFTER = re.compile(r"[、和与及跟](?P<item>[\u4e00-\u9fff]{2,4}?)(?=[、，。？\s各分都的]|$)")


def _begun(name: str, item: str, known: Mapping[str, str]) -> str | None:
    """The known name that begins as ``name`` does and ends in ``item``; None if the item is known by itself."""
    if item in known:
        return None
    return next(
        (name[:cut] + item for cut in range(len(name) - 1, 1, -1) if name[:cut] + item in known), None
    )


@cache
def _known_names() -> Mapping[str, str]:
    """Every word for an indicator, users' too, and its standard name."""
    return {**_asked_pattern()[1], **_same_pattern()[1]}


def _unbundled(text: str, known: Mapping[str, str]) -> str:
    """城乡居民收入 is 城镇居民收入、农村居民收入 where both are known and the whole is not, or each is asked for."""
    whole = [match.span() for match in _same_pattern()[0].finditer(text)]
    for bundle in words("subject", "bundles"):
        short, _, members = bundle.partition("=")
        for match in reversed([*re.finditer(rf"{short}[\u4e00-\u9fff]{{2,11}}", text)]):
            for end in range(match.end(), match.start() + len(short) + 1, -1):
                tail = text[match.start() + len(short) : end]
                full = [member + tail for member in members.split("、")]
                each = re.match(r"[^，。？]{0,6}(?:各|分别)", text[end:])
                if text[end : end + 1] in ("比", "差", "倍"):
                    break  # 城乡收入比 is one figure
                inside = any(start < match.start() < stop for start, stop in whole)  # 外贸|进出口总额
                if not inside and (each or short + tail not in known) and all(name in known for name in full):
                    text = text[: match.start()] + "、".join(full) + text[end:]
                    break
    return text


def _completed(item: str, name: str, known: Mapping[str, str]) -> tuple[int, str] | None:
    """(length of the item used, its full name), if item plus an end of ``name`` is a known name."""
    for length in range(len(item), 0, -1):
        for cut in range(1, len(name) - 1):
            if item[-length:] + name[cut:] in known:
                return length, item[-length:] + name[cut:]
    return None


def sibling(item: str, name: str) -> str | None:
    """The indicator that shares its end with ``name`` and begins with ``item``: 农村 for 城镇居民…收入."""
    if not item:
        return None
    bare = rewrites("resident").get(item, item)
    for cut in range(len(name) - 1):
        if bare + name[cut:] in indicators():
            return bare + name[cut:]
    near = [(_kinship(bare, name, other), other) for other in indicators() if bare in other]
    best = sorted(((kin, other) for kin, other in near if kin), reverse=True)
    return best[0][1] if best and (len(best) < 2 or best[0][0] > best[1][0]) else None


def _shared(one: str, other: str) -> int:
    """Characters that two texts begin with together."""
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _kinship(item: str, name: str, other: str) -> int:
    """How much of ``name`` the name of another indicator shares besides ``item``: 支出 for 一般公共预算收入; 0 if too little."""
    head = _shared(name, other)
    tail = _shared(name[head:][::-1], other[head:][::-1])
    added = len(other) - head - tail - len(item)
    kin = head + tail if item not in name and head + tail >= 2 and added <= 2 else 0
    return max(kin - 2 * abs(len(other) - len(name)), 1) if kin else 0  # 贷款余额 before 存贷款余额


@cache
def self_words(place: str) -> frozenset[str]:
    """How a report speaks of its own place: 全市 and 我市 for a 市; 全区 for a 区, 全国 for the country."""
    level = "国" if place == NATION else fold(place)[-1:]
    return frozenset(
        word for word in words("subject", "self") if word[-1] == level or word.endswith("市本级")
    )


_COUNTS_TOGETHER = re.compile(
    r"((?:多少|(?<![第好])几)[万亿]*(?:人次|公里|[户人个家所套起件条座间亩名处])"
    r"(?:(?![到至为成是比和与及还的])[\u4e00-\u9fff]){0,4}?)(?=(?:多少|几)[\u4e00-\u9fff])"
)


def unpacked(text: str) -> str:
    """Things run together, of each of which something is asked: 猪牛羊禽肉各 is 猪肉、牛肉、羊肉、禽肉各, 多少户多少人 is 多少户、多少人."""
    text = _COUNTS_TOGETHER.sub(r"\1、", text)
    for pack in words("subject", "packed"):
        items, _, tail = pack.partition("=")
        for match in reversed(
            [*re.finditer(rf"(?:{items}){{2,}}{tail}(?=[^，。？]{{0,8}}(?:各|分别))", text)]
        ):
            each = [item + tail for item in re.findall(items, match[0].removesuffix(tail))]
            text = text[: match.start()] + "、".join(each) + text[match.end() :]
    return text
