// 报告: what is in the index, and a report to read, with its sections.
import { $, button, el, plain, smooth } from "./dom.js";
import { close, cut, reportOf } from "./evidence.js";
import { narrow } from "./chat.js";
import { t } from "./words.js";

let shown = "";

export const open = async (root, query, catalogue) => {
  const id = query.get("id");
  if (!id) {
    shown = "";
    root.replaceChildren(el("h2", "qa-heading", { tabindex: "-1" }, t("collected", catalogue.reports.length)), el("div", "qa-grid", {}, ...catalogue.reports.map(line)));
    return;
  }
  close();
  try {
    const report = await reportOf(id);
    if (shown !== id) root.replaceChildren(...whole(report));
    shown = id;
    seek(report, query);
  } catch (error) {
    shown = "";
    root.replaceChildren(back(), el("p", "qa-note", {}, error.message));
  }
};

const facts = (info) => [info.doc_kind, info.given_on, info.speaker, t("paragraphs", info.paragraphs), t("characters", info.characters), t("figures", info.figures), t("commitments", info.commitments)].filter(Boolean).join(" · ");

const line = (info) => el("article", "qa-report", {},
  el("h3", "", {}, el("a", "", { href: `#/reports?${new URLSearchParams({ id: info.report_id })}` }, t("place_year", info.place, info.year))),
  el("p", "qa-name", {}, info.title),
  el("p", "qa-where", {}, facts(info)),
  el("div", "qa-links", {},
    el("a", "", { href: `#/reports?${new URLSearchParams({ id: info.report_id })}` }, t("read")),
    button(t("ask_this"), () => { narrow(info.place, info.year); location.hash = "#/chat"; }, "qa-link"),
    el("a", "", { href: `#/promises?${new URLSearchParams({ place: info.place, year: info.year })}` }, t("promises"))));

const back = () => el("p", "qa-back", {}, el("a", "", { href: "#/reports" }, `← ${t("back")}`), el("a", "", { href: "#/chat" }, t("back_chat")));

const whole = (report) => [
  back(),
  el("h2", "qa-heading", { tabindex: "-1" }, report.title),
  el("p", "qa-where", {}, `${facts(report)} · ${t("file", report.file)}`),
  el("div", "qa-reader", {}, contents(report), el("div", "qa-paper", { lang: "zh" }, ...report.text.map(paragraph))),
];

const paragraph = (item) => {
  const node = el(item.heading ? "h4" : "p", "", { id: `qa-p${item.n}`, tabindex: "-1" }, item.text);
  node.dataset.n = item.n;
  return node;
};

/** The tree of sections; a section is known by its whole path, for titles repeat. */
const contents = (report) => {
  const top = el("ul");
  const lists = new Map([["", top]]);
  for (const item of report.text) {
    item.section.forEach((name, depth) => {
      const path = JSON.stringify(item.section.slice(0, depth + 1));
      if (lists.has(path)) return;
      const list = el("ul");
      const link = button(name, () => go(item.n), "qa-link");
      lists.get(depth ? JSON.stringify(item.section.slice(0, depth)) : "").append(el("li", "", {}, link, list));
      lists.set(path, list);
    });
  }
  const tree = el("details", "qa-contents", {}, el("summary", "", {}, t("contents")), el("nav", "", { "aria-label": t("contents") }, top));
  tree.open = matchMedia("(min-width: 901px)").matches;
  tree.hidden = !top.childElementCount;
  return tree;
};

const go = (n) => {
  const node = $(`qa-p${n}`);
  node?.scrollIntoView({ block: "start", behavior: smooth() });
  node?.focus({ preventScroll: true });
};

/** Marks the span that the address names and scrolls to it. */
const seek = (report, query) => {
  document.querySelectorAll(".qa-paper mark").forEach((mark) => mark.replaceWith(mark.textContent));
  document.querySelector(".qa-paper .qa-here")?.classList.remove("qa-here");
  const item = report.text.find((one) => one.n === Number(query.get("p")));
  const node = item && $(`qa-p${item.n}`);
  if (!node) return;
  const part = cut(item, { start: Number(query.get("s")), end: Number(query.get("e")) });
  node.replaceChildren(plain(part.before), el("mark", "", {}, part.quote), plain(part.after));
  node.classList.add("qa-here");
  node.focus({ preventScroll: true });
  (part.quote ? node.querySelector("mark") : node).scrollIntoView({ block: "center" });
};
