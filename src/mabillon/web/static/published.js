// The search of a published archive: no server answers, the words are looked up in small files of an index.
// The words of a question are cut as publish/static_index.py cuts those of a text.
"use strict";
(() => {
  const base = document.currentScript.dataset.index;
  const root = document.currentScript.dataset.root;
  const found = document.getElementById("found");
  const input = document.getElementById("q");
  const most = 50;
  const kept = new Map();

  const load = (name) => {
    if (!kept.has(name)) {
      kept.set(name, fetch(base + name).then((answer) => {
        if (!answer.ok) throw new Error(name);
        return answer.json();
      }));
    }
    return kept.get(name);
  };

  const word = /[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[\p{L}\p{N}])+/gu;
  const cut = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").match(word) || [];

  const terms = (question) => question.split(/\s+/).flatMap((part) => {
    const field = /^(from|to|year):(.+)$/i.exec(part);
    return field ? cut(field[2]).map((word) => `${field[1].toLowerCase()}:${word}`) : cut(part);
  }).map((term) => [...term].slice(0, 60).join(""));

  // Strings are compared by code point, as the index is sorted: UTF-16 orders what lies beyond it otherwise.
  const before = (a, b) => {
    const [x, y] = [[...a], [...b]];
    for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
      if (x[i] !== y[i]) return x[i].codePointAt(0) < y[i].codePointAt(0);
    }
    return x.length < y.length;
  };

  const look = async (index, term) => {
    let [low, high] = [0, index.first.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (before(term, index.first[middle])) high = middle - 1;
      else low = middle;
    }
    const piece = index.first.length ? await load(`terms-${low}.json`) : {};
    return Object.hasOwn(piece, term) ? piece[term] : [0, ""];
  };

  const numbers = (packed) => {
    let last = 0;
    return packed.split(" ").map((part) => (last += parseInt(part, 36)));
  };

  const answer = async (question) => {
    const index = await load("terms.json");
    const wanted = [...new Set(terms(question))];
    const postings = await Promise.all(wanted.map((term) => look(index, term)));
    if (!wanted.length || postings.some(([count]) => !count)) return { index, hits: [] };
    const rare = postings.filter(([, packed]) => packed).map(([, packed]) => numbers(packed));
    if (!rare.length) return { index, hits: null };
    rare.sort((a, b) => a.length - b.length);
    const others = rare.slice(1).map((list) => new Set(list));
    return { index, hits: rare[0].filter((number) => others.every((list) => list.has(number))) };
  };

  const element = (name, text, parent, attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    parent.append(made);
    return made;
  };

  const show = async (question) => {
    found.textContent = "";
    if (!question.trim()) return;
    let result;
    try {
      result = await answer(question);
    } catch {
      element("p", "The index could not be read. Serve this folder with a web server: python3 -m http.server", found);
      return;
    }
    const { index, hits } = result;
    if (hits === null) {
      element("p", "These words are in almost every record; add a rarer one.", found);
      return;
    }
    element("h2", `${hits.length.toLocaleString("en")} record${hits.length === 1 ? "" : "s"}`, found);
    const list = element("ol", "", found, { class: "entries" });
    for (const number of hits.slice(0, most)) {
      const page = await load(`records-${Math.floor(number / index.shown)}.json`);
      const [id, title, date, kind, who] = page[number % index.shown];
      const entry = element("article", "", element("li", "", list));
      element("p", [kind.replace(/-/g, " "), date].filter(Boolean).join(", "), entry, { class: "kind" });
      element("a", title, element("h3", "", entry), { href: `${root}records/${encodeURIComponent(id)}/` });
      if (who) element("p", who, entry, { class: "who" });
    }
    if (hits.length > most) element("p", `The first ${most} are shown; add a word to see fewer.`, found);
  };

  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(input.value)}`);
    show(input.value);
  });
  input.value = new URLSearchParams(location.search).get("q") || "";
  show(input.value);
})();
