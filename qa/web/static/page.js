// The shell of the page: pages and their addresses, language, colours, and what follows each change of Gradio's.
import { $, ask, button, el } from "./dom.js";
import * as chat from "./chat.js";
import * as compare from "./compare.js";
import * as evidence from "./evidence.js";
import * as promises from "./promises.js";
import * as reports from "./reports.js";
import { t } from "./words.js";

const qa = window.qa;
const VIEWS = { compare, promises, reports };
let catalogue = null; // null until it has been read

// ------------------------------------------------------------------ pages

const address = () => {
  const [, name, query] = /^#\/(\w+)(?:\?(.*))?$/.exec(location.hash) || [];
  return { name: name in VIEWS ? name : "chat", query: new URLSearchParams(query) };
};

const show = () => {
  const main = $("qa-main");
  if (!main) return;
  const { name, query } = address();
  if (document.body.dataset.view && document.body.dataset.view !== name) evidence.close();
  document.body.dataset.view = name;
  document.querySelectorAll("#qa-tabs a").forEach((link) => {
    if (link.dataset.view === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  Object.keys(VIEWS).forEach((key) => { $(`qa-view-${key}`).hidden = key !== name; });
  (name === "chat" ? $("qa-side") : main.parentNode).append($("qa-evidence"));
  if (name === "chat") return;
  const view = $(`qa-view-${name}`);
  if (!catalogue) view.replaceChildren(el("p", "qa-note", {}, t("loading")));
  else if (catalogue.notice) view.replaceChildren(missing());
  else VIEWS[name].open(view, query, catalogue);
};

/** What to do when there is no report to show. */
const missing = () => catalogue.notice === "no_index"
  ? el("div", "qa-missing", {}, el("p", "", {}, t("no_index")), el("code", "", {}, catalogue.command), el("p", "", {}, t("no_index_after")))
  : el("p", "qa-missing", {}, catalogue.message || t("broken"));

// ------------------------------------------------------------------ language, colours

const switchLanguage = () => {
  const lang = qa.lang === "en" ? "zh" : "en";
  qa.remembered("localStorage", "qa-lang", lang);
  const next = new URL(location.href);
  next.searchParams.set("lang", lang);
  location.replace(next); // the conversation is on the server
};

const isDark = () => document.body.classList.contains("dark");
const paint = () => {
  if (qa.theme && isDark() !== (qa.theme === "dark")) document.body.classList.toggle("dark", qa.theme === "dark");
  const label = t(isDark() ? "to_light" : "to_dark");
  const toggle = $("qa-theme");
  if (!toggle || toggle.title === label) return;
  toggle.title = label;
  toggle.setAttribute("aria-label", label);
  toggle.textContent = isDark() ? "☀" : "☾";
};
const switchColours = () => {
  qa.theme = isDark() ? "light" : "dark";
  qa.remembered("localStorage", "qa-theme", qa.theme);
  paint();
};

// ------------------------------------------------------------------ building

const build = () => {
  const [top, main] = [$("qa-top"), $("qa-main")];
  if (!top || !main || $("qa-tabs")) return;
  const tab = (name) => {
    const link = el("a", "", { href: `#/${name}` }, t(name));
    link.dataset.view = name;
    return link;
  };
  top.append(
    el("nav", "", { id: "qa-tabs", "aria-label": t("views") }, ...["chat", ...Object.keys(VIEWS)].map(tab)),
    el("div", "", { id: "qa-switches" }, button(t("to_english"), switchLanguage, "qa-button", { lang: qa.lang === "en" ? "zh" : "en" }),
      button("", switchColours, "qa-button", { id: "qa-theme" })));
  Object.keys(VIEWS).forEach((name) => main.after(el("section", "qa-view", { id: `qa-view-${name}`, "aria-label": t(name), hidden: true })));
  const heading = document.querySelector("#qa-title h1");
  if (heading) heading.textContent = t("title");
  document.title = t("title");
  evidence.build();
  show();
  read();
};

const read = async () => {
  try {
    catalogue = await ask("reports");
  } catch (error) { catalogue = { reports: [], notice: "unread", message: error.message }; }
  chat.build(catalogue);
  show();
  openingQuestion();
};

/** Asks what ``?q=`` says, once: a reload must not ask again. */
const openingQuestion = () => {
  const question = (qa.params.get("q") || "").trim();
  if (!question) return;
  const next = new URL(location.href);
  next.searchParams.delete("q");
  const when = () => {
    if (!chat.isReady() || !$("qa-status")?.dataset.opened) { setTimeout(when, 80); return; }
    history.replaceState(null, "", next);
    chat.send(question);
  };
  when();
};

// Said by Gradio 6.31's script itself, in no language file.
const LOST = "Connection to the server was lost. Attempting reconnection...";
const translate = () => document.querySelectorAll('.toast-wrap [data-testid="toast-text"]').forEach((text) => {
  if (text.textContent.trim() === LOST) text.textContent = t("lost");
});

const settle = () => {
  const status = $("qa-status");
  if (status && !status.dataset.opened && !status.textContent.includes("正在读取")) status.dataset.opened = "1";
  document.documentElement.lang = qa.lang === "en" ? "en" : "zh-CN";
  translate();
  build();
  paint();
  chat.settle();
};

let waiting = false;
const soon = () => {
  if (waiting) return;
  waiting = true;
  setTimeout(() => { waiting = false; settle(); }, 60);
};
new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
window.addEventListener("hashchange", show);
soon();
