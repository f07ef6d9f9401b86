"""Answer -> text for a terminal or a document. The answer itself is already Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from qa.types import Answer, Citation, Generation, Hit


def reference(citation: Citation) -> str:
    """One line that names a citation: 【1】合肥市 2024年 · 一、2023年工作回顾 · 第6段."""
    path = " · ".join(part[:24] for part in citation.section[:2])
    return (
        f"【{citation.n}】{citation.place} {citation.year}年"
        + (f" · {path}" if path else "")
        + f" · 第{citation.paragraph}段"
    )


def plain(answer: Answer) -> str:
    """Answer, what a language model had to do with it, references with their quotes, and follow-ups."""
    parts = [answer.answer]
    if answer.generation is not None and (told := generation_lines(answer.generation)):
        parts.append("\n".join(told))
    if answer.citations:
        parts.append("\n".join(f"{reference(c)}\n    {c.quote.strip()}" for c in answer.citations))
    if answer.scope.inherited:
        parts.append(f"（按“{answer.scope.question}”理解）")
    if answer.suggestions:
        parts.append("可以接着问：" + " ".join(answer.suggestions))
    return "\n\n".join(parts)


def generation_lines(made: Generation) -> list[str]:
    """The note on a language model's part, and each of its statements that is out or marked, with the reason."""
    lines = [f"（{made.note.rstrip('。')}。）"] if made.note else []
    return lines + [
        f"  {'未核实' if item.shown else '已删去'}：{item.text}（{item.reason}）" for item in made.struck
    ]


def markdown(answer: Answer) -> str:
    """Answer with its references as a Markdown document."""
    refs = [f"- {reference(c)}：> {c.quote.strip()}" for c in answer.citations]
    return f"**{answer.question}**\n\n{answer.answer}\n" + ("\n" + "\n".join(refs) + "\n" if refs else "")


def hit_line(hit: Hit) -> str:
    """One line for a found chunk: rank, score, id, text."""
    return f"{hit.rank:>3}  {hit.score:.4f}  {hit.chunk.chunk_id}  {hit.chunk.text.strip()}"


def hit_rows(hits: Sequence[Hit]) -> list[dict[str, object]]:
    """Hits as the JSON rows of design section 4."""
    return [
        {
            "rank": hit.rank,
            "score": round(hit.score, 6),
            "chunk_id": hit.chunk.chunk_id,
            "report_id": hit.chunk.report_id,
            "paragraph": hit.chunk.paragraph,
            "start": hit.chunk.start,
            "end": hit.chunk.end,
            "text": hit.chunk.text,
        }
        for hit in hits
    ]
