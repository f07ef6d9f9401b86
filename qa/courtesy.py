"""Talk that asks nothing of reports: thanks, greetings and goodbyes, the service itself, and what no report answers."""

from __future__ import annotations

from qa.lexicon import entries, regex, sections


def is_off_topic(said: str) -> bool:
    """Whether a folded text is nothing that a report answers; thanks and greetings are none of its questions."""
    return is_courtesy(said) or is_of_service(said) or bool(regex("offtopic", "patterns").search(said))


def is_of_service(said: str) -> bool:
    """Whether a folded text only asks what can be asked here, how, or of which reports."""
    return bool(regex("service", "whole").fullmatch(said.strip()))


def is_courtesy(said: str) -> bool:
    """Whether a folded text only thanks, greets, agrees or takes leave: 好的，谢谢."""
    return bool(regex("courtesy", "whole").fullmatch(said.strip()))


def is_greeting(said: str) -> bool:
    """Whether a folded text is only a greeting."""
    return bool(regex("courtesy", "greets").fullmatch(said.strip()))


def reply(said: str) -> str:
    """What is said to a folded text that is only courtesy."""
    return next(
        (text for text in sections("reply") if any(word in said for word in entries("reply", text))),
        "好的，想了解别的可以接着问。",
    )
