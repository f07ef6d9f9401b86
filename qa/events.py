"""What a question yields while it is answered. Only ``Finished`` is verified; a draft never is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qa.prompt import Prompt
from qa.types import Answer, Scope


@dataclass(frozen=True, slots=True)
class Scoped:
    """What the question is understood to ask."""

    scope: Scope

    def to_dict(self) -> dict[str, Any]:
        return {"event": "scope", "question": self.scope.question, "report_ids": list(self.scope.report_ids)}


@dataclass(frozen=True, slots=True)
class Sent:
    """A request goes to the model: the evidence (``prompt.passages``) and, word for word, ``prompt.shown``."""

    prompt: Prompt
    round: int

    def to_dict(self) -> dict[str, Any]:
        evidence = [
            {"n": p.n, "report_id": p.info.report_id, "paragraph": p.paragraph.number, "text": p.text}
            for p in self.prompt.passages
        ]
        return {
            "event": "evidence",
            "round": self.round,
            "evidence": evidence,
            "prompt_shown": self.prompt.shown,
            "tokens": self.prompt.tokens,
        }


@dataclass(frozen=True, slots=True)
class Drafted:
    """The model's text so far, unverified; a later one replaces it, also with another beginning."""

    text: str

    def to_dict(self) -> dict[str, Any]:
        return {"event": "draft", "verified": False, "text": self.text}


@dataclass(frozen=True, slots=True)
class Finished:
    """The verified answer; the last event."""

    answer: Answer

    def to_dict(self) -> dict[str, Any]:
        return {"event": "answer", "verified": True, "answer": self.answer.to_dict()}


Event = Scoped | Sent | Drafted | Finished
