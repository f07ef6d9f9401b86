// 承诺清单: what the reports promise, by place, year, type, sector and words.
import { ask, button, el, fileAddress, select } from "./dom.js";
import { openSpan } from "./evidence.js";
import { t } from "./words.js";

const NAMES = ["place", "year", "kind", "sector", "text"];
let view, catalogue, given, list, count, csv, sectors, round = 0;

export const open = (root, query, known) => {
  [view, catalogue] = [root, known];
  given = Object.fromEntries(NAMES.map((name) => [name, query.get(name) || ""]));
  list = el("ol", "qa-promises", {});
  count = el("strong", "", { role: "status" });
  csv = el("a", "qa-button", { download: "" }, t("csv"));
  sectors = el("datalist", "", { id: "qa-sectors" });
  view.replaceChildren(el("h2", "qa-heading", { tabindex: "-1" }, t("promises")), controls(), el("p", "qa-count", {}, count), list);
  load(0);
};

const changed = (name, value) => {
  given[name] = value;
  const set = Object.entries(given).filter(([, kept]) => kept);
  history.replaceState(null, "", `#/promises?${new URLSearchParams(set)}`);
  load(0);
};

const controls = () => {
  const distinct = (name) => [...new Set(catalogue.reports.map((info) => String(info[name])))];
  const all = (values) => [["", t("all")], ...values.map((value) => [value, value])];
  const field = (name, label, hint, extra = {}) => {
    const box = el("input", "", { type: "search", "aria-label": label, placeholder: hint, maxlength: "100", ...extra });
    box.value = given[name];
    let timer;
    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => changed(name, box.value.trim()), 250); });
    return el("label", "qa-pick", {}, el("span", "", {}, label), box);
  };
  const kinds = ["开工", "新建", "建成", "完成", "改造", "新增", "创建", "力争", "推进"];
  const form = el("form", "qa-controls", {},
    select(t("place"), all(distinct("place")), given.place, (value) => changed("place", value)),
    select(t("report_year"), all(distinct("year")), given.year, (value) => changed("year", value)),
    select(t("type"), all(kinds), given.kind, (value) => changed("kind", value)),
    field("sector", t("sector"), t("sector_hint"), { list: "qa-sectors" }), sectors,
    field("text", t("words"), t("words_hint")),
    button(t("reset"), () => { location.hash = "#/promises"; open(view, new URLSearchParams(), catalogue); }),
    csv);
  form.addEventListener("submit", (event) => event.preventDefault());
  return form;
};

const load = async (offset) => {
  const mine = ++round;
  csv.setAttribute("href", fileAddress("commitments.csv", given));
  try {
    const data = await ask("commitments", { ...given, offset });
    if (mine !== round) return; // overtaken by a later filter
    count.textContent = t("found", data.total);
    if (!given.sector) sectors.replaceChildren(...data.sectors.map((name) => el("option", "", { value: name })));
    if (!offset) list.replaceChildren();
    list.querySelector(".qa-next-page")?.remove();
    list.append(...data.rows.map(line));
    if (!data.total) list.append(el("li", "qa-note", {}, data.reason));
    const left = data.total - offset - data.rows.length;
    if (left > 0) list.append(el("li", "qa-next-page", {}, button(t("more", Math.min(left, data.rows.length)), () => load(offset + data.rows.length))));
  } catch (error) {
    if (mine !== round) return;
    count.textContent = "";
    list.replaceChildren(el("li", "qa-note", {}, error.message));
  }
};

const line = (row) => {
  const text = button(row.text, () => openSpan(row, text), "qa-promise", { title: t("open_value", row.text) });
  const about = [t("place_year", row.place, row.year), row.sector, t("paragraph", row.paragraph)].filter(Boolean);
  return el("li", "", {}, el("span", "qa-type", {}, row.kind), el("div", "", {}, text, el("small", "", {}, about.join(" · "))));
};
