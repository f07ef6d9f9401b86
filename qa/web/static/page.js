// The panel of cited paragraphs. Everything that comes from a report is put in as text, never as HTML.
(() => {
  "use strict";
  const LINK = /#cite-([A-Za-z0-9_]+)-(\d+)$/;
  const LONG = 90; // characters on either side of the quote shown before "展开全文"
  const loaded = new Map(); // key -> promise of citations
  let shownKey; // key of the answer in the panel; null: no answer yet, "": an answer without citations
  let lastSeen; // the newest answer that the panel has followed
  let opener = null; // the marker that opened the drawer, for giving the focus back

  const $ = (id) => document.getElementById(id);
  const el = (tag, cls, ...children) => {
    const node = document.createElement(tag);
    if (cls) node.className = cls;
    node.append(...children);
    return node;
  };
  const target = (link) => LINK.exec(link.getAttribute("href") || "");
  const fetchCitations = (key) => {
    if (!loaded.has(key)) {
      if (loaded.size > 200) loaded.clear();
      loaded.set(key, fetch(`/api/answers/${encodeURIComponent(key)}`).then(async (response) => {
        const body = await response.json();
        if (!response.ok) throw new Error(body.detail || "引用读取失败，请重试");
        return body.citations;
      }));
      loaded.get(key).catch(() => loaded.delete(key));
    }
    return loaded.get(key);
  };

  const side = (text, keepEnd) => {
    if (text.length <= LONG) return [text];
    const cut = keepEnd ? text.length - LONG : LONG;
    const hidden = el("span", "qa-rest", keepEnd ? text.slice(0, cut) : text.slice(cut));
    const dots = el("span", "qa-dots", "……");
    return keepEnd ? [hidden, dots, text.slice(cut)] : [text.slice(0, cut), dots, hidden];
  };

  const drawCard = (c) => {
    const head = el("h3", "", `【${c.n}】${c.place}${c.year}年`);
    const where = el("p", "qa-where", [...c.section, `第${c.paragraph}段`].join(" · "));
    where.title = c.title;
    const text = el("p", "qa-text", ...side(c.before, true), el("mark", "", c.quote), ...side(c.after, false));
    const node = el("article", "qa-card", head, where, text);
    node.dataset.n = c.n;
    node.tabIndex = -1;
    node.setAttribute("aria-label", `引用${c.n}`);
    if (text.querySelector(".qa-rest")) {
      const more = el("button", "qa-more", "展开全文");
      more.type = "button";
      more.setAttribute("aria-expanded", "false");
      more.addEventListener("click", () => {
        const open = node.classList.toggle("qa-open");
        more.textContent = open ? "收起" : "展开全文";
        more.setAttribute("aria-expanded", String(open));
      });
      node.append(more);
    }
    return node;
  };

  const build = () => {
    const column = $("qa-side");
    if (!column || $("qa-evidence")) return;
    const shut = el("button", "", "关闭");
    shut.id = "qa-close";
    shut.type = "button";
    const cards = el("div");
    cards.id = "qa-cards";
    cards.setAttribute("aria-live", "polite");
    const panel = el("aside", "", el("div", "qa-bar", el("h2", "", "引用原文"), shut), cards);
    panel.id = "qa-evidence";
    panel.setAttribute("aria-label", "引用原文");
    column.append(panel);
  };

  const note = (text) => $("qa-cards")?.replaceChildren(el("p", "qa-note", text));

  const draw = async (key) => {
    if (!$("qa-cards")) return false;
    if (shownKey === key) return true;
    shownKey = key;
    if (key === null) { note("回答所引用的段落会显示在这里，引用的文字有底色。"); return true; }
    if (key === "") { note("这条回答没有引用原文。"); return true; }
    try {
      const citations = await fetchCitations(key);
      if (shownKey !== key) return false;
      $("qa-cards").replaceChildren(...citations.map(drawCard));
      $("qa-cards").scrollTop = 0;
      return true;
    } catch (error) {
      if (shownKey === key) { note(error.message); shownKey = undefined; }
      return false;
    }
  };

  const smooth = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  const activate = (key, n) => {
    document.querySelectorAll('#qa-chat a[href*="#cite-"]').forEach((link) => {
      const found = target(link);
      link.classList.toggle("qa-on", Boolean(found) && found[1] === key && Number(found[2]) === n);
    });
    document.querySelectorAll(".qa-card").forEach((card) => {
      const on = Number(card.dataset.n) === n;
      card.classList.toggle("qa-active", on);
      if (!on) return;
      if (!card.classList.contains("qa-open")) card.querySelector(".qa-more")?.click();
      card.focus({ preventScroll: true });
      card.querySelector("mark").scrollIntoView({ block: "center", behavior: smooth() });
    });
  };

  const close = () => {
    if (!document.body.classList.contains("qa-drawer")) return;
    document.body.classList.remove("qa-drawer");
    opener?.focus();
  };

  document.addEventListener("click", async (event) => {
    if (event.target.closest("#qa-close")) { close(); return; }
    const link = event.target.closest('a[href*="#cite-"]');
    const found = link && target(link);
    if (!found) return;
    event.preventDefault();
    event.stopPropagation();
    opener = link;
    document.body.classList.add("qa-drawer"); // the style sheet gives it a meaning on narrow screens only
    await draw(found[1]);
    activate(found[1], Number(found[2]));
  }, true);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

  const settle = () => {
    document.documentElement.lang = "zh-CN";
    translate();
    build();
    const links = [...document.querySelectorAll('#qa-chat a[href*="#cite-"]')].filter(target);
    links.forEach((link) => {
      if (link.dataset.qa) return;
      link.dataset.qa = "1";
      link.removeAttribute("target");
      link.setAttribute("aria-label", `查看引用${target(link)[2]}`);
    });
    // Gradio puts the raw Markdown into the label that a screen reader says.
    document.querySelectorAll('#qa-chat [data-testid="bot"], #qa-chat [data-testid="user"]').forEach((message) => {
      const label = message.dataset.testid === "bot" ? "回答" : "问题";
      if (message.getAttribute("aria-label") !== label) message.setAttribute("aria-label", label);
    });
    document.querySelector('#qa-chat [role="log"]')?.setAttribute("aria-label", "对话");
    const answers = document.querySelectorAll('#qa-chat [data-testid="bot"]');
    const last = answers[answers.length - 1];
    if (last && last.textContent.trim() === "正在查找……") return;
    const link = last && last.querySelector('a[href*="#cite-"]');
    const key = last ? (link ? target(link)[1] : "") : null;
    const seen = `${answers.length} ${key}`;
    if (!$("qa-cards") || seen === lastSeen) return;
    lastSeen = seen;
    draw(key);
  };

  // Said by Gradio 6.31's script itself, in no language file.
  const LOST = "Connection to the server was lost. Attempting reconnection...";
  const translate = () => document.querySelectorAll('.toast-wrap [data-testid="toast-text"]').forEach((text) => {
    if (text.textContent.trim() === LOST) text.textContent = "与服务器的连接断开了，正在重新连接……";
  });

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => { waiting = false; settle(); }, 60);
  };
  new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true });
  soon();
})();
