// Draws /api/openapi.json as a page: text nodes only, nothing from elsewhere.
(() => {
  "use strict";
  const h = (tag, cls, ...children) => {
    const node = document.createElement(tag);
    if (cls) node.className = cls;
    node.append(...children);
    return node;
  };
  let schemas = {};
  const resolve = (schema) => (schema && schema.$ref ? schemas[schema.$ref.split("/").pop()] || {} : schema || {});
  const typeOf = (schema) => {
    const s = resolve(schema);
    if (s.anyOf) return s.anyOf.map(typeOf).filter((t) => t !== "null").join(" | ");
    if (s.enum || s.const !== undefined) return (s.enum || [s.const]).join(" | ");
    if (s.type === "array") return `${typeOf(s.items)}[]`;
    return s.title && s.type === "object" ? s.title : s.type || "";
  };
  const limits = (schema) => {
    const s = resolve(schema);
    const own = [s.minimum !== undefined && `≥ ${s.minimum}`, s.maximum !== undefined && `≤ ${s.maximum}`, s.maxLength && `最多 ${s.maxLength} 字`,
      s.maxItems && `最多 ${s.maxItems} 项`, s.default !== undefined && s.default !== null && `默认 ${JSON.stringify(s.default)}`];
    return own.filter(Boolean).join("，");
  };
  const table = (rows) => {
    const head = h("tr", "", ...["名称", "类型", "说明"].map((t) => h("th", "", t)));
    const body = rows.map(([name, schema, required, text]) => h("tr", "", h("td", "", h("code", "", name), required ? " 必需" : ""),
      h("td", "", h("code", "", typeOf(schema))), h("td", "", [text || schema.description || resolve(schema).description || "", limits(schema)].filter(Boolean).join("；"))));
    return h("div", "wide", h("table", "", h("thead", "", head), h("tbody", "", ...body)));
  };
  const fields = (schema) => {
    const s = resolve(schema);
    return Object.entries(s.properties || {}).map(([name, own]) => [name, own, (s.required || []).includes(name)]);
  };
  const operation = (path, method, op) => {
    const card = h("section", "card", h("h3", "", h("span", "verb", method.toUpperCase()), " ", h("code", "", path), ` ${op.summary || ""}`));
    if (op.description) card.append(h("p", "quiet", op.description.replace(/\s*\n\s*/g, "").replace(/`/g, "")));
    if (op.parameters) card.append(table(op.parameters.map((p) => [p.name, p.schema, p.required, p.description])));
    const body = op.requestBody && op.requestBody.content["application/json"];
    if (body) {
      card.append(table(fields(body.schema)));
    }
    const answer = op.responses[200] && op.responses[200].content && op.responses[200].content["application/json"];
    if (answer && answer.schema && answer.schema.$ref) {
      card.append(h("details", "", h("summary", "", `返回 ${typeOf(answer.schema)}`), table(fields(answer.schema))));
    }
    return card;
  };
  const draw = async () => {
    document.getElementById("sample").textContent =
      `curl -s ${location.origin}/api/ask -H 'Content-Type: application/json' -d '{"question": "2023年地区生产总值增长多少？"}'`;
    const place = document.getElementById("paths");
    try {
      const api = await (await fetch("/api/openapi.json")).json();
      schemas = api.components.schemas;
      place.replaceChildren(...Object.entries(api.paths).flatMap(([path, item]) => Object.entries(item).map(([method, op]) => operation(path, method, op))));
    } catch {
      place.replaceChildren(h("p", "", "接口描述读取失败，请刷新重试。"));
    }
  };
  draw();
})();
