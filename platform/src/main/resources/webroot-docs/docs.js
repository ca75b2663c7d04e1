// Reads the contract of the running build and lets one try it with this browser's session.

const API = new URL("../v1", document.baseURI).pathname;
const METHODS = ["get", "post", "put", "patch", "delete"];
const DEPTH_MAX = 8;

/** An element with attributes and children; text goes in as text only. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return made;
}

/** The part of the contract that a $ref names. Siblings of the $ref (3.1) win. */
function resolve(contract, part) {
  if (!part || !part.$ref) return part ?? {};
  const target = part.$ref
    .slice(2)
    .split("/")
    .reduce((node, step) => node?.[step.replaceAll("~1", "/").replaceAll("~0", "~")], contract);
  const { $ref, ...own } = part;
  return { ...resolve(contract, target), ...own };
}

/** A path that may break after its slashes. */
function breakable(path) {
  return path.split("/").flatMap((step, i) => (i ? ["/", el("wbr"), step] : [step]));
}

function nameOf(part) {
  return part?.$ref?.split("/").at(-1);
}

/** A schema's type and limits in a few words. */
function words(contract, raw) {
  const schema = resolve(contract, raw);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "array") return `list of ${words(contract, schema.items)}`;
  const choice = schema.oneOf ?? schema.anyOf;
  if (choice) return choice.map((one) => nameOf(one) ?? words(contract, one)).join(" or ");
  const type = [schema.type ?? (schema.properties ? "object" : "anything")].flat().join(" or ");
  const limits = [
    schema.format,
    schema.minimum !== undefined && `≥ ${schema.minimum}`,
    schema.maximum !== undefined && `≤ ${schema.maximum}`,
    schema.minLength > 1 && `${schema.minLength} or more characters`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    schema.pattern && `like ${schema.pattern}`,
  ].filter(Boolean);
  return [nameOf(raw) ?? type, ...limits].join(", ");
}

/** A schema's fields as a nested list; a type that contains itself is named and not repeated. */
function fields(contract, raw, seen = []) {
  const schema = resolve(contract, raw);
  const own = nameOf(raw);
  if (schema.type === "array") return fields(contract, schema.items, seen);
  const parts = schema.allOf ?? schema.oneOf ?? schema.anyOf ?? [];
  if ((own && seen.includes(own)) || seen.length > DEPTH_MAX) return null;
  const path = [...seen, own ?? ""];
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const said = resolve(contract, property).description;
    return el(
      "li",
      {},
      el("code", {}, name),
      " ",
      el("span", { class: "type" }, words(contract, property)),
      schema.required?.includes(name) && el("span", { class: "needed" }, " needed"),
      said && el("span", { class: "says" }, said),
      fields(contract, property, path),
    );
  });
  const nested = parts.map((part) => {
    const list = fields(contract, part, path);
    return list && el("li", {}, nameOf(part) && el("code", {}, nameOf(part)), list);
  });
  const all = [...rows, ...nested].filter(Boolean);
  return all.length ? el("ul", { class: "fields" }, all) : null;
}

/** A body to begin with: needed fields only. */
function example(contract, raw, depth = 0) {
  const schema = resolve(contract, raw);
  if (schema.example !== undefined) return schema.example;
  if (schema.examples?.length) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.oneOf ?? schema.anyOf;
  if (choice) return example(contract, choice[0], depth + 1);
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((part) => example(contract, part, depth + 1)));
  }
  switch ([schema.type ?? (schema.properties ? "object" : "")].flat()[0]) {
    case "object": {
      if (depth > DEPTH_MAX) return {};
      const needed = Object.keys(schema.properties ?? {}).filter(
        (name) => depth === 0 || schema.required?.includes(name),
      );
      const made = needed.map((name) => [
        name,
        example(contract, schema.properties[name], depth + 1),
      ]);
      return Object.fromEntries(made);
    }
    case "array":
      return schema.minItems > 0 ? [example(contract, schema.items, depth + 1)] : [];
    case "integer":
    case "number":
      return schema.minimum ?? 0;
    case "boolean":
      return false;
    case "string":
      if (schema.format === "uuid") return crypto.randomUUID();
      if (schema.format === "date-time") return new Date().toISOString();
      if (schema.format === "date") return new Date().toISOString().slice(0, 10);
      return "";
    default:
      return null;
  }
}

function access(rule) {
  if (rule === "public") return "Everybody, without signing in.";
  if (rule === "signed-in") return "Everybody who is signed in.";
  return Array.isArray(rule) ? `Only in the role ${rule.join(", ")}.` : String(rule ?? "");
}

function schemaOf(content) {
  return content?.["application/json"]?.schema ?? content?.["application/problem+json"]?.schema;
}

function parameterList(contract, parameters) {
  return el(
    "ul",
    { class: "fields" },
    parameters.map((parameter) =>
      el(
        "li",
        {},
        el("code", {}, parameter.name),
        " ",
        el("span", { class: "type" }, `in ${parameter.in}, ${words(contract, parameter.schema)}`),
        parameter.required && el("span", { class: "needed" }, " needed"),
        parameter.description && el("span", { class: "says" }, parameter.description),
      ),
    ),
  );
}

function answers(contract, operation) {
  return Object.entries(operation.responses ?? {}).flatMap(([status, raw]) => {
    const answer = resolve(contract, raw);
    const schema = schemaOf(answer.content);
    const title = status === "default" ? "A “no”" : `Answer ${status}`;
    const kind = schema ? ` · ${words(contract, schema)}` : "";
    return [
      el("h3", {}, title),
      el("p", {}, `${answer.description ?? ""}${kind}`),
      schema && fields(contract, schema),
    ];
  });
}

/** A labelled input; the form finds it by its name. */
function input(id, name, label, value = "") {
  const key = `${id}-${name}`;
  return [el("label", { for: key }, label), el("input", { id: key, name, value })];
}

async function send(operation, form, out) {
  const data = new FormData(form);
  const query = new URLSearchParams();
  const headers = { Accept: "application/json" };
  let path = operation.path;
  for (const parameter of operation.parameters) {
    const value = data.get(`${parameter.in}:${parameter.name}`);
    if (!value) continue;
    if (parameter.in === "path") {
      path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
    } else if (parameter.in === "query") {
      query.set(parameter.name, value);
    } else {
      headers[parameter.name] = value;
    }
  }
  if (data.get("if-match")) headers["If-Match"] = `"${data.get("if-match").replaceAll('"', "")}"`;
  const body = data.get("body") || undefined;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const address = `${API}${path}${query.size ? `?${query}` : ""}`;
  const answer = await fetch(address, { method: operation.method.toUpperCase(), headers, body });
  const text = await answer.text();
  const shown = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  out.classList.toggle("wrong", !answer.ok);
  out.textContent = `${answer.status} ${answer.statusText}\n${shown}\n\n${pretty(text)}`;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function tryForm(contract, operation, body) {
  const id = operation.operationId;
  const out = el("pre", { hidden: true, tabindex: "0", "aria-live": "polite" });
  const wrong = el("p", { class: "wrong", role: "alert", hidden: true });
  const button = el("button", {}, `Send ${operation.method.toUpperCase()}`);
  const inputs = operation.parameters.map((parameter) =>
    input(
      id,
      `${parameter.in}:${parameter.name}`,
      `${parameter.name}${parameter.required ? "" : " (optional)"}`,
      parameter.name === "Idempotency-Key" ? crypto.randomUUID() : "",
    ),
  );
  const edits = ["put", "patch", "delete"].includes(operation.method);
  const form = el(
    "form",
    {},
    inputs,
    edits && input(id, "if-match", "If-Match: the version this is based on (where asked for)"),
    body && el("label", { for: `${id}-body` }, "Body"),
    body &&
      el(
        "textarea",
        { id: `${id}-body`, name: "body", spellcheck: "false" },
        JSON.stringify(example(contract, body), null, 2),
      ),
    wrong,
    button,
    out,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.hidden = true;
    button.disabled = true;
    try {
      if (body) JSON.parse(new FormData(form).get("body"));
      await send(operation, form, out);
      out.hidden = false;
      renewKey(form);
    } catch (failure) {
      wrong.hidden = false;
      wrong.textContent =
        failure instanceof SyntaxError
          ? `The body is not JSON yet: ${failure.message}`
          : "The server could not be reached; the same key makes sending again safe.";
    } finally {
      button.disabled = false;
    }
  });
  return form;
}

/** The next press is a new act. */
function renewKey(form) {
  const key = form.elements.namedItem("header:Idempotency-Key");
  if (key) key.value = crypto.randomUUID();
}

/** What is inside is made when it is opened: hundreds of schemas are not drawn for nothing. */
function card(contract, operation) {
  const summary = el(
    "summary",
    {},
    el("span", { class: `method ${operation.method}` }, operation.method.toUpperCase()),
    el("span", { class: "path" }, breakable(operation.path)),
    el("span", { class: "summary" }, operation.summary ?? ""),
  );
  const made = el("details", { class: "operation", id: operation.operationId }, summary);
  made.addEventListener("toggle", () => {
    if (!made.open || made.children.length > 1) return;
    const body = schemaOf(resolve(contract, operation.requestBody).content);
    made.append(
      el(
        "div",
        { class: "body" },
        operation.description && el("p", {}, operation.description),
        el("h3", {}, "Who may"),
        el("p", {}, access(operation["x-access"])),
        operation.parameters.length > 0 && el("h3", {}, "Parameters"),
        operation.parameters.length > 0 && parameterList(contract, operation.parameters),
        body && el("h3", {}, `Body · ${words(contract, body)}`),
        body && fields(contract, body),
        el("h3", {}, "Try it"),
        tryForm(contract, operation, body),
        answers(contract, operation),
      ),
    );
  });
  return made;
}

function operationsOf(contract) {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const operation = item[method];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) =>
        resolve(contract, one),
      );
      return { ...operation, parameters, path, method, tag: operation.tags?.[0] ?? "other" };
    }),
  );
}

function show(contract) {
  const operations = operationsOf(contract);
  const index = document.getElementById("index");
  const list = document.getElementById("operations");
  list.replaceChildren();
  const shown = [];
  for (const [tag, members] of Object.entries(Object.groupBy(operations, ({ tag }) => tag))) {
    const links = members.map((operation) => {
      const link = el(
        "a",
        { href: `#${operation.operationId}` },
        el("span", { class: `method ${operation.method}` }, operation.method.toUpperCase()),
        el("span", {}, breakable(operation.path)),
      );
      const entry = card(contract, operation);
      const text = `${operation.method} ${operation.path} ${operation.operationId} ${
        operation.summary ?? ""
      }`.toLowerCase();
      shown.push({ link, entry, text });
      return { link, entry };
    });
    index.append(el("div", {}, el("h2", {}, tag), links.map(({ link }) => link)));
    list.append(el("section", {}, el("h2", {}, tag), links.map(({ entry }) => entry)));
  }
  document.getElementById("filter").addEventListener("input", (event) => {
    const asked = event.target.value.toLowerCase().split(/\s+/);
    for (const { link, entry, text } of shown) {
      const hidden = !asked.every((word) => text.includes(word));
      link.hidden = hidden;
      entry.hidden = hidden;
    }
    for (const group of [...index.children, ...list.children]) {
      group.hidden = !group.querySelector("a:not([hidden]), details:not([hidden])");
    }
  });
  addEventListener("hashchange", openNamed);
  openNamed();
}

function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named instanceof HTMLDetailsElement) {
    named.open = true;
    named.scrollIntoView();
  }
}

async function whoAmI() {
  const who = document.getElementById("who");
  const answer = await fetch(`${API}/sessions/current`);
  const me = answer.ok ? await answer.json() : undefined;
  who.textContent = me
    ? `${me.account.name}, ${me.membership.role} at ${me.membership.organisation.name}`
    : "Nobody is signed in: open POST /sessions, or sign in to the web client.";
}

async function start() {
  whoAmI().catch(() => undefined);
  try {
    const answer = await fetch(`${API}/openapi.json`);
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
  } catch {
    document.getElementById("operations").textContent =
      "The contract cannot be read just now. Load the page again in a moment.";
  }
}

start();
