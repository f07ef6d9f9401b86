/* 政报问答 widget: <script src="https://SERVER/widget.js" data-title data-color … async></script>
 Everything that comes from reports, questions, models or the host page is set as text, never as markup.
 It talks to the server it was loaded from and to nobody else; the server's list says on which sites. */
(() => {
"use strict";
const script = document.currentScript || [...document.querySelectorAll('script[src*="widget.js"]')].pop();
if (!script || !script.src || !window.ShadowRoot) return;
const SERVER = new URL(".", script.src).href, ORIGIN = new URL(SERVER).origin;

const TEXTS = {
 zh: {
  title: "政报问答", lead: "每句回答都标明原文依据", open: "打开问答", close: "关闭", fresh: "新对话", full: "打开完整页面",
  hello: "向政府工作报告提问", how: "例如某地某年的指标、目标或承诺。点回答里的数字，可核对原文；报告里没有的，会直说没有。",
  box: "输入问题", send: "发送", stop: "停止", log: "对话", you: "问题", bot: "回答", finding: "正在查找",
  draft: "语言模型草稿，未核实", as: "按“{}”理解", cites: "引用 {} 处", cite: "查看引用 {}", back: "返回对话", source: "原文",
  part: "第 {} 段", next: "可以接着问", try: "可以这样问",
  copy: "复制", copied: "已复制", refs: "依据：", struck: "核对后删去 {} 句", scope: "范围：", drop: "不限范围",
  retry: "重试", stopped: "已停止。", year: "{}年",
  foreign: "这个网站不在问答服务允许嵌入的名单里，请联系网站管理员（QA_WIDGET_ORIGINS）。",
  policy: "本网站的内容安全策略挡住了问答服务，请网站管理员在 connect-src 里加上 {}",
  offline: "连接不上问答服务，请检查网络后重试。", odd: "问答服务没有正常回答，请稍后再试。", cut: "连接中断，回答没有收完，请重试。",
 },
 en: {
  title: "Report Q&A", lead: "Every statement cites its paragraph", open: "Open Q&A", close: "Close", fresh: "New conversation",
  full: "Open the full page", hello: "Ask the government work reports",
  how: "About a place, an indicator, a target or a promise. Click a number to check it. Answers are in Chinese, as the reports are.",
  box: "Your question", send: "Send", stop: "Stop", log: "Conversation", you: "Question", bot: "Answer", finding: "Searching",
  draft: "Model draft, unverified", as: "Understood as “{}”", cites: "{} citations", cite: "Show citation {}",
  back: "Back", source: "Source", part: "paragraph {}",
  next: "You can go on with", try: "You can ask", copy: "Copy", copied: "Copied", refs: "Sources:",
  struck: "{} statements removed", scope: "Scope: ", drop: "Any scope", retry: "Try again",
  stopped: "Stopped.", year: "{}",
  foreign: "This site is not on the service's list (QA_WIDGET_ORIGINS): ask its administrator.",
  policy: "This site's content security policy blocks the service: {} is missing in connect-src.",
  offline: "The service cannot be reached. Try again later.", odd: "The service failed. Try again later.",
  cut: "The connection broke. Please try again.",
 },
};

const CSS = `
:host{all:initial;display:block;position:static;--bg:#fff;--soft:#f4f6f9;--line:#dfe4ec;--ink:#1b2430;--quiet:#566072;--link:var(--ink-l);
 --mark:#ffe39a;--mark-ink:#1f2430;--help:#fff8e6;--help-line:#e3b341;--bad:#fdf0ef;--bad-line:#d1453b;
 --shadow:0 12px 40px rgba(16,24,40,.22),0 2px 8px rgba(16,24,40,.1)}
:host(.dark){--bg:#161c27;--soft:#1f2734;--line:#344054;--ink:#e9edf4;--quiet:#aab4c4;--link:var(--ink-d);--mark:#6d5613;--mark-ink:#fff6d6;
 --help:#2b2718;--help-line:#b98f2a;--bad:#301d1c;--bad-line:#e0685e;--shadow:0 12px 40px rgba(0,0,0,.6)}
*{box-sizing:border-box;margin:0;font:inherit;color:inherit;letter-spacing:inherit}
[hidden]{display:none!important}
.app{font:15px/1.65 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif;color:var(--ink);text-align:left;overflow-wrap:anywhere}
header p,.quiet,.hello p,.tag,.tool,summary,.ref,.scope,.path,th{font-size:13px;line-height:1.5}
.quiet,.hello p,.tag,.tool,summary,.ref,.scope,.path,.beside,.draft{color:var(--quiet)}
button{background:none;border:0;cursor:pointer;padding:0;text-align:inherit}
svg{width:20px;height:20px;display:block;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.launch{position:fixed;z-index:2147483000;bottom:calc(20px + var(--row)*68px + env(safe-area-inset-bottom));display:flex;align-items:center;gap:9px;
 height:52px;padding:0 20px 0 16px;border-radius:26px;background:var(--a);color:var(--on);box-shadow:0 6px 20px rgba(16,24,40,.28);
 font-size:16px;font-weight:600}
.launch svg{width:24px;height:24px}
.launch span{max-width:10em}
h2,.launch span,.ref span+span,.scope b,.bar h3{overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
.right .launch,.right .panel{right:20px}.left .launch,.left .panel{left:20px}
.panel{display:flex;flex-direction:column;background:var(--bg);border:1px solid var(--line);border-radius:16px;overflow:hidden;position:relative}
.pop .panel{position:fixed;z-index:2147483001;bottom:20px;width:410px;max-width:calc(100vw - 40px);height:min(680px,calc(100dvh - 40px));
 box-shadow:var(--shadow)}
.inline .panel{height:var(--height)}
header{display:flex;align-items:center;gap:4px;padding:12px 10px 12px 16px;background:var(--a);color:var(--on)}
header div{flex:1;min-width:0}
h2{font-size:16px;font-weight:650;line-height:1.35}
.icon{display:grid;place-items:center;width:36px;height:36px;border-radius:9px;flex:none}
header .icon:hover{background:color-mix(in srgb,currentColor 16%,transparent)}
header .icon:focus-visible{outline-color:currentColor;outline-offset:-2px}
.log{flex:1;min-height:0;overflow-y:auto;overscroll-behavior:contain;padding:16px;display:flex;flex-direction:column;gap:14px}
.log>*{flex:none}
.hello h3{font-size:18px;font-weight:650;margin-bottom:4px}
.user{align-self:flex-end;max-width:86%;background:color-mix(in srgb,var(--a) 13%,var(--bg));border-radius:14px 14px 4px 14px;padding:8px 13px;
 white-space:pre-wrap}
.bot>*+*{margin-top:8px}
.help,.bad{background:var(--help);border-left:3px solid var(--help-line);border-radius:4px 12px 12px 4px;padding:10px 12px}
.bad{background:var(--bad);border-color:var(--bad-line)}
.tag{display:inline-block;font-weight:600}
.draft{border:1px dashed var(--line);border-radius:10px;padding:8px 12px;white-space:pre-wrap}
ul{padding-left:1.3em}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:10px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:14px}
th,td{padding:7px 11px;text-align:left;border-top:1px solid var(--line);vertical-align:top}
th{border-top:0;background:var(--soft);font-weight:600}
td:first-child{white-space:nowrap}
.cite{display:inline-block;min-width:19px;height:19px;padding:0 5px;margin:0 2px;border-radius:10px;background:color-mix(in srgb,var(--link) 14%,var(--bg));
 color:var(--link);font-size:12px;font-weight:650;line-height:19px;text-align:center;vertical-align:1px}
.cite:hover,.ref:hover .cite{background:var(--link);color:var(--bg)}
summary{cursor:pointer;width:fit-content}
.refs{display:flex;flex-direction:column;gap:2px;margin-top:4px}
.ref{display:flex;align-items:baseline;gap:6px;padding:4px 6px;margin:0 -6px;border-radius:8px;width:calc(100% + 12px)}
.ref:hover{background:var(--soft)}
.ref .cite{flex:none}
.chips{display:flex;flex-wrap:wrap;gap:7px}
.chips .tag{width:100%}
.chip{border:1px solid var(--line);border-radius:16px;padding:5px 12px;font-size:13.5px;line-height:1.5;color:var(--link);background:var(--bg)}
.chip:hover{border-color:var(--link);background:color-mix(in srgb,var(--link) 7%,var(--bg))}
.tool{border-radius:6px;padding:2px 4px;margin-left:-4px}
.tool:hover{color:var(--link)}
.dots{animation:dots .7s infinite alternate}
@keyframes dots{from{opacity:.5}}
.scope{display:flex;align-items:center;gap:6px;padding:6px 14px 0}
.scope b{font-weight:600;color:var(--ink)}
.scope .icon{width:24px;height:24px}.scope svg{width:14px;height:14px}
form{display:flex;align-items:flex-end;gap:6px;margin:10px 12px calc(12px + env(safe-area-inset-bottom));border:1px solid var(--line);border-radius:14px;
 padding:5px 5px 5px 12px;background:var(--bg)}
form:focus-within{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}
textarea{flex:1;min-width:0;border:0;background:none;resize:none;padding:5px 0;max-height:120px;line-height:1.6;font-size:15px}
textarea:focus-visible{outline:0}
textarea::placeholder{color:var(--quiet);opacity:1}
.go{background:var(--a);color:var(--on);border-radius:10px}
.go:disabled{background:var(--soft);color:var(--quiet);cursor:default}
.sheet{position:absolute;inset:0;background:var(--bg);display:flex;flex-direction:column}
.sheet .bar{display:flex;align-items:center;gap:6px;padding:10px 12px;border-bottom:1px solid var(--line)}
.sheet .bar h3{font-size:15px;font-weight:650;min-width:0}
.icon:hover{background:var(--soft)}
.read{flex:1;min-height:0;overflow-y:auto;padding:14px 18px 20px;line-height:1.85}
.read p{white-space:pre-wrap;margin-top:12px}
.read .path{margin-top:2px}
.read .beside{font-size:14px}
mark{background:var(--mark);color:var(--mark-ink);border-radius:3px;padding:1px 0;box-decoration-break:clone}
@media (max-width:640px){.pop .panel{inset:0;width:auto;max-width:none;height:100dvh;border:0;border-radius:0}
 .right .panel,.left .panel{left:0;right:0}.inline .panel{border-radius:12px}textarea{font-size:16px}}
@media (prefers-reduced-motion:reduce){.dots{animation:none}}
`;

const ICONS = {
 chat: "M4 5.5h16v11H11l-4.5 3.5v-3.5H4zM8 9.5h8M8 12.8h5", close: "M6 6l12 12M18 6L6 18", back: "M14.5 5.5L8 12l6.5 6.5",
 send: "M12 19V5.5M6 11l6-6 6 6", stop: "M7.5 7.5h9v9h-9z", fresh: "M12 5v14M5 12h14", full: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5",
};
const MARKER = /【(\d{1,3})】/;
const INVISIBLE = /[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const PLAIN = "\u0000";

const clean = (text) => String(text).replace(INVISIBLE, "");
const fill = (text, value) => text.replace("{}", () => value);
const list = (value) => (value || "").split(/[,，、\s]+/).filter(Boolean);
const h = (tag, props, ...children) => {
 const node = document.createElement(tag);
 if (tag === "button") node.type = tag;
 for (const [name, value] of Object.entries(props || {})) {
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (typeof value === "boolean") node[name] = value;
  else node.setAttribute(name, value);
  if (name === "title") node.setAttribute("aria-label", value);
 }
 node.append(...children);
 return node;
};
const icon = (name) => {
 const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
 const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
 svg.setAttribute("viewBox", "0 0 24 24");
 svg.setAttribute("aria-hidden", "true");
 path.setAttribute("d", ICONS[name]);
 svg.append(path);
 return svg;
};
const iconButton = (name, label, onclick) => h("button", { class: "icon", title: label, onclick }, icon(name));

// ---- colours: on the accent, and the accent as text, with contrast 4.5 (WCAG AA)
const luminance = (rgb) => {
 const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
 return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
 const [x, y] = [luminance(a) + 0.05, luminance(b) + 0.05];
 return Math.max(x / y, y / x);
};
const WHITE = [255, 255, 255], DARK = [22, 28, 39];
const legible = (rgb, ground, toward) => {
 for (let i = 0; i < 20 && contrast(rgb, ground) < 5; i++) rgb = rgb.map((c, k) => c + (toward[k] - c) * 0.12);
 return rgb;
};
const accent = (host, wanted) => {
 host.style.color = "#1d4ed8";
 if (wanted) host.style.color = wanted; // what is no colour changes nothing
 const a = getComputedStyle(host).color.match(/[\d.]+/g).slice(0, 3).map(Number);
 host.style.color = "";
 const on = contrast(a, WHITE) < 4.5 && contrast(a, DARK) > 4.5 ? DARK : WHITE;
 const made = { a, on, "ink-l": legible(a, WHITE, [0, 0, 0]), "ink-d": legible(a, DARK, WHITE) };
 for (const [name, rgb] of Object.entries(made)) host.style.setProperty(`--${name}`, `rgb(${rgb.map(Math.round)})`);
};

// ---- the server
let blocked = false;
document.addEventListener("securitypolicyviolation", (event) => {
 if (event.effectiveDirective === "connect-src" && event.blockedURI.startsWith(ORIGIN)) blocked = true;
});
class Trouble extends Error {
 constructor(code, message) { super(message); this.code = code; }
}
const diagnose = async () => {
 await new Promise((done) => setTimeout(done, 50)); // a violation is told after the refusal
 if (blocked) return new Trouble("blocked", fill(T.policy, ORIGIN));
 try {
  await fetch(new URL("api/health", SERVER), { mode: "no-cors", cache: "no-store" });
  if (ORIGIN !== location.origin) return new Trouble("blocked", T.foreign);
 } catch { /* nor so */ }
 return new Trouble("offline", T.offline);
};
const call = async (path, init) => {
 let response;
 try {
  response = await fetch(new URL(path, SERVER), { credentials: "omit", referrerPolicy: "no-referrer", ...init });
 } catch (error) {
  if (error.name === "AbortError") throw error;
  throw await diagnose();
 }
 if (response.ok) return response;
 const told = await response.json().catch(() => ({}));
 throw new Trouble(told.error?.code || "error", told.error?.message || T.odd);
};
async function* events(response) {
 const reader = response.body.getReader();
 const decoder = new TextDecoder();
 let rest = "";
 for (;;) {
  const { done, value } = await reader.read();
  if (done) return;
  rest += decoder.decode(value, { stream: true });
  for (let end; (end = rest.indexOf("\n\n")) >= 0; rest = rest.slice(end + 2)) {
   const m = /^event: (\w+)\ndata: (.*)$/.exec(rest.slice(0, end)); // else it keeps the connection alive
   if (m) yield [m[1], JSON.parse(m[2])];
  }
 }
}

// ---- an answer as nodes: lines, "- " items, "| " tables and markers; all else is characters
const drawAnswer = (answer) => {
 const known = new Map(answer.citations.map((c) => [c.n, c]));
 const inline = (node, text) => {
  for (let rest = clean(text), m; rest; rest = m ? rest.slice(m.index + m[0].length) : "") {
   m = MARKER.exec(rest);
   node.append(m ? rest.slice(0, m.index) : rest);
   if (m) node.append(known.has(+m[1]) ? marker(known.get(+m[1])) : m[0]);
  }
  return node;
 };
 const cells = (line, tag) => h("tr", null, ...line.slice(1, -1).split("\\|").join(PLAIN).split("|")
  .map((cell) => inline(h(tag, tag === "th" ? { scope: "col" } : null), cell.trim().split(PLAIN).join("|"))));
 const isRow = (line) => line.length > 1 && line.startsWith("|") && line.endsWith("|");
 const RULE = /^\|(?:\s*:?-{3,}:?\s*\|)+$/;
 const lines = answer.answer.trim().split("\n").map((line) => line.trim());
 const out = [];
 for (let i = 0; i < lines.length; i++) {
  if (isRow(lines[i]) && RULE.test(lines[i + 1] || "")) {
   const body = h("tbody");
   const head = h("thead", null, cells(lines[i], "th"));
   for (i += 2; i < lines.length && isRow(lines[i]); i++) body.append(cells(lines[i], "td"));
   i--;
   out.push(h("div", { class: "scroll", tabindex: "0" }, h("table", null, head, body)));
  } else if (lines[i].startsWith("- ")) {
   const items = h("ul");
   for (; i < lines.length && lines[i].startsWith("- "); i++) items.append(inline(h("li"), lines[i].slice(2)));
   i--;
   out.push(items);
  } else if (lines[i]) out.push(inline(h("p"), lines[i]));
 }
 return out;
};
const marker = (c) =>
 h("button", { class: "cite", "data-n": `${c.n}`, "aria-label": fill(T.cite, c.n), onclick: (e) => show(c, e.currentTarget) }, `${c.n}`);
const where = (c) => `${c.place} ${fill(T.year, c.year)} · ${fill(T.part, c.paragraph)}`;

const GovQA = window.GovQA ||= {
 _all: [],
 get(id) { return this._all.find((one) => id === undefined || one.id === id); },
 open(id) { this.get(id)?.open(); },
 close(id) { this.get(id)?.close(); },
 ask(question, id) { return this.get(id)?.ask(String(question)); },
 on(event, handler, id) {
  const stops = (id === undefined ? this._all : [this.get(id)].filter(Boolean)).map((one) => one.on(event, handler));
  return () => stops.forEach((stop) => stop());
 },
};

// ---- this widget: one for each script element
const data = { ...script.dataset };
const lang = /^en/i.test(data.lang || "") ? "en" : "zh";
const T = TEXTS[lang];
const inline = data.mode === "inline";
const side = data.side === "left" ? "left" : "right";
const title = clean(data.title || T.title).slice(0, 60);
let places = list(data.place), years = list(data.year).map(Number).filter(Number.isInteger);
let history = [], busy = null, begun = false, limits = { max_question_chars: 500, max_history: 40 }, opener = null, overflow = "";
const handlers = {};
const one = { id: data.id || `govqa-${GovQA._all.length + 1}` };
const emit = (event, detail) => (handlers[event] || []).forEach((handler) => {
 try { handler({ id: one.id, ...detail }); } catch (error) { console.error(error); }
});

const host = h("div", { lang: lang === "zh" ? "zh-CN" : "en", "data-govqa": one.id });
const root = host.attachShadow({ mode: "open" });
try {
 const sheet = new CSSStyleSheet();
 sheet.replaceSync(CSS);
 root.adoptedStyleSheets = [sheet];
} catch { root.append(h("style", null, CSS)); } // older than 2023: needs style-src 'unsafe-inline'
const dark = matchMedia("(prefers-color-scheme: dark)");
const shade = () => host.classList.toggle("dark", data.theme === "dark" || (data.theme !== "light" && dark.matches));
dark.addEventListener("change", shade);
shade();

// ---- parts
const log = h("div", { class: "log", role: "log", "aria-label": T.log, "aria-live": "polite", tabindex: "0" });
const box = h("textarea", { rows: "1", placeholder: T.box, "aria-label": T.box, maxlength: "500", enterkeyhint: "send", autocomplete: "off" });
const go = iconButton("send", T.send, () => {});
go.type = "submit";
go.classList.add("go");
const scopeBar = h("div", { class: "scope" });
const form = h("form", null, box, go);
const fresh = iconButton("fresh", T.fresh, () => restart());
const full = h("a", { class: "icon", href: SERVER, target: "_blank", rel: "noopener noreferrer", title: T.full }, icon("full"));
const shut = iconButton("close", T.close, () => one.close());
const panel = h("section", { class: "panel", role: inline ? "region" : "dialog", "aria-label": title },
 h("header", null, h("div", null, h("h2", null, title), h("p", null, T.lead)), fresh, full, ...(inline ? [] : [shut])), log, scopeBar, form);
if (!inline) panel.ariaModal = true;
const launch = h("button", { class: "launch", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-label": `${T.open}：${title}`,
 onclick: () => one.open() }, icon("chat"), h("span", null, title));
const app = h("div", { class: `app ${inline ? "inline" : `pop ${side}`}` }, ...(inline ? [] : [launch]), panel);
panel.hidden = !inline;
root.append(app);

const grow = () => {
 box.style.height = "auto";
 box.style.height = `${box.scrollHeight}px`;
 go.disabled = !busy && !box.value.trim();
};
const bottom = () => { log.scrollTop = log.scrollHeight; };
const setBusy = (controller) => {
 busy = controller;
 go.replaceChildren(icon(busy ? "stop" : "send"));
 go.title = go.ariaLabel = busy ? T.stop : T.send;
 log.ariaBusy = Boolean(busy);
 grow();
};
const drawScope = () => {
 const words = [...places, ...years.map((y) => fill(T.year, y))].join("、");
 scopeBar.hidden = !words;
 scopeBar.replaceChildren(h("span", null, T.scope), h("b", null, clean(words)), iconButton("close", T.drop, () => { places = []; years = []; drawScope(); box.focus(); }));
};
const chips = (label, questions) => h("div", { class: "chips" }, h("span", { class: "tag" }, label),
 ...questions.map((q) => h("button", { class: "chip", onclick: () => one.ask(q) }, clean(q))));
const trouble = (error, again) => {
 emit("error", { code: error.code, message: error.message });
 return h("div", { class: "bot bad", role: "alert" }, h("p", null, clean(error.message)),
  h("button", { class: "chip", onclick: again }, T.retry));
};

// ---- the cited paragraph
const pieces = (text, at, length) => { // by characters, as the offsets count, not by UTF-16 units
 const chars = Array.from(text);
 const cut = (from, to) => clean(chars.slice(from, to).join(""));
 return [cut(0, at), h("mark", { tabindex: "-1" }, cut(at, at + length)), cut(at + length)];
};
const show = async (c, from) => {
 const length = Array.from(c.quote).length;
 const back = iconButton("back", T.back, () => hide());
 const read = h("div", { class: "read", tabindex: "0" });
 const sheet = h("div", { class: "sheet", role: "group", "aria-label": `${T.source} ${c.n}` },
  h("div", { class: "bar" }, back, h("h3", null, `${T.source} ${c.n} · ${c.place} ${fill(T.year, c.year)}`)), read);
 const hide = () => { sheet.remove(); sheet.hide = null; from?.focus(); };
 sheet.hide = hide;
 panel.querySelector(".sheet")?.remove();
 panel.append(sheet);
 back.focus();
 const draw = (paragraph, before, after) => {
  read.replaceChildren(h("strong", null, clean(c.title)), h("p", { class: "path" }, clean([...c.section, fill(T.part, c.paragraph)].join(" › "))),
   ...(before ? [h("p", { class: "beside" }, clean(before.text))] : []), h("p", { class: "cited" }, ...paragraph),
   ...(after ? [h("p", { class: "beside" }, clean(after.text))] : []));
  read.scrollTop = read.querySelector("mark").offsetTop - read.offsetTop - read.clientHeight / 3; // not the host page
 };
 const guess = () => {
  const before = c.paragraph_text.split(c.quote)[0];
  draw(pieces(c.paragraph_text, Array.from(before).length, length));
 };
 read.append(h("p", { class: "path dots" }, T.finding));
 try {
  const first = Math.max(0, c.paragraph - 2);
  const got = await (await call(`api/reports/${encodeURIComponent(c.report_id)}?offset=${first}&limit=3`)).json();
  const at = (n) => got.paragraphs.find((p) => p.paragraph === n);
  const cited = at(c.paragraph);
  if (!cited || cited.text !== c.paragraph_text) guess(); // the index has changed since
  else draw(pieces(cited.text, c.start - cited.start, length), at(c.paragraph - 1), at(c.paragraph + 1));
 } catch { guess(); }
};

// ---- asking
const finish = (place, answer) => {
 const body = h("div", { class: answer.abstained ? "bot help" : "bot", role: "article", "aria-label": T.bot });
 if (answer.scope.inherited.length) body.append(h("p", { class: "quiet" }, fill(T.as, clean(answer.scope.question))));
 body.append(...drawAnswer(answer));
 const made = answer.generation;
 if (made && made.note) body.append(h("p", { class: "quiet" }, clean(made.note)));
 if (made && made.struck.length) {
  body.append(h("details", null, h("summary", null, fill(T.struck, made.struck.length)),
   h("ul", { class: "quiet" }, ...made.struck.map((s) => h("li", null, h(s.shown ? "span" : "s", null, clean(s.text)), ` ${clean(s.reason)}`)))));
 }
 if (answer.citations.length) {
  const refs = answer.citations.map((c) => h("button", { class: "ref", onclick: (e) => show(c, e.currentTarget) },
   h("span", { class: "cite" }, `${c.n}`), h("span", null, clean(`${where(c)} · ${c.quote}`))));
  body.append(h("details", { open: refs.length <= 3 }, h("summary", null, fill(T.cites, refs.length)), h("div", { class: "refs" }, ...refs)));
 }
 if (navigator.clipboard) {
  const copy = h("button", { class: "tool", onclick: () => navigator.clipboard.writeText(clean(
   [answer.answer, ...(answer.citations.length ? ["", T.refs] : []), ...answer.citations.map((c) => `【${c.n}】${where(c)}：${c.quote}`)].join("\n")))
   .then(() => { copy.textContent = T.copied; setTimeout(() => { copy.textContent = T.copy; }, 1500); }, () => copy.remove()) }, T.copy);
  body.append(copy);
 }
 if (answer.suggestions.length) body.append(chips(answer.abstained ? T.try : T.next, answer.suggestions.slice(0, 3)));
 place.replaceWith(body);
 log.scrollTop = body.previousSibling.offsetTop - log.offsetTop - 12;
 history = [...history, { role: "user", content: answer.question }, { role: "assistant", content: answer.answer }].slice(-limits.max_history);
 while (JSON.stringify(history).length > 60_000) history = history.slice(2);
 emit("answer", { answer });
};
const run = async (question, place) => {
 const controller = new AbortController();
 setBusy(controller);
 try {
  const body = JSON.stringify({ question, history, places, years });
  const response = await call("api/ask/stream", { method: "POST", headers: { "Content-Type": "application/json" }, body, signal: controller.signal });
  let answered = false;
  for await (const [event, value] of events(response)) {
   if (event === "answer") { finish(place, value); answered = true; }
   if (event === "error") throw new Trouble(value.error.code, value.error.message);
   if (event === "text") {
    place.replaceChildren(h("span", { class: "tag" }, T.draft), h("div", { class: "draft" }, clean(value.text)));
    bottom();
   }
  }
  if (!answered) throw new Trouble("cut", T.cut);
 } catch (error) {
  if (controller.signal.aborted) place.replaceChildren(h("p", { class: "quiet" }, T.stopped));
  else {
   const bad = trouble(error instanceof Trouble ? error : new Trouble("cut", T.cut), () => { if (!busy) { bad.replaceWith(place); wait(place); run(question, place); } });
   place.replaceWith(bad);
  }
  bottom();
 } finally { if (busy === controller) setBusy(null); }
};
const wait = (place) => place.replaceChildren(h("p", { class: "quiet dots" }, T.finding));

const begin = async () => {
 begun = true;
 drawScope();
 const hello = h("div", { class: "hello" }, h("h3", null, T.hello), h("p", null, T.how));
 log.replaceChildren(hello);
 if (data.question) { const first = data.question; data.question = ""; one.ask(first); }
 const query = new URLSearchParams([...places.map((p) => ["place", p]), ...years.map((y) => ["year", y])]);
 try {
  limits = await (await call(`api/widget?${query}`)).json();
  box.maxLength = limits.max_question_chars;
  if (limits.suggestions.length) hello.after(chips(T.try, limits.suggestions));
 } catch (error) {
  if (!log.querySelector(".bad")) hello.after(trouble(error, begin));
 }
};
const restart = () => {
 busy?.abort();
 history = [];
 panel.querySelector(".sheet")?.remove();
 begin();
 box.focus();
};

one.ask = async (question) => {
 const text = question.trim().slice(0, limits.max_question_chars);
 one.open();
 if (!text || busy) return;
 panel.querySelector(".sheet")?.remove();
 log.querySelectorAll(".chips").forEach((old) => old.remove());
 const place = h("div", { class: "bot" });
 wait(place);
 log.append(h("div", { class: "user", role: "article", "aria-label": T.you }, clean(text)), place);
 bottom();
 emit("question", { question: text });
 await run(text, place);
};
one.open = () => {
 if (!begun) begin();
 if (inline || !panel.hidden) return;
 GovQA._all.forEach((other) => { if (other !== one) other.close(); });
 opener = document.activeElement;
 panel.hidden = false;
 launch.hidden = true;
 grow();
 launch.ariaExpanded = true;
 if (matchMedia("(max-width: 640px)").matches) {
  overflow = document.documentElement.style.overflow;
  document.documentElement.style.overflow = "hidden";
 }
 box.focus();
 emit("open");
};
one.close = () => {
 if (inline || panel.hidden) return;
 panel.hidden = true;
 launch.hidden = false;
 launch.ariaExpanded = false;
 document.documentElement.style.overflow = overflow;
 (opener && opener !== host && opener !== document.body ? opener : launch).focus();
 emit("close");
};
one.on = (event, handler) => {
 (handlers[event] ||= []).push(handler);
 return () => { handlers[event] = handlers[event].filter((own) => own !== handler); };
};

box.addEventListener("input", grow);
box.addEventListener("keydown", (event) => {
 if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
});
form.addEventListener("submit", (event) => {
 event.preventDefault();
 if (busy) { busy.abort(); return; }
 const text = box.value;
 if (!text.trim()) return;
 box.value = "";
 grow();
 one.ask(text);
});
panel.addEventListener("keydown", (event) => {
 event.stopPropagation(); // the host page's shortcuts are not for what is typed here
 const sheet = panel.querySelector(".sheet");
 if (event.key === "Escape" && !event.isComposing) {
  if (sheet) sheet.hide(); else one.close();
 } else if (event.key === "Tab" && !inline) {
  const all = [...(sheet || panel).querySelectorAll("button, a, textarea, summary, [tabindex='0']")].filter((n) => !n.disabled && n.getClientRects().length);
  const edge = event.shiftKey ? all[0] : all[all.length - 1];
  if (root.activeElement === edge || !all.includes(root.activeElement)) {
   event.preventDefault();
   (event.shiftKey ? all[all.length - 1] : all[0]).focus();
  }
 }
});

const mount = () => {
 const target = data.target && document.querySelector(data.target);
 if (!inline) document.body.append(host);
 else if (target) target.replaceChildren(host);
 else script.after(host);
 accent(host, data.color);
 host.style.setProperty("--row", `${row}`);
 host.style.setProperty("--height", `${Math.min(2000, Math.max(320, parseInt(data.height, 10) || 600))}px`);
 drawScope();
 grow();
 if (inline) new IntersectionObserver((seen, watch) => { if (seen.some((s) => s.isIntersecting)) { watch.disconnect(); one.open(); } }).observe(host);
 if (data.open === "true") one.open();
 emit("ready");
 dispatchEvent(new CustomEvent("govqa:ready", { detail: { id: one.id } }));
};
one.side = inline ? "" : side;
const row = GovQA._all.filter((other) => other.side === side).length; // above those that stand there already
GovQA._all.push(one);
if (document.body && (document.readyState !== "loading" || inline)) mount();
else document.addEventListener("DOMContentLoaded", mount, { once: true });
})();
