// The panel of cited paragraphs: beside the chat, a drawer on narrow screens and over the other pages.
import { $, ask, button, el, keeper, smooth } from "./dom.js";
import { t } from "./words.js";

const LONG = 90; // characters on either side of the quote shown before "展开全段"
export const answerOf = keeper((key) => ask(`answers/${encodeURIComponent(key)}`), 200);
export const reportOf = keeper((id) => ask("report", { id }), 30);

let shownKey; // key of the answer in the panel; null: no answer yet
let opener = null; // what opened the drawer, for giving the focus back

export const build = () => {
  if ($("qa-evidence") || !$("qa-side")) return;
  const shut = button(t("close"), close, "qa-button", { id: "qa-close" });
  const cards = el("div", "", { id: "qa-cards", "aria-live": "polite" });
  const panel = el("aside", "", { id: "qa-evidence", "aria-label": t("evidence") },
    el("div", "qa-bar", {}, el("h2", "", {}, t("evidence")), shut), cards);
  $("qa-side").append(panel);
  follow(null);
};

const note = (text) => $("qa-cards")?.replaceChildren(el("p", "qa-note", {}, text));

const side = (text, keepEnd) => {
  if (text.length <= LONG) return [text];
  const cut = keepEnd ? text.length - LONG : LONG;
  const hidden = el("span", "qa-rest", {}, keepEnd ? text.slice(0, cut) : text.slice(cut));
  const dots = el("span", "qa-dots", { "aria-hidden": "true" }, "……");
  return keepEnd ? [hidden, dots, text.slice(cut)] : [text.slice(0, cut), dots, hidden];
};

/** A paragraph with its quote marked, its neighbours, and the way into the whole report. */
const drawCard = (c) => {
  const name = c.n ? `【${c.n}】` : "";
  const head = el("h3", "", {}, `${name}${t("place_year", c.place, c.year)}`);
  const where = el("p", "qa-where", {}, [c.title, ...c.section, t("paragraph", c.paragraph)].join(" · "));
  const text = el("p", "qa-text", {}, ...side(c.before, true), el("mark", "", {}, c.quote), ...side(c.after, false));
  const node = el("article", "qa-card", { tabindex: "-1", "aria-label": c.n ? t("citation", c.n) : head.textContent }, head, where);
  node.dataset.n = c.n || "";
  const beside = (content) => content && el("p", "qa-text qa-beside", {}, content);
  node.append(...[beside(c.previous), text, beside(c.next)].filter(Boolean));
  const bar = el("div", "qa-links");
  if (text.querySelector(".qa-rest")) bar.append(unfolding(node, "qa-open", "whole", "less", "qa-more"));
  if (c.previous || c.next) bar.append(unfolding(node, "qa-around", "neighbours", "less_context", "qa-context"));
  const place = new URLSearchParams({ id: c.report_id, p: c.paragraph, s: c.start, e: c.end });
  bar.append(el("a", "qa-read", { href: `#/reports?${place}` }, t("read")));
  node.append(bar);
  return node;
};

const unfolding = (node, cls, show, hide, own) => {
  const more = button(t(show), () => {
    const open = node.classList.toggle(cls);
    more.textContent = t(open ? hide : show);
    more.setAttribute("aria-expanded", String(open));
  }, `qa-link ${own}`, { "aria-expanded": "false" });
  return more;
};

/** Shows the citations of an answer; says whether they stand in the panel. */
export const follow = async (key) => {
  if (!$("qa-cards")) return false;
  if (shownKey === key) return true;
  shownKey = key;
  if (key === null) { note(t("evidence_empty")); return true; }
  try {
    const { citations } = await answerOf(key);
    if (shownKey !== key) return false;
    if (!citations.length) note(t("evidence_none"));
    else $("qa-cards").replaceChildren(...citations.map(drawCard));
    $("qa-cards").scrollTop = 0;
    return true;
  } catch (error) {
    if (shownKey === key) { note(error.message); shownKey = undefined; }
    return false;
  }
};

const activate = (n) => {
  document.querySelectorAll(".qa-card").forEach((card) => {
    const on = Number(card.dataset.n) === n;
    card.classList.toggle("qa-active", on);
    if (!on) return;
    if (!card.classList.contains("qa-open")) card.querySelector(".qa-more")?.click();
    card.focus({ preventScroll: true });
    card.querySelector("mark").scrollIntoView({ block: "center", behavior: smooth() });
  });
};

const openDrawer = (from) => {
  opener = from;
  document.body.classList.add("qa-drawer"); // the style sheet gives it a meaning where the panel is a drawer
};

export const close = () => {
  if (!document.body.classList.contains("qa-drawer")) return;
  document.body.classList.remove("qa-drawer");
  if (opener?.isConnected) opener.focus();
};

/** Shows one citation of an answer, from a marker in the chat. */
export const openCitation = async (key, n, from) => {
  openDrawer(from);
  if (await follow(key)) activate(n);
};

/** Shows a span of a report, from a value in a table. */
export const openSpan = async (span, from) => {
  openDrawer(from);
  shownKey = undefined;
  note(t("loading"));
  try {
    const report = await reportOf(span.report_id);
    const at = report.text.findIndex((item) => item.n === span.paragraph);
    $("qa-cards").replaceChildren(drawCard({ ...report, ...cut(report.text[at], span), previous: report.text[at - 1]?.text, next: report.text[at + 1]?.text }));
    activate(0);
  } catch (error) { note(error.message); }
};

/** A paragraph in three parts around a span given in the report's offsets. */
export const cut = (item, span) => {
  // Offsets count characters as Python does: one that JavaScript takes for two is one.
  const chars = Array.from(item.text);
  const [low, high] = [span.start - item.start, span.end - item.start].map((i) => Math.max(0, Math.min(chars.length, i)));
  const part = (from, to) => chars.slice(from, to).join("");
  return { section: item.section, paragraph: item.n, start: span.start, end: span.end, before: part(0, low), quote: part(low, high), after: part(high, chars.length) };
};

document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
