// Runs before Gradio's own script: what the address asks for, what the browser remembers, and what is said beside a
// question. Gradio offers no way to send more than the question without `unsafe-eval`, hence a header on its request.
(() => {
  "use strict";
  const params = new URLSearchParams(location.search);
  const remembered = (area, name, value) => {
    try { // a frame may have no storage at all
      if (value !== undefined) window[area].setItem(name, value);
      return window[area].getItem(name);
    } catch { return null; }
  };
  const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  const numbers = (name) => params.getAll(name).map(Number).filter(Number.isInteger);
  const lang = params.get("lang") || remembered("localStorage", "qa-lang");
  const theme = params.get("theme") || remembered("localStorage", "qa-theme");

  const qa = {
    params,
    remembered,
    lang: lang === "en" ? "en" : "zh",
    theme: theme === "dark" || theme === "light" ? theme : "",
    embed: params.get("embed") === "1",
    conversation: remembered("sessionStorage", "qa-conversation") || fresh(),
    places: params.getAll("place"),
    years: numbers("year"),
    kind: "",
    mode: "",
    keep: null, // exchanges that stay before the next question
  };
  remembered("sessionStorage", "qa-conversation", qa.conversation);
  window.qa = qa;

  const root = document.documentElement;
  root.lang = qa.lang === "en" ? "en" : "zh-CN";
  root.classList.toggle("qa-embed", qa.embed);

  const context = () => {
    const { conversation, places, years, kind, mode, keep } = qa;
    qa.keep = null;
    if (keep !== null) document.dispatchEvent(new Event("qa-kept")); // an edit is on its way
    return { conversation, places, years, kind, mode, keep, lang: qa.lang };
  };
  const plain = window.fetch;
  window.fetch = function (input, init) {
    const address = new URL(typeof input === "string" || input instanceof URL ? input : input.url, location.href);
    if (address.origin !== location.origin || !address.pathname.endsWith("/gradio_api/queue/join")) {
      return plain.call(this, input, init);
    }
    const headers = new Headers((init && init.headers) || input.headers);
    headers.set("X-QA-Context", encodeURIComponent(JSON.stringify(context())));
    return plain.call(this, input, { ...init, headers });
  };
})();
