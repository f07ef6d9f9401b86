// Making elements and asking the server. Everything that comes from outside is put in as text, never as HTML.
import { t } from "./words.js";

export const $ = (id) => document.getElementById(id);

// Marks that turn the direction of text, with which it can pose as another text.
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
export const plain = (child) => (typeof child === "string" ? child.replace(TURNING, "") : child);

/** An element with a class, attributes and children; `on…` attributes are listeners. */
export const el = (tag, cls = "", attributes = {}, ...children) => {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  set(node, attributes);
  node.append(...children.filter((child) => child !== null && child !== undefined).map(plain));
  return node;
};

const SVG = "http://www.w3.org/2000/svg";
export const svg = (tag, attributes = {}, ...children) => {
  const node = document.createElementNS(SVG, tag);
  set(node, attributes);
  node.append(...children.map(plain));
  return node;
};

const set = (node, attributes) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
};

export const button = (label, press, cls = "qa-button", attributes = {}) =>
  el("button", cls, { type: "button", onclick: press, ...attributes }, label);

/** A labelled <select>; options are [value, label]. */
export const select = (label, options, value, change, cls = "") => {
  const box = el("select", "", { "aria-label": label, onchange: () => change(box.value) },
    ...options.map(([key, text]) => el("option", "", { value: key }, text)));
  box.value = value;
  return el("label", `qa-pick ${cls}`, {}, el("span", "", {}, label), box);
};

/** JSON from the page's own routes. Throws an Error whose message can be shown. */
export const ask = async (path, query = {}, init = undefined) => {
  const address = new URL(`/api/page/${path}`, location.href);
  for (const [name, value] of Object.entries(query)) if (value !== "" && value !== null) address.searchParams.set(name, value);
  let response;
  try {
    response = await fetch(address, init);
  } catch { throw new Error(t("offline")); }
  const body = await response.json().catch(() => ({}));
  const told = body.error?.message || body.detail;
  if (!response.ok) throw new Error(typeof told === "string" ? told : t("unread"));
  return body;
};

export const fileAddress = (path, query) => {
  const given = Object.entries(query).filter(([, value]) => value !== "" && value !== null);
  return `/api/page/${path}?${new URLSearchParams(given)}`;
};

/** Keeps promises by key; what failed is asked again. */
export const keeper = (get, most = 100) => {
  const held = new Map();
  return (key) => {
    if (!held.has(key)) {
      if (held.size >= most) held.clear();
      held.set(key, get(key));
      held.get(key).catch(() => held.delete(key));
    }
    return held.get(key);
  };
};

/** Copies text, also where the page is not served over https. */
export const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", "qa-copying", { readonly: true, "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
};

/** Says a line for a moment, also to a screen reader. */
export const tell = (text) => {
  let bar = $("qa-tell");
  if (!bar) {
    bar = el("div", "", { id: "qa-tell", role: "status" });
    document.body.append(bar);
  }
  bar.textContent = text;
  bar.classList.add("qa-shown");
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => bar.classList.remove("qa-shown"), 2600);
};

export const smooth = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
