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
