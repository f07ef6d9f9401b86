// 指标对比: one row a report, the result and the target of an indicator, as a chart and as a table.
import { ask, button, el, fileAddress, select, svg } from "./dom.js";
import { openSpan } from "./evidence.js";
import { t } from "./words.js";

const COMMON = 8; // indicators offered as buttons
const BAR = 16, GAP = 4, ROW = 2 * BAR + GAP + 18;
const KINDS = ["actual", "target"];

let view, known = null, order = "report";

export const open = async (root, query) => {
  view = root;
  try {
    known ??= (await ask("indicators")).indicators;
    const name = query.get("indicator") || known[0]?.name || "";
    draw(name ? await ask("compare", { indicator: name, measure: query.get("measure") || "" }) : null);
  } catch (error) { view.replaceChildren(title(), el("p", "qa-note", {}, error.message)); }
};

const go = (indicator, measure = "") => {
  const query = new URLSearchParams(measure ? { indicator, measure } : { indicator });
  location.hash = `#/compare?${query}`;
};

const title = () => el("h2", "qa-heading", { tabindex: "-1" }, t("compare"));

const controls = (data) => {
  const list = el("datalist", "", { id: "qa-indicators" }, ...known.map((item) => el("option", "", { value: item.name })));
  const box = el("input", "", { type: "search", list: "qa-indicators", "aria-label": t("indicator"), placeholder: t("indicator_hint"), maxlength: "100" });
  box.value = data?.indicator || "";
  box.addEventListener("focus", () => box.select());
  box.addEventListener("change", () => { if (box.value.trim()) go(box.value.trim()); });
  const form = el("form", "qa-controls", {}, el("label", "qa-pick", {}, el("span", "", {}, t("indicator")), box, list));
  form.addEventListener("submit", (event) => { event.preventDefault(); box.blur(); });
  if (data?.measures.length) {
    form.append(select(t("measure"), data.measures.map((m) => [m.name, `${m.name}（${m.reports}）`]), data.measure, (value) => go(data.indicator, value)));
    form.append(select(t("order"), [["report", t("by_report")], ["actual", t("by_actual")], ["target", t("by_target")]], order, (value) => { order = value; draw(data); }));
    form.append(el("a", "qa-button", { href: fileAddress("compare.csv", { indicator: data.indicator, measure: data.measure }), download: "" }, t("csv")));
  }
  return form;
};

const common = (data) => el("div", "qa-commons", {}, ...known.slice(0, COMMON).map((item) =>
  button(item.name, () => go(item.name), "qa-chip", { "aria-pressed": String(item.name === data?.indicator) })));

const sorted = (rows) => order === "report" ? rows
  : [...rows].sort((a, b) => (b[order]?.base ?? -Infinity) - (a[order]?.base ?? -Infinity));

const draw = (data) => {
  const parts = [title(), controls(data), common(data)];
  const stated = data ? sorted(data.rows.filter((row) => row.actual || row.target || row.beside.length)) : [];
  if (!stated.length) parts.push(el("p", "qa-note", {}, data?.reason || t("silent")));
  else {
    parts.push(figure(data, stated), table(data, stated));
    const silent = data.rows.length - stated.length;
    if (silent) parts.push(el("p", "qa-note", {}, `${t("silent_reports", silent)}：${data.rows.filter((row) => !stated.includes(row)).map(named).join("、")}`));
  }
  view.replaceChildren(...parts);
};

const named = (row) => t("place_year", row.place, row.year);
const dated = (cell) => (/^\d+$/.test(cell.period) ? t("year_of", cell.period) : cell.period);

// ------------------------------------------------------------------ chart

const figure = (data, rows) => {
  const label = t("chart", data.indicator, data.measure);
  const holder = el("figure", "qa-chart", {}, el("figcaption", "", {}, el("strong", "", {}, label), legend()));
  const drawn = rows.filter((row) => KINDS.some((kind) => row[kind]?.family === data.family));
  if (!drawn.length || !data.family) holder.append(el("p", "qa-note", {}, t("no_chart")));
  else {
    const place = el("div", "qa-plot");
    holder.append(place);
    let width = 0;
    new ResizeObserver(([entry]) => {
      const now = Math.round(entry.contentRect.width);
      if (now && now !== width) place.replaceChildren(plot(drawn, data.family, label, (width = now)));
    }).observe(place);
  }
  return holder;
};

const legend = () => el("span", "qa-legend", { "aria-hidden": "true" }, ...KINDS.map((kind) => el("span", `qa-key qa-${kind}`, {}, t(kind))));

const plot = (rows, family, label, width) => {
  const cells = rows.flatMap((row) => KINDS.map((kind) => row[kind])).filter((cell) => cell?.family === family);
  const low = Math.min(0, ...cells.map((cell) => cell.base)), high = Math.max(0, ...cells.map((cell) => cell.base));
  const names = Math.min(150, width * 0.28), room = 96;
  const left = names + (low < 0 ? room : 8);
  const x = (value) => left + ((value - low) / (high - low || 1)) * (width - left - room);
  const height = rows.length * ROW + 8;
  const shape = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label });
  rows.forEach((row, at) => {
    const top = at * ROW + 10;
    const text = svg("text", { x: 0, y: top + BAR + 6, class: "qa-name" }, named(row));
    if (names < 120) text.replaceChildren(row.place);
    shape.append(text);
    KINDS.forEach((kind, line) => {
      const y = top + line * (BAR + GAP);
      if (row[kind]?.family === family) shape.append(bar(row[kind], row, x, y, low));
      else shape.append(svg("text", { x: x(0) + 4, y: y + 12, class: "qa-silent" }, t("silent")));
    });
  });
  shape.append(svg("line", { x1: x(0), x2: x(0), y1: 4, y2: height - 4, class: "qa-axis" }));
  return shape;
};

const bar = (cell, row, x, y, low) => {
  const from = Math.min(x(0), x(cell.base)), wide = Math.max(2, Math.abs(x(cell.base) - x(0)));
  const said = `${named(row)} ${dated(cell)}${t(cell.kind)} ${cell.shown}`;
  const back = cell.base < 0;
  const node = svg("g", { class: `qa-bar-${cell.kind}`, tabindex: "0", role: "button", "aria-label": t("open_value", said) },
    svg("title", {}, `${said}\n${cell.clause}`),
    svg("rect", { x: from, y, width: wide, height: BAR, rx: 3 }),
    svg("text", { x: back ? from - 6 : from + wide + 6, y: y + 13, class: "qa-value", "text-anchor": back ? "end" : "start" }, cell.shown));
  const show = () => openSpan(cell, node);
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(); } });
  return node;
};

// ------------------------------------------------------------------ table

const value = (cell, row) => {
  if (!cell) return el("span", "qa-silent", {}, t("silent"));
  const said = `${named(row)} ${dated(cell)}${t(cell.kind)} ${cell.shown}`;
  const node = button(cell.shown, () => openSpan(cell, node), "qa-link qa-figure", { "aria-label": t("open_value", said), title: cell.clause });
  return el("span", "", {}, node, el("small", "", {}, [dated(cell), cell.subject].filter(Boolean).join(" · ")));
};

const table = (data, rows) => {
  const heads = [t("report"), t("actual"), t("target"), t("beside")];
  const lines = rows.map((row) => el("tr", "", {}, el("th", "", { scope: "row" }, named(row)),
    ...KINDS.map((kind) => el("td", "", {}, value(row[kind], row))), el("td", "", {}, beside(row))));
  return el("div", "qa-scroll", { tabindex: "0", role: "region", "aria-label": t("chart", data.indicator, data.measure) },
    el("table", "qa-table", {}, el("thead", "", {}, el("tr", "", {}, ...heads.map((head) => el("th", "", { scope: "col" }, head)))), el("tbody", "", {}, ...lines)));
};

const beside = (row) => {
  if (!row.beside.length) return "—";
  const items = row.beside.map((cell) => el("li", "", {}, `${dated(cell)}${t(cell.kind)} ${cell.subject}${cell.indicator} `, value(cell, row).firstChild));
  if (row.more) items.push(el("li", "", {}, t("more_values", row.more)));
  return el("details", "", {}, el("summary", "", {}, String(row.beside.length + row.more)), el("ul", "", {}, ...items));
};
