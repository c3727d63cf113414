"use strict";
// All that comes from a scrape is put in as text (textContent, createTextNode) and nothing else.

// --- pure functions ---

// Characters that steer the display or show nothing; the joiners of Persian and of emoji are left alone.
const CONTROL =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;

// Text in pieces: [text, kind] with kind "" for plain, "control" for a character by its number.
function withControls(text) {
  const pieces = [];
  let at = 0;
  for (const found of text.matchAll(CONTROL)) {
    if (found.index > at) pieces.push([text.slice(at, found.index), ""]);
    const code = found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    pieces.push([`U+${code}`, "control"]);
    at = found.index + found[0].length;
  }
  if (at < text.length) pieces.push([text.slice(at), ""]);
  return pieces;
}

// Text in pieces: [text, whether it is what was searched for]. Both are compared in lower case, unless
// that changes the length, and with it the places.
function withFinds(text, query) {
  const lower = text.toLowerCase();
  const where = lower.length === text.length ? lower : text;
  const pieces = [];
  let at = 0;
  for (let next; query && (next = where.indexOf(query, at)) >= 0; at = next + query.length) {
    if (next > at) pieces.push([text.slice(at, next), false]);
    pieces.push([text.slice(next, next + query.length), true]);
  }
  if (at < text.length) pieces.push([text.slice(at), false]);
  return pieces;
}

// A carriage return before the line's end is no more to be seen than the end itself.
function withoutReturns(text) {
  return text.replace(/\r+(?=\n|$)/g, "");
}

// What stands around a cut, without empty lines.
function closeUp(text) {
  return text.replace(/\s*\n\s*/g, "\n");
}

// The parts of a document as lines of [text, kind, number, whether the part ends here].
// Mode "clean" leaves cuts out, "raw" forgets what was cut.
function linesOf(parts, mode) {
  const lines = [[]];
  for (const [text, kind = "", number = -1] of parts) {
    if (mode === "clean" && kind === "cut") continue;
    const pieces = withoutReturns(text).split("\n");
    const last = pieces.findLastIndex((piece) => piece);
    pieces.forEach((piece, n) => {
      if (n) lines.push([]);
      const marked = kind && mode !== "raw" ? [piece, kind, number, n === last] : [piece, "", -1, false];
      if (piece) lines[lines.length - 1].push(marked);
    });
  }
  return lines;
}

function holds(texts, query) {
  return !query || texts.some((text) => text.toLowerCase().includes(query));
}

// Text with its controls by number, for places that take nothing but text.
function plain(text) {
  return withControls(text).map((piece) => piece[0]).join("");
}

// Names as people count: page 9 before page 10.
const byName = new Intl.Collator("en", { numeric: true }).compare;

// Rows by a column, texts by letter and numbers by size; equal ones by name.
function inOrder(rows, key, down) {
  const sign = down ? -1 : 1;
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return [...rows].sort((a, b) => sign * compare(a[key], b[key]) || compare(a.name, b.name));
}

// Answers by cut, as cleaner review reads them; a cut is named by its place.
function answersFile(answers) {
  const rows = [...answers].map(([key, answer]) => {
    const [sha256, first, last, rule] = JSON.parse(key);
    return { sha256, start: first, end: last, rule, answer };
  });
  return JSON.stringify({ review_version: 1, answers: rows }, null, 1);
}

function count(number) {
  return number.toLocaleString("en-GB");
}

function percent(part, whole) {
  return whole ? `${((100 * part) / whole).toFixed(1)}\u00a0%` : "–"; // the number and its sign stay together
}

function many(number, one) {
  return `${count(number)} ${one}${number === 1 ? "" : "s"}`;
}

// --- elements ---

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function drawn(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// Puts text of a scrape into an element: controls by number, finds marked.
function put(target, text, query = "") {
  for (const [piece, found] of withFinds(text, query)) {
    const into = found ? target.appendChild(element("mark")) : target;
    for (const [plain, kind] of withControls(piece)) {
      into.append(kind ? element("span", { class: kind, dir: "ltr" }, plain) : plain);
    }
  }
  return target;
}

function bars(title, rows) {
  const width = 320; // about that of a column, so that letters have their size
  const step = 28;
  const most = Math.max(...rows.map((row) => row.value), 1);
  const plot = drawn("svg", { viewBox: `0 0 ${width} ${rows.length * step + 4}`, role: "img", "aria-label": title });
  rows.forEach((row, n) => {
    const y = n * step;
    plot.append(
      drawn("text", { x: 0, y: y + 12 }, plain(row.name)),
      drawn("text", { x: width, y: y + 12, "text-anchor": "end", class: "soft" }, count(row.value)),
      drawn("rect", { x: 0, y: y + 16, height: 8, width: Math.max(1, (width * row.value) / most), class: "fill" }),
    );
  });
  return element("figure", {}, element("figcaption", {}, title), plot);
}

// Values from 0 to 1 in equal bars; `zero` stands apart on the left if it is given.
function histogram(title, values, ends, zero) {
  const [width, top, height, foot] = [320, 16, 120, 16];
  const all = zero === undefined ? values : [zero, ...values];
  const most = Math.max(...all, 1);
  const step = width / all.length;
  const plot = drawn("svg", { viewBox: `0 0 ${width} ${top + height + foot}`, role: "img", "aria-label": title });
  all.forEach((value, n) => {
    const size = value ? Math.max(1, (height * value) / most) : 0;
    const gap = zero !== undefined && n === 0 ? 5 : 1;
    const bar = drawn("rect", { x: n * step, y: top + height - size, width: step - gap, height: size, class: "fill" });
    bar.append(drawn("title", {}, count(value)));
    plot.append(bar);
    if (value === most) {
      const x = Math.min(width - 24, Math.max(24, (n + 0.5) * step));
      plot.append(drawn("text", { x, y: top + height - size - 4, "text-anchor": "middle", class: "soft" }, count(value)));
    }
  });
  plot.append(drawn("line", { x1: 0, x2: width, y1: top + height, y2: top + height, class: "rule" }));
  ends.forEach(([text, at]) => {
    const anchor = at === 0 ? "start" : at === 1 ? "end" : "middle";
    plot.append(drawn("text", { x: at * width, y: top + height + 13, "text-anchor": anchor, class: "soft" }, text));
  });
  return element("figure", {}, element("figcaption", {}, title), plot);
}

function table(title, header, rows) {
  const cells = (name, row) => row.map((text, n) => element(name, { class: n && typeof text === "string" ? "number" : undefined }, text));
  return element("figure", {}, element("figcaption", {}, title), element("table", {},
    element("thead", {}, element("tr", {}, ...cells("th", header))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...cells("td", row))))));
}

function options(select, first, names) {
  select.append(element("option", { value: "" }, first), ...names.map((name) => element("option", { value: name }, plain(name))));
}

// --- the page ---

const PARTS = ["overview", "rules", "documents", "kept"];
const MODES = ["both", "raw", "clean"];
const COLUMNS = [
  ["name", "rule", ""],
  ["category", "category", "wide"],
  ["cuts", "cuts", "number"],
  ["characters", "characters", "number wide"],
  ["documents", "documents", "number wide"],
  ["kept", "kept", "number"],
  ["confidence", "confidence", "number wide"],
];

function start(data) {
  const at = (id) => document.getElementById(id);
  const sums = data.sums;
  const rules = Object.entries(sums.rules)
    .filter(([, row]) => row.category !== "whitespace")
    .map(([name, row]) => ({ ...row, name, confidence: row.confidence ? row.confidence[0] : 0, range: row.confidence }));
  const state = { part: "overview", query: "", column: "cuts", down: true, open: new Set(), document: -1, mode: "both", find: -1, answers: new Map(), saved: true };

  function scope() {
    const sampled = data.documents.length < sums.documents;
    at("scope").textContent =
      `${many(sums.documents, "document")}, ${many(sums.cuts, "cut")}, ` +
      `${percent(sums.before - sums.after, sums.before)} of all characters. ` +
      (sampled ? `The sums are those of all; ${many(data.documents.length, "document")} and some cuts of each rule are shown.` : "");
    const shown = Object.values(data.cuts).reduce((sum, rows) => sum + rows.length, 0);
    at("holds").textContent =
      `The sums of ${many(sums.documents, "report")}; ${many(data.documents.length, "document")}, chosen so that rules ` +
      `come in turns; ${many(shown, "cut")} of ${many(Object.keys(data.cuts).length, "rule")}; ` +
      `${many(data.kept.length, "kept claim")}. Lists show the first ${count(data.limits.claim)} characters of a cut and ` +
      `${count(data.limits.cuts)} cuts of a document; texts of more than ${count(data.limits.text)} characters ` +
      `are left out (${count(data.limits.tooLong)} here).`;
  }

  function overview() {
    const figures = [
      ["documents", count(sums.documents)],
      ["with cuts", count(sums.touched)],
      ["cuts", count(sums.cuts)],
      ["characters cut", percent(sums.before - sums.after, sums.before)],
      ["claims kept", count(sums.kept)],
      ["past the risk budget", count(sums.exceeded)],
      ["past a limit", count(sums.limited)],
      ["failures", count(sums.failed)],
    ];
    at("figures").append(...figures.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))));
    const valued = (rows) => rows.map(([name, row]) => ({ name, value: row.cuts })).filter((row) => row.value);
    const most = inOrder(valued(Object.entries(sums.rules)), "value", true);
    at("plots").append(
      bars("Cuts by category", inOrder(valued(Object.entries(sums.categories)), "value", true)),
      bars(most.length > 15 ? `Cuts by rule: 15 of ${most.length}` : "Cuts by rule", most.slice(0, 15)),
      histogram("Documents by the share of characters cut", sums.shares.slice(1), [["none", 0], ["50 %", 0.52], ["all", 1]], sums.shares[0]),
      histogram("Cuts by confidence", sums.confidences, [["0", 0], ["0.5", 0.5], ["1", 1]]),
    );
    const languages = Object.entries(sums.languages).map(([name, row]) =>
      [plain(name) || "unknown", count(row.documents), count(row.covered), percent(row.characters, row.before)]);
    at("tables").append(table("Languages", ["language", "documents", "with rules", "cut"], languages.slice(0, 20)));
    const guards = Object.entries(sums.guards).map(([name, kept]) => [plain(name), count(kept)]);
    if (guards.length) at("tables").append(table("Claims kept, by guard", ["guard", "claims"], guards));
    const limits = Object.entries(sums.limits).map(([name, documents]) => [plain(name), count(documents)]);
    if (limits.length) at("tables").append(table("Passed through whole", ["limit", "documents"], limits));
    const failures = data.failures.map((row) => [put(element("bdi"), row.source), put(element("bdi"), row.error)]);
    if (failures.length) at("tables").append(table(`Failures: ${failures.length} of ${count(sums.failed)}`, ["document", "reason"], failures));
    const cutMost = (row) => [put(element("bdi"), row.source), percent(row.share, 1)];
    if (sums.most_cut.length) at("tables").append(table("Largest shares cut", ["document", "cut"], sums.most_cut.map(cutMost)));
  }

  // A cut or a kept claim in its context.
  function claim(row, name, sha256 = row.sha256) {
    const quote = element("div", { class: "quote", dir: "auto" });
    if (row.before) put(quote.appendChild(element("span", { class: "around" })), closeUp(row.before));
    put(quote.appendChild(element(name, { dir: "auto" })), withoutReturns(row.text), state.query);
    if (row.after) put(quote.appendChild(element("span", { class: "around" })), closeUp(row.after));
    const about = element("div", { class: "about" });
    about.append(plain(`${row.rule}${row.guard ? `, kept: ${row.guard}` : ""} · ${row.confidence} · `));
    put(about.appendChild(element("bdi")), row.why, state.query);
    about.append(" · ");
    if (row.source !== undefined) {
      put(about.appendChild(element("bdi")), row.source, state.query);
      about.append(", ");
    }
    about.append(`line ${row.line} `);
    if (row.document >= 0) {
      about.append(element("button", { onclick: () => { openDocument(row.document); show("documents"); } }, "open"));
    }
    if (!row.guard) about.append(...judging(JSON.stringify([sha256, row.start, row.end, row.rule])));
    return element("li", {}, quote, about);
  }

  // Two buttons that say whether a cut was right; the same one again takes it back.
  function judging(key) {
    const choices = [["cut", "rightly cut"], ["keep", "should be kept"]];
    const buttons = choices.map(([answer, title]) => element("button", { "data-answer": answer, "data-key": key, onclick: () => judge(answer) }, title));
    function judge(answer) {
      if (state.answers.get(key) === answer) state.answers.delete(key);
      else state.answers.set(key, answer);
      state.saved = false;
      at("save").hidden = false;
      at("save").textContent = `Save ${many(state.answers.size, "answer")}`;
      mark(document.querySelectorAll("[data-answer]")); // the cut may be listed twice
    }
    mark(buttons);
    return buttons.flatMap((button) => [" ", button]);
  }

  function mark(buttons) {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(state.answers.get(button.dataset.key) === button.dataset.answer));
    }
  }

  function save() {
    const url = URL.createObjectURL(new Blob([answersFile(state.answers)], { type: "application/json" }));
    element("a", { href: url, download: "review.json" }).click();
    URL.revokeObjectURL(url);
    state.saved = true;
  }

  // A rule may have the name of what every object has.
  const cutsOf = (name) => (Object.hasOwn(data.cuts, name) ? data.cuts[name] : []);
  const texts = (row) => [row.text, row.rule, row.why, row.source || "", row.guard || ""];

  function shownRules() {
    const category = at("category").value;
    return inOrder(rules, state.column, state.down).filter(
      (rule) => (!category || rule.category === category) &&
        holds([rule.name, rule.category, ...cutsOf(rule.name).flatMap(texts)], state.query));
  }

  function rulesTable() {
    const [head, body] = [at("rules-table").tHead, at("rules-table").tBodies[0]];
    head.replaceChildren(element("tr", {}, ...COLUMNS.map(([key, title, kind]) => {
      const sorted = state.column === key;
      const order = sorted ? (state.down ? "descending" : "ascending") : "none";
      const arrow = sorted ? (state.down ? " ↓" : " ↑") : "";
      return element("th", { class: kind, "aria-sort": order, scope: "col" }, element("button", { onclick: () => sortBy(key), "data-column": key }, title + arrow));
    })));
    const shown = shownRules();
    body.replaceChildren(...shown.flatMap(ruleRows));
    at("rules-count").textContent = `${shown.length} of ${many(rules.length, "rule")}`;
  }

  function ruleRows(rule) {
    const open = state.open.has(rule.name);
    const cells = COLUMNS.slice(1).map(([key, , kind]) => {
      const value = key === "confidence" ? (rule.range ? [...new Set(rule.range)].join("–") : "–") : rule[key];
      return element("td", { class: kind }, typeof value === "number" ? count(value) : plain(value));
    });
    const button = element("button", { class: "open", "aria-expanded": String(open), onclick: () => toggleRule(rule.name) }, plain(rule.name));
    const row = element("tr", { "data-rule": rule.name }, element("td", {}, button), ...cells);
    if (!open) return [row];
    const cuts = cutsOf(rule.name);
    const list = element("ul", { class: "claims" }, ...cuts.filter((cut) => holds([rule.name, ...texts(cut)], state.query)).map((cut) => claim(cut, "del")));
    const note = element("p", { class: "soft" }, `${count(cuts.length)} of ${many(rule.cuts, "cut")}`);
    return [row, element("tr", {}, element("td", { colspan: COLUMNS.length }, note, list))];
  }

  function sortBy(key) {
    state.down = state.column === key ? !state.down : !["name", "category"].includes(key);
    state.column = key;
    rulesTable();
    at("rules-table").querySelector(`[data-column=${key}]`).focus();
  }

  function toggleRule(name) {
    if (!state.open.delete(name)) state.open.add(name);
    rulesTable();
    [...at("rules-table").querySelectorAll("tr[data-rule]")].find((row) => row.dataset.rule === name)?.querySelector("button").focus();
  }

  // What a document is searched in, made when it is first asked for.
  const searched = new Map();
  function inDocument(n) {
    if (state.query && !searched.has(n)) searched.set(n, documentTexts(data.documents[n]).join("\0").toLowerCase());
    return !state.query || searched.get(n).includes(state.query);
  }

  function documentTexts(row) {
    return [row.source, ...(row.parts || []).map((part) => part[0]), ...row.cuts.flatMap(texts), ...row.kept.flatMap(texts)];
  }

  const share = (row) => (row.before ? (row.before - row.after) / row.before : 0);
  const ORDERS = {
    "most cut": (a, b) => share(b) - share(a),
    "most kept claims": (a, b) => b.kept.length - a.kept.length,
    longest: (a, b) => b.before - a.before,
  };

  function shownDocuments() {
    const rule = at("rule").value;
    const order = ORDERS[at("order").value] || (() => 0);
    const rows = data.documents;
    const shown = [...rows.keys()].filter((n) =>
      (!rule || rows[n].cuts.some((cut) => cut.rule === rule)) && inDocument(n));
    return shown.sort((a, b) => order(rows[a], rows[b]) || byName(rows[a].source, rows[b].source));
  }

  function documentsList() {
    const shown = shownDocuments();
    at("list").replaceChildren(...shown.map((n) => {
      const row = data.documents[n];
      const about = `${percent(row.before - row.after, row.before)} cut, ${many(row.kept.length, "claim")} kept`;
      const button = element("button", { onclick: () => openDocument(n) }, put(element("bdi"), row.source, state.query), element("span", { class: "soft" }, about));
      return element("li", { class: n === state.document ? "current" : undefined, "data-document": n }, button);
    }));
    at("documents-count").textContent = `${shown.length} of ${count(data.documents.length)}`;
  }

  // The list after its filter or order changed; the document that is open stays if it is still in it.
  function listAnew(shown = shownDocuments()) {
    if (!shown.includes(state.document)) state.document = shown.length ? shown[0] : -1;
    state.find = -1;
    documentsList();
    documentView();
  }

  function openDocument(n) {
    state.document = n;
    state.find = -1;
    documentsList();
    documentView();
    const item = at("list").querySelector(".current");
    // Not scrollIntoView, which moves the page as well.
    if (item) at("list").scrollTop = item.offsetTop - at("list").clientHeight / 2;
  }

  function documentView() {
    const row = data.documents[state.document];
    if (!row) return at("document").replaceChildren(element("p", { class: "soft" }, "No document."));
    const about = [
      row.language ? `language ${plain(row.language)}` : "language unknown",
      `${count(row.before)} characters, ${percent(row.before - row.after, row.before)} cut`,
      row.exceeded ? "past the risk budget: only the safest rules applied" : "",
      row.limit ? `passed through whole: ${plain(row.limit)}` : "",
      row.more ? `${count(row.more)} more cuts and claims are not listed` : "",
    ];
    const children = [put(element("h3", { dir: "auto" }), row.source, state.query), element("p", { class: "soft" }, about.filter(Boolean).join(" · "))];
    if (row.parts) children.push(modeButtons(), text(row));
    else children.push(element("p", { class: "soft" }, "The text is not in this page (a report holds the cuts only; --raw or --clean give it)."));
    const cuts = row.cuts.filter((cut) => cut.category !== "whitespace");
    if (cuts.length) children.push(element("h3", {}, many(cuts.length, "cut")), element("ul", { class: "claims" }, ...cuts.map((cut) => claim(cut, "del", row.sha256))));
    if (row.kept.length) children.push(element("h3", {}, `${many(row.kept.length, "claim")} kept`), element("ul", { class: "claims" }, ...row.kept.map((kept) => claim(kept, "ins"))));
    return at("document").replaceChildren(...children);
  }

  function modeButtons() {
    const button = (mode) => element("button", { "aria-pressed": String(state.mode === mode), "data-mode": mode, onclick: () => setMode(mode) }, mode);
    return element("div", { role: "group", "aria-label": "What of the text is shown" }, ...MODES.map(button));
  }

  function setMode(mode) {
    state.mode = mode;
    documentView();
    at("document").querySelector(`[data-mode=${mode}]`)?.focus();
  }

  function text(row) {
    const shown = element("div", { class: "text" });
    for (const pieces of linesOf(row.parts, state.mode)) {
      const line = shown.appendChild(element("div", { dir: "auto" }));
      for (const [piece, kind, number, ends] of pieces) {
        if (!kind) { put(line, piece, state.query); continue; }
        const entry = row[kind === "cut" ? "cuts" : "kept"][number];
        const name = kind === "cut" ? "del" : "ins";
        put(line.appendChild(element(name, { dir: "auto", title: entry && plain(entry.why) })), piece, state.query);
        if (ends && entry && entry.category !== "whitespace") line.append(element("span", { class: "tag", dir: "ltr" }, plain(entry.guard ? `${entry.rule}, kept: ${entry.guard}` : entry.rule)));
      }
    }
    return shown;
  }

  function keptList() {
    const guard = at("guard").value;
    const shown = data.kept.filter((row) => (!guard || row.guard === guard) && holds(texts(row), state.query));
    at("kept-list").replaceChildren(...shown.map((row) => claim(row, "ins")));
    at("kept-count").textContent = `${count(shown.length)} shown of ${many(sums.kept, "claim")}`;
  }

  function search() {
    state.query = at("search").value.trim().toLowerCase();
    rulesTable();
    const shown = shownDocuments();
    listAnew(shown);
    keptList();
    const kept = data.kept.filter((row) => holds(texts(row), state.query)).length;
    at("found").textContent = state.query
      ? `found in ${many(shownRules().length, "rule")}, ${many(shown.length, "document")}, ${many(kept, "kept claim")}` : "";
    if (state.query && state.part === "overview") show("documents");
  }

  function show(part) {
    state.part = part;
    for (const name of PARTS) {
      at(name).hidden = name !== part;
      at(`tab-${name}`).setAttribute("aria-selected", String(name === part));
    }
  }

  function move(step) {
    if (state.part === "documents") {
      const shown = shownDocuments();
      const next = shown[Math.min(shown.length - 1, Math.max(0, shown.indexOf(state.document) + step))];
      if (next !== undefined) openDocument(next);
      return;
    }
    const rows = [...at(state.part).querySelectorAll(state.part === "rules" ? "tr[data-rule]" : "#kept-list > li")];
    const now = rows.findIndex((row) => row.classList.contains("current"));
    const next = rows[Math.min(rows.length - 1, Math.max(0, now + step))];
    rows[now]?.classList.remove("current");
    next?.classList.add("current");
    next?.scrollIntoView({ block: "nearest" });
    next?.querySelector("button")?.focus({ preventScroll: true });
  }

  function nextFind() {
    const finds = [...at("document").querySelectorAll("mark")];
    if (!finds.length) return;
    finds[state.find]?.classList.remove("current");
    state.find = (state.find + 1) % finds.length;
    finds[state.find].classList.add("current");
    finds[state.find].scrollIntoView({ block: "center" });
  }

  function clear() {
    at("search").value = "";
    at("search").blur();
    search();
  }

  const keys = {
    "/": () => at("search").focus(),
    j: () => move(1),
    k: () => move(-1),
    m: () => state.part === "documents" && setMode(MODES[(MODES.indexOf(state.mode) + 1) % MODES.length]),
    n: nextFind,
    Escape: clear,
  };
  PARTS.forEach((part, n) => { keys[n + 1] = () => show(part); });

  function pressed(event) {
    const typing = ["INPUT", "SELECT"].includes(event.target.tagName);
    if (event.ctrlKey || event.metaKey || event.altKey || (typing && event.key !== "Escape")) return;
    if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  }

  options(at("category"), "all", [...new Set(rules.map((rule) => rule.category))].sort());
  options(at("rule"), "any rule", Object.keys(data.cuts));
  options(at("guard"), "all", [...new Set(data.kept.map((row) => row.guard))].sort());
  at("category").addEventListener("change", rulesTable);
  options(at("order"), "name", Object.keys(ORDERS));
  at("rule").addEventListener("change", () => listAnew());
  at("order").addEventListener("change", () => listAnew());
  at("guard").addEventListener("change", keptList);
  at("search").addEventListener("input", search);
  at("save").addEventListener("click", save);
  addEventListener("beforeunload", (event) => { if (!state.saved) event.preventDefault(); });
  document.addEventListener("keydown", pressed);
  for (const part of PARTS) at(`tab-${part}`).addEventListener("click", () => show(part));
  scope();
  overview();
  search();
  show(PARTS.includes(location.hash.slice(1)) ? location.hash.slice(1) : "overview");
}

if (typeof document === "undefined") module.exports = { withControls, plain, byName, withFinds, linesOf, holds, inOrder, percent, answersFile };
else start(JSON.parse(document.getElementById("data").textContent));
