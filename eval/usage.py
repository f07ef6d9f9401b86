"""What language models did in a run: whose the answers are, opinions counted, tokens and cost summed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Records = Sequence[Mapping[str, Any]]

MODES = {"llm": "语言模型作答", "extract_fallback": "改用摘录", "extract": "由程序直接回答"}
OPINIONS = {"supported": "支持", "unsupported": "不支持", "unclear": "不清楚", "unjudged": "没有评成"}
USAGE_HEADS = ("用途", "题数", "请求", "送出词元", "得到词元", "全部取自缓存（题）", "费用")
NOTE = "取自缓存的也计入词元，不计入费用；没有得到文字的请求不计；没有设 QA_LLM_PRICE_IN 和 QA_LLM_PRICE_OUT 就不算费用。"


@dataclass(frozen=True, slots=True)
class Usage:
    """What was asked for one purpose. ``questions`` are those with a request that gave a text.

    ``cached`` are the questions all of whose texts came from the cache. ``cost`` is in the currency of the
    prices, None without prices. ``estimated``: some tokens were counted here and not by the endpoint.
    """

    name: str
    questions: int
    requests: int
    prompt_tokens: int
    completion_tokens: int
    cached: int
    cost: Decimal | None
    estimated: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """As USAGE_HEADS; an estimate has 约 before it."""
        about = "约 " if self.estimated else ""
        return (
            self.name,
            str(self.questions),
            str(self.requests),
            f"{about}{self.prompt_tokens}",
            f"{about}{self.completion_tokens}",
            str(self.cached),
            "–" if self.cost is None else f"{about}{self.cost}",
        )


@dataclass(frozen=True, slots=True)
class ModelPart:
    """All that a page says of the models of a run: sentences, and a row a purpose with the sum last."""

    sentences: tuple[str, ...]
    usage: tuple[Usage, ...]
    objected: tuple[tuple[str, str], ...]
    """(question id, statement) of those judged unsupported."""


def model_part(records: Records) -> ModelPart | None:
    """None if no language model had to do with any record."""
    answers = [made for record in records if (made := record["answer"].get("generation"))]
    judged = [made for record in records if (made := record.get("judgement"))]
    if not answers and not judged:
        return None
    rows = [_usage("作答", answers)] if answers else []
    rows += [_usage("评忠实度", judged)] if judged else []
    rows.append(_usage("合计", [*answers, *judged]))
    told = [_answered(records, answers)] if answers else []
    told += [_opinions(judged)] if judged else []
    return ModelPart(tuple(told), tuple(rows), tuple(_objected(records)))


def opinions(judgements: Records) -> dict[str, int]:
    """Statements by verdict, all of OPINIONS."""
    counted = Counter(item["verdict"] for made in judgements for item in made["statements"])
    return {name: counted[name] for name in OPINIONS}


def _usage(name: str, made: Records) -> Usage:
    texts = [item for item in made if item["rounds"]]
    costs = [Decimal(item["cost"]) for item in texts if item["cost"] is not None]
    return Usage(
        name=name,
        questions=len(texts),
        requests=sum(item["rounds"] for item in texts),
        prompt_tokens=sum(item["prompt_tokens"] for item in texts),
        completion_tokens=sum(item["completion_tokens"] for item in texts),
        cached=sum(bool(item["cached"]) for item in texts),
        cost=sum(costs, Decimal(0)) if costs else None,
        estimated=any(item["estimated"] for item in texts),
    )


def _answered(records: Records, answers: Records) -> str:
    modes = Counter(r["answer"]["mode"] for r in records if r["answer"].get("generation"))
    told = "，".join(f"{name} {modes[mode]} 题" for mode, name in MODES.items() if modes[mode])
    return f"作答：{told}（{_who(answers)}）。以上指标是全部回答的，不只是语言模型的。"


def _opinions(judged: Records) -> str:
    counted = opinions(judged)
    told = "，".join(f"{name} {counted[key]} 句" for key, name in OPINIONS.items() if key != "unjudged")
    return (
        f"模型评忠实度，仅供参考：{told}；没有评成 {counted['unjudged']} 句，不计入（{_who(judged)}）。"
        "模型评判会错，评自己的回答尤其偏宽；是否有据以引用和数字的指标为准。"
    )


def _who(made: Records) -> str:
    """Models and prompt versions, in order of appearance."""
    return "；".join(dict.fromkeys(f"{item['model']}，提示词版本 {item['prompt_version']}" for item in made))


def _objected(records: Records) -> list[tuple[str, str]]:
    return [
        (record["id"], item["text"])
        for record in records
        if record.get("judgement")
        for item in record["judgement"]["statements"]
        if item["verdict"] == "unsupported"
    ]
