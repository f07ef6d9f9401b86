"""The chat page: Gradio Blocks. The chat is output only; what was said is kept on the server (sessions.py).

The rest of the page is not Gradio's: the scripts in static/ draw tabs, panel and buttons with text nodes, from
what routes.py gives, and press the hidden buttons here. What they say beside a question comes in a header.
"""

from __future__ import annotations

import html
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import gradio as gr

from qa.config import Settings
from qa.errors import IndexMissingError, QAError, QuestionError
from qa.events import Drafted, Finished, Sent
from qa.types import Answer
from qa.web.desk import MAX_STARTERS, Asked, Desk, Library, starters
from qa.web.markup import (
    answer_markdown,
    draft_markdown,
    escape,
    named,
    pending_markdown,
    question_markdown,
)
from qa.web.routes import TITLE
from qa.web.sessions import Context, Exchange, Memory, Session, new_key, read_context
from qa.web.words import say

log = logging.getLogger(__name__)

DRAFT_GAP_S = 0.15
"""Between two drafts: a reader sees no more than six a second, and each costs the server 1.5 ms."""

HEAD = """<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/ui/page.css">
<link rel="stylesheet" href="/ui/tabs.css"><script src="/ui/early.js"></script>
<script type="module" src="/ui/page.js"></script>"""

OUTPUTS = 3 + MAX_STARTERS
"""What an update is of: the status, the box, the chat and the questions to choose from."""

Shown = list[Any]
Updates = tuple[Any, ...]
T = TypeVar("T")


class Page:
    """The handlers of the page over one desk and one memory; updates are in the order of the outputs."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.desk, self.settings = desk, settings
        self.memory = Memory()

    def opened(self, request: gr.Request) -> Updates:
        """A page was opened: what can be asked or what was said, or what to do first."""
        session, context = self._session(request)
        session.is_new = False
        return self._rest(session, context)

    def ask(self, question: str | None, request: gr.Request) -> Iterator[Updates]:
        """Show the question at once, then the answer."""
        text = (question or "").strip()
        session, context = self._session(request)
        refusal = self._objection(text, context.lang)
        if refusal:
            gr.Warning(html.escape(refusal), title=say("mend", context.lang), duration=8)
            yield _unchanged(OUTPUTS)
            return
        yield from self._answering(text, session, context)

    def again(self, request: gr.Request) -> Iterator[Updates]:
        """Ask the question behind the first ``keep`` exchanges once more."""
        session, context = self._session(request)
        if context.keep is None or context.keep >= len(session.exchanges):
            yield self._rest(session, context)
            return
        yield from self._answering(session.exchanges[context.keep].question, session, context)

    def undo(self, request: gr.Request) -> Updates:
        """Take the last exchange back; its question returns to the box."""
        session, context = self._session(request)
        session.stop()
        last = session.exchanges[-1] if session.exchanges else None
        session.exchanges = session.exchanges[:-1]
        status, box, *others = self._rest(session, context)
        return status, ({**box, "value": last.question} if last else box), *others

    def stop(self, request: gr.Request) -> Updates:
        """The answer that is being made is not wanted: it will not enter the conversation."""
        session, context = self._session(request)
        session.stop()
        return gr.skip(), _ready(context.lang), _messages(session), *_unchanged(MAX_STARTERS)

    def clear(self, request: gr.Request) -> Updates:
        """A new conversation."""
        session, context = self._session(request)
        session.stop()
        session.exchanges = []
        return self._rest(session, context)

    # -------------------------------------------------------------- parts

    def _session(self, request: gr.Request) -> tuple[Session, Context]:
        context = read_context(request.headers)
        return self.memory.session(context.conversation or request.session_hash), context

    def _rest(self, session: Session, context: Context) -> Updates:
        """The page when nothing is being answered."""
        lang = context.lang
        index, notice = self._found(self.desk.library, lang)
        chat = gr.update(value=_messages(session), placeholder=notice or say("welcome", lang))
        last = session.exchanges[-1].answer if session.exchanges else None
        follow_ups = (last.suggestions if last else ()) or starters(index)
        return self._status(index, lang), _ready(lang), chat, *_buttons(follow_ups)

    def _answering(self, text: str, session: Session, context: Context) -> Iterator[Updates]:
        run = session.begin(context.keep)
        before = [*_messages(session), {"role": "user", "content": question_markdown(text)}]

        def showing(content: str) -> Shown:
            return [*before, {"role": "assistant", "content": content}]

        lang = context.lang
        with session.on_its_way:
            yield gr.skip(), _waiting(lang), showing(pending_markdown(lang)), *_buttons(())
        made: tuple[Exchange, Sequence[str]] | None = None
        for step in self._steps(text, session, context):
            if not isinstance(step, str):
                made = step
                continue
            with session.on_its_way:
                if session.running == run:
                    yield gr.skip(), gr.skip(), showing(step), *_unchanged(MAX_STARTERS)
        if made is None or not (said := self._kept(made, run, session, lang)):
            said = _unchanged(
                OUTPUTS
            )  # stopped: an event ends by its last update once more, never by a draft
        yield said

    def _kept(
        self, made: tuple[Exchange, Sequence[str]], run: str, session: Session, lang: str
    ) -> Updates | None:
        """The page with the answer in the conversation; None where it was stopped or overtaken."""
        exchange, follow_ups = made
        if session.is_new:
            session.is_new = False
            exchange = replace(exchange, shown_answer=f"*{say('expired', lang)}*\n\n{exchange.shown_answer}")
        self.memory.keep(exchange)
        if not session.finish(run, exchange):
            return None
        index, _ = self._found(self.desk.library, lang)
        return self._status(index, lang), _ready(lang), _messages(session), *_buttons(follow_ups)

    def _steps(
        self, text: str, session: Session, context: Context
    ) -> Iterator[str | tuple[Exchange, Sequence[str]]]:
        """Drafts as Markdown while they come, then the exchange and what to ask next; nothing after a stop."""
        lang = context.lang
        assistant, notice = self._found(self.desk.assistant, lang)
        if assistant is None:
            yield _exchange(text, notice, None), ()
            return
        try:
            yield from self._told(text, assistant, session, context)
        except QuestionError as exc:
            yield _exchange(text, escape(str(exc)), None), ()
        except IndexMissingError:
            yield _exchange(text, say("no_index", lang), None), ()
        except QAError as exc:
            log.error("cannot answer: %s", exc)
            yield _exchange(text, say("broken", lang), None), ()
        except Exception:
            log.exception("question failed")
            yield _exchange(text, say("failed", lang), None), starters(assistant.index)

    def _told(
        self, text: str, assistant: Asked, session: Session, context: Context
    ) -> Iterator[str | tuple[Exchange, Sequence[str]]]:
        mode: Any = (context.mode or None) if self.settings.llm_model else None
        kind: Any = context.kind or None
        events = assistant.events(
            text, session.turns(), places=context.places, years=context.years, kind=kind, mode=mode,
            cancel=session.cancel,
        )  # fmt: skip
        sent: list[str] = []
        shown_at = 0.0
        for event in events:
            if isinstance(event, Sent):
                sent.append(event.prompt.shown)
            elif isinstance(event, Drafted) and time.monotonic() - shown_at >= DRAFT_GAP_S:
                shown_at = time.monotonic()
                yield draft_markdown(event.text, context.lang)
            elif isinstance(event, Finished):
                made = _exchange(text, "", event.answer, lang=context.lang, sent=tuple(sent))
                yield made, _follow_ups(event.answer, assistant)

    def _objection(self, text: str, lang: str) -> str | None:
        limit = self.settings.max_question_chars
        if not text:
            return say("empty_question", lang)
        if len(text) > limit:
            return say("long_question", lang).format(limit, len(text))
        return None

    def _found(self, get: Callable[[], T], lang: str) -> tuple[T | None, str]:
        """What the desk gives, or None and the notice that says what to do."""
        try:
            return get(), ""
        except IndexMissingError:
            return None, say("no_index", lang)
        except QAError as exc:
            log.error("cannot answer: %s", exc)
            return None, say("broken", lang)

    def _status(self, index: Library | None, lang: str) -> str:
        return say("none", lang) if index is None else say("reports", lang).format(len(index.reports))


def _exchange(
    text: str, notice: str, answer: Answer | None, *, lang: str = "zh", sent: tuple[str, ...] = ()
) -> Exchange:
    """An exchange under a key of its own; ``notice`` is shown where there is no answer."""
    key = new_key()
    shown = answer_markdown(answer, key, lang) if answer else notice
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    return Exchange(text, question_markdown(text), shown, answer, key, when, sent)


def _messages(session: Session) -> Shown:
    shown: Shown = []
    for exchange in session.exchanges:
        shown.append({"role": "user", "content": exchange.shown_question})
        shown.append({"role": "assistant", "content": named(exchange.shown_answer, exchange.key)})
    return shown


def _follow_ups(answer: Answer, assistant: Asked) -> Sequence[str]:
    return answer.suggestions or (starters(assistant.index) if answer.abstained else ())


def _buttons(questions: Sequence[str]) -> list[str]:
    """One value a button; the script hides the empty ones. An update would build each component anew (6.31.0)."""
    return [*questions[:MAX_STARTERS], *[""] * MAX_STARTERS][:MAX_STARTERS]


def _unchanged(count: int) -> Updates:
    return tuple(gr.skip() for _ in range(count))


def _waiting(lang: str) -> Any:
    return gr.update(value="", submit_btn=False, stop_btn=say("stop", lang))


def _ready(lang: str) -> Any:
    return gr.update(submit_btn=say("send", lang), stop_btn=False, placeholder=say("placeholder", lang))


def build(desk: Desk, settings: Settings) -> tuple[gr.Blocks, Page]:
    """The page, queued and ready to be mounted."""
    page = Page(desk, settings)
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as demo:
        with gr.Row(elem_id="qa-top"):
            gr.Markdown(f"# {TITLE}", elem_id="qa-title")
            status = gr.Markdown("正在读取报告索引……", elem_id="qa-status", sanitize_html=True)
        with gr.Row(elem_id="qa-main", equal_height=True):
            with gr.Column(scale=3, elem_id="qa-talk"):
                chat = gr.Chatbot(
                    elem_id="qa-chat", show_label=False, label="对话", container=False, height="100%",
                    placeholder="正在读取报告索引……", layout="bubble", buttons=[], feedback_options=None,
                    sanitize_html=True, allow_tags=False, latex_delimiters=[], allow_file_downloads=False,
                    group_consecutive_messages=False,
                )  # fmt: skip
                with gr.Row(elem_id="qa-next"):
                    chips = [gr.Button("", size="sm", elem_classes="qa-chip") for _ in range(MAX_STARTERS)]
                with gr.Row(elem_id="qa-ask"):
                    box = gr.Textbox(
                        elem_id="qa-box", show_label=False, label="问题", container=False, scale=1, lines=1,
                        max_lines=5, autofocus=True, submit_btn="发送",
                        placeholder="输入问题，按回车发送",
                    )  # fmt: skip
                with gr.Row(elem_id="qa-hidden"):  # pressed by the page's script
                    hidden = [gr.Button(name, elem_id=f"qa-{name}") for name in ("clear", "again", "undo")]
            with gr.Column(scale=2, elem_id="qa-side"):
                gr.Markdown(
                    "正在准备引用栏……"
                )  # the script puts the panel here; gr.HTML would need unsafe-eval
        _wire(demo, page, (status, box, chat, *chips), hidden)
    demo.queue(
        default_concurrency_limit=settings.concurrency, max_size=max(1, settings.queue), api_open=False
    )
    return demo, page


def _wire(demo: gr.Blocks, page: Page, outputs: Sequence[Any], hidden: Sequence[gr.Button]) -> None:
    _, box, _, *chips = outputs
    clear, again, undo = hidden
    asks: dict[str, Any] = {
        "outputs": list(outputs),
        "concurrency_limit": page.settings.concurrency,
        "concurrency_id": "ask",
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "multiple",
    }
    asked = [box.submit(page.ask, inputs=[box], **asks)]
    asked += [chip.click(page.ask, inputs=[chip], **asks) for chip in chips]
    asked += [again.click(page.again, inputs=None, **asks)]
    small = asks | {"concurrency_id": "small"}
    box.stop(page.stop, inputs=None, cancels=asked, **small)
    clear.click(page.clear, inputs=None, cancels=asked, **small)
    undo.click(page.undo, inputs=None, cancels=asked, **small)
    demo.load(page.opened, inputs=None, **small)


def theme() -> gr.themes.Base:
    """Fonts by name only: nothing is fetched."""
    fonts = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
    return gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        radius_size="md",
        font=[gr.themes.Font(name) for name in fonts],
        font_mono=[gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")],
    )
