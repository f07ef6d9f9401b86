// What stands around Gradio's chat: buttons of each message, the scope of questions, editing, downloads.
import { $, ask, button, copy, el, fileAddress, select, svg, tell } from "./dom.js";
import { answerOf, follow, openCitation } from "./evidence.js";
import { t } from "./words.js";

const CITE = /#cite-([A-Za-z0-9_]+)-(\d+)$/;
const NAME = /#answer-([A-Za-z0-9_]+)$/;
const qa = window.qa;
const opinions = new Map(); // key -> the reader's last word, before the server tells it again
let catalogue = { reports: [] };
let lastSeen; // the newest answer that the panel has followed

const all = (selector) => [...document.querySelectorAll(`#qa-chat ${selector}`)];
const matched = (link, form) => form.exec(link?.getAttribute("href") || "");
const keyOf = (message) => matched(message.querySelector('a[href*="#answer-"]'), NAME)?.[1];
const distinct = (values) => [...new Set(values)];

/** Puts a text into the box as if it had been typed. */
export const type = (text) => {
  const area = document.querySelector("#qa-box textarea");
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, text);
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
};

/** Asks a question as if it had been typed and sent. */
export const send = (text) => {
  type(text);
  setTimeout(() => document.querySelector("#qa-box .submit-button")?.click(), 60);
};

export const isReady = () => Boolean(document.querySelector("#qa-box .submit-button"));

/** Presses a hidden button of Gradio's; ``keep`` exchanges stay before what it does. */
const press = (id, keep = null) => { stopEditing(); qa.keep = keep; $(id)?.click(); };

// ------------------------------------------------------------------ messages

const bar = (cls, ...children) => el("div", `qa-tools ${cls}`, {}, ...children);

const copier = (key, form, label, title) => button(label, async () => {
  try {
    tell(t((await copy((await answerOf(key))[form])) ? "copied" : "not_copied"));
  } catch (error) { tell(error.message); }
}, "qa-tool", { title, "aria-label": title });

const answerTools = (key, number) => {
  const tools = bar("qa-answer-tools",
    copier(key, "text", t("copy"), t("copy_text")), copier(key, "markdown", "Markdown", t("copy_markdown")),
    button(t("again"), () => press("qa-again", number), "qa-tool"), ...voting(key));
  tools.dataset.key = key;
  answerOf(key).then((told) => {
    if (!told.text) tools.querySelectorAll(".qa-tool").forEach((tool, at) => { tool.hidden = at < 2; });
    tools.toggleAttribute("data-abstained", told.abstained);
    if (told.sent.length) tools.append(sentButton(told.sent));
    if (told.scope) tools.before(scopeLine(told, tools));
    mark(tools, opinions.get(key) || told.opinion);
  }).catch(() => {});
  return tools;
};

const sentButton = (sent) => {
  const text = el("pre", "qa-sent", { hidden: true, tabindex: "0", "aria-label": t("sent") }, sent.join("\n\n————\n\n"));
  const show = button(t("sent"), () => {
    text.hidden = !text.hidden;
    show.setAttribute("aria-expanded", String(!text.hidden));
    if (!text.isConnected) show.parentNode.after(text);
  }, "qa-tool", { "aria-expanded": "false" });
  return show;
};

const questionTools = (message, number, isLast) => {
  const question = message.innerText.trim();
  const tools = bar("qa-question-tools", button(t("edit"), () => edit(number, question), "qa-tool"));
  if (isLast) tools.append(button(t("undo"), () => press("qa-undo"), "qa-tool"));
  tools.dataset.key = `${number} ${isLast} ${question}`;
  return tools;
};

/** Puts the tools behind a message unless the same ones stand there. */
const attach = (message, key, make) => {
  const place = message.closest(".message") || message;
  const old = place.querySelector(":scope > .qa-tools");
  if (old?.dataset.key === key) return;
  place.querySelectorAll(":scope > :is(.qa-tools, .qa-sent, .qa-scope, .qa-said)").forEach((node) => node.remove());
  if (key) place.append(make());
};

// ------------------------------------------------------------------ opinions

// Drawn, for not every machine has emoji.
const HAND = "M3 9.5h2.6v7H3zM7 16V9.4l3.1-5.7c1.3 0 2 .9 1.8 2.1L11.4 8.5h4.2c1 0 1.7.9 1.5 1.9l-1 4.600c-.2.9-.9 1.500-1.800 1.500H8.500z";

const voting = (key) => [["up", "good"], ["down", "bad"]].map(([vote, label]) => {
  const hand = svg("svg", { width: 16, height: 16, viewBox: "0 0 20 20", "aria-hidden": "true" },
    svg("path", { d: HAND, fill: "none", stroke: "currentColor", "stroke-width": 1.5, "stroke-linejoin": "round", transform: vote === "up" ? null : "rotate(180 10 10)" }));
  const thumb = button(hand, () => say(key, thumb, vote), "qa-tool qa-vote", { title: t(label), "aria-label": t(label), "aria-pressed": "false" });
  thumb.dataset.vote = vote;
  return thumb;
});

const mark = (tools, opinion) => {
  tools.querySelectorAll(".qa-vote").forEach((thumb) => thumb.setAttribute("aria-pressed", String(thumb.dataset.vote === opinion.vote)));
};

const keepOpinion = async (key, tools, vote, comment) => {
  const body = JSON.stringify({ key, vote, comment });
  const { opinion } = await ask("feedback", {}, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  opinions.set(key, opinion);
  mark(tools, opinion);
};

const say = async (key, thumb, vote) => {
  const tools = thumb.closest(".qa-tools");
  const back = thumb.getAttribute("aria-pressed") === "true";
  try {
    await keepOpinion(key, tools, back ? "none" : vote, "");
    tell(t(back ? "taken_back" : "thanks"));
    tools.parentNode.querySelector(":scope > .qa-said")?.remove();
    if (!back) tools.after(commentForm(key, tools, vote));
  } catch (error) { tell(error.message); }
};

const commentForm = (key, tools, vote) => {
  const box = el("input", "", { type: "text", maxlength: "1000", placeholder: t("comment"), "aria-label": t("comment") });
  const form = el("form", "qa-said", {}, box, el("button", "qa-button", { type: "submit" }, t("submit")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await keepOpinion(key, tools, vote, box.value);
      tell(t("thanks"));
      form.remove();
    } catch (error) { tell(error.message); }
  });
  return form;
};

// ------------------------------------------------------------------ scope

/** What the last question was understood to ask; each choice asks again with another. */
const scopeLine = ({ scope, mode, reason }, tools) => {
  const isLast = () => all(".qa-answer-tools").at(-1) === tools;
  const chips = [];
  const again = (name, value, options) => {
    const choice = select(t(name), options, value, (next) => {
      choice.querySelector("select").value = value; // this answer stays what it was
      if (isLast() && next !== value) send(t2(name, next));
    }, "qa-again");
    choice.title = t("refine", t(name));
    chips.push(choice);
  };
  const places = distinct(catalogue.reports.map((info) => info.place));
  const [place] = scope.places;
  if (scope.places.length === 1 && places.includes(place)) again("place", place, places.map((name) => [name, name]));
  else if (!scope.places.length) again("place", "", [["", t("place")], ...places.map((name) => [name, name])]);
  else if (scope.places.length > 1) chips.push(el("span", "qa-fixed", {}, t("many_places", scope.places.length)));
  const years = distinct([...scope.years, ...catalogue.reports.flatMap((info) => [info.year - 1, info.year])]).sort();
  if (scope.years.length === 1) again("year", String(scope.years[0]), years.map((year) => [String(year), t("year_of", year)]));
  if (scope.kind) again("kind", scope.kind, ["actual", "target"].map((kind) => [kind, t(kind)]));
  chips.push(...scope.indicators.map((name) => el("span", "qa-fixed", {}, name)));
  if (mode !== "extract") chips.push(el("span", "qa-fixed", {}, t(mode)));
  const line = el("div", "qa-scope", { role: "group", "aria-label": t("understood") }, ...chips);
  line.hidden = !chips.length || reason === "off_topic";
  return line;
};

/** The follow-up question that changes one thing; the reports' language is Chinese. */
const t2 = (name, value) => ({ place: `那${value}呢？`, year: `那${value}年呢？`, kind: value === "target" ? "那目标是多少？" : "那实际完成多少？" })[name];

const scopeBar = () => {
  const years = distinct(catalogue.reports.map((info) => info.year)).sort((a, b) => b - a);
  const places = distinct(catalogue.reports.map((info) => info.place));
  const one = (name, values) => [["", t(name)], ...values];
  qa.places = qa.places.filter((place) => places.includes(place));
  qa.years = qa.years.filter((year) => years.includes(year));
  const picks = [
    select(t("place"), one("all", places.map((name) => [name, name])), qa.places[0] || "", (value) => { qa.places = value ? [value] : []; }),
    select(t("report_year"), one("all", years.map((year) => [String(year), String(year)])), String(qa.years[0] || ""), (value) => { qa.years = value ? [Number(value)] : []; }),
    select(t("kind"), one("any", ["actual", "target"].map((kind) => [kind, t(kind)])), qa.kind, (value) => { qa.kind = value; }),
  ];
  if (catalogue.model) {
    qa.mode = qa.mode || catalogue.mode;
    picks.push(select(t("mode"), ["extract", "llm"].map((mode) => [mode, t(mode)]), qa.mode, (value) => { qa.mode = value; }));
  }
  return el("div", "", { id: "qa-picks", role: "group", "aria-label": t("scope") }, ...picks);
};

/** Narrows the questions that follow to one report's place and year. */
export const narrow = (place, year) => {
  Object.assign(qa, { places: [place], years: [year] });
  $("qa-picks")?.replaceWith(scopeBar());
};

// ------------------------------------------------------------------ editing, downloads

const edit = (number, question) => {
  stopEditing();
  type(question);
  $("qa-ask").before(el("div", "", { id: "qa-editing", role: "status" },
    el("span", "", {}, t("editing", number + 1)), button(t("cancel"), () => { stopEditing(); type(""); }, "qa-link")));
  qa.keep = number;
};

const stopEditing = () => { qa.keep = null; $("qa-editing")?.remove(); };

document.addEventListener("qa-kept", () => $("qa-editing")?.remove());

const downloads = () => {
  const link = (form, label) => el("a", "", { href: fileAddress("conversation", { id: qa.conversation, form }), download: "" }, label);
  const menu = el("details", "qa-menu", { id: "qa-downloads" }, el("summary", "qa-button", {}, t("download")),
    el("div", "", {}, link("md", t("as_markdown")), link("json", t("as_json"))));
  menu.addEventListener("click", (event) => { if (event.target.closest("a")) menu.open = false; });
  menu.addEventListener("focusout", (event) => { if (!menu.contains(event.relatedTarget)) menu.open = false; });
  return menu;
};

/** The bar between the conversation and the box. */
export const build = (known) => {
  catalogue = known;
  $("qa-bar")?.remove();
  if (!$("qa-ask")) return;
  $("qa-ask").before(el("div", "", { id: "qa-bar" }, scopeBar(),
    el("div", "qa-actions", {}, downloads(), button(t("fresh"), () => press("qa-clear"), "qa-button", { id: "qa-new" }))));
};

// ------------------------------------------------------------------ after each change of the page

export const settle = () => {
  const bots = all('[data-testid="bot"]');
  const users = all('[data-testid="user"]');
  const busy = !isReady();
  bots.forEach((message, number) => attach(message, keyOf(message), () => answerTools(keyOf(message), number)));
  users.forEach((message, number) => {
    const isLast = number === users.length - 1;
    const key = busy ? undefined : `${number} ${isLast} ${message.innerText.trim()}`;
    attach(message, key, () => questionTools(message, number, isLast));
  });
  all('a[href*="#cite-"]').forEach((link) => {
    if (link.dataset.qa) return;
    link.dataset.qa = "1";
    link.removeAttribute("target");
    link.setAttribute("aria-label", t("cite", matched(link, CITE)?.[2]));
  });
  // Gradio puts the raw Markdown into the label that a screen reader says.
  [...bots, ...users].forEach((message) => {
    const label = t(message.dataset.testid === "bot" ? "answer" : "question");
    if (message.getAttribute("aria-label") !== label) message.setAttribute("aria-label", label);
  });
  all(".qa-scope").forEach((line, at, lines) => line.querySelectorAll("select").forEach((pick) => { pick.disabled = busy || at < lines.length - 1; }));
  document.querySelectorAll("#qa-next .qa-chip").forEach((chip) => chip.toggleAttribute("data-filled", Boolean(chip.textContent.trim())));
  document.querySelector('#qa-chat [role="log"]')?.setAttribute("aria-label", t("talk"));
  document.querySelector("#qa-box textarea")?.setAttribute("aria-label", t("question"));
  document.body.classList.toggle("qa-talking", bots.length > 0);
  const key = bots.length ? keyOf(bots.at(-1)) : null;
  if (key === undefined || key === lastSeen) return;
  lastSeen = key;
  follow(key);
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href*="#cite-"]');
  const found = link && matched(link, CITE);
  if (!found) {
    if (event.target.closest?.('a[href*="#pending"], a[href*="#draft"]')) event.preventDefault();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  all("a.qa-on").forEach((other) => other.classList.remove("qa-on"));
  all('a[href*="#cite-"]').forEach((other) => { if (other.getAttribute("href") === link.getAttribute("href")) other.classList.add("qa-on"); });
  openCitation(found[1], Number(found[2]), link);
}, true);
