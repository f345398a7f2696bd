// A value lights up its words, a word its values. Without this script both are plain links.
const text = document.getElementById("text");
const anatomy = document.getElementById("anatomy");
const wordsOf = (key) => text.querySelectorAll(`.w[data-v~="${key}"]`);
let lit = [];

function light(elements) {
  for (const element of lit) element.classList.remove("lit");
  lit = [...elements];
  for (const element of lit) element.classList.add("lit");
}

function valueAt(target) {
  return target.closest?.(".v[data-v]");
}

function fromValue(event) {
  const value = valueAt(event.target);
  if (value) light([value, ...wordsOf(value.dataset.v)]);
}

function fromWords(event) {
  const words = event.target.closest?.(".w");
  if (!words) return;
  const keys = words.dataset.v.split(" ");
  const values = keys.map((key) => document.getElementById(key)).filter(Boolean);
  light([...values, ...keys.flatMap((key) => [...wordsOf(key)])]);
}

for (const type of ["pointerover", "focusin"]) {
  anatomy.addEventListener(type, fromValue);
  text.addEventListener(type, fromWords);
}
for (const type of ["pointerleave", "focusout"]) {
  anatomy.addEventListener(type, () => light([]));
  text.addEventListener(type, () => light([]));
}

// Many marked words would be many stops of the Tab key: one stop enters the text, arrows go on from there.
const links = [...text.querySelectorAll(".w a")];
links.forEach((link, index) => { link.tabIndex = index ? -1 : 0; });
text.addEventListener("keydown", (event) => {
  const at = links.indexOf(document.activeElement);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (at < 0 || !step) return;
  const next = links[at + step];
  if (!next) return;
  event.preventDefault();
  links[at].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});

// Going to words or to a value moves the focus there, so that the keyboard goes on from it.
function arrive(hash) {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!target || target.id === "content") return;
  const landing = target.matches(".v, [tabindex]") ? target : target.querySelector("a") ?? target.closest(".w")?.querySelector("a");
  if (target.id.startsWith("w-")) light([target, ...wordsOf(target.id.slice(2))]);
  landing?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.record a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  history.pushState(null, "", link.hash);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  target.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  arrive(link.hash);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  light([]);
  document.body.classList.add("no-cards");
  document.addEventListener("focusin", () => document.body.classList.remove("no-cards"), { once: true });
  document.addEventListener("pointerover", () => document.body.classList.remove("no-cards"), { once: true });
});
if (location.hash) arrive(location.hash);

// Finding words in the record marks them as they are typed; Enter goes from one to the next. The text itself stays as it is.
const find = document.getElementById("find");
const output = find.form.querySelector("output");
const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let ranges = [];
let at = -1;

function search(words) {
  ranges = [];
  at = -1;
  const wanted = fold(words.trim());
  if (wanted) {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let whole = "";
    const places = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let index = 0; index < node.data.length; index += 1) {
        const sign = /\s/.test(node.data[index]) ? " " : fold(node.data[index]);
        if (sign === " " && whole.endsWith(" ")) continue;
        for (const part of sign) { whole += part; places.push([node, index]); }
      }
    }
    for (let from = whole.indexOf(wanted); from >= 0 && ranges.length < 500; from = whole.indexOf(wanted, from + wanted.length)) {
      const range = new Range();
      range.setStart(...places[from]);
      const [node, index] = places[from + wanted.length - 1];
      range.setEnd(node, index + 1);
      ranges.push(range);
    }
  }
  CSS.highlights?.set("found", new Highlight(...ranges));
  output.textContent = wanted ? String(ranges.length) : "";
}

find.addEventListener("input", () => search(find.value));
find.form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!ranges.length) return;
  at = (at + 1) % ranges.length;
  const element = ranges[at].startContainer.parentElement;
  for (let around = element.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  element.scrollIntoView({ block: "center" });
  output.textContent = `${at + 1}/${ranges.length}`;
});
if (find.value) search(find.value);
