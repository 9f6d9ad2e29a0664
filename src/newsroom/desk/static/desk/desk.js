// Progressive bits only: everything works without this file by links and posted forms.
// Here: keys, swapping the main part instead of loading a page, and how long a sentence stood on screen.

"use strict";

const live = () => document.getElementById("live");
const main = () => document.getElementById("main");
const tell = (words) => { if (live()) live().textContent = words; };
// Next to the sentence, where the eye is; read aloud as well. Elsewhere only read aloud.
function tellHere(words, ...more) {
  const at = document.getElementById("told");
  if (!at) { tell(words); return; }
  at.replaceChildren(words, ...more);
  delete at.dataset.waits;
  at.scrollIntoView({ block: "nearest", behavior: "instant" });
}

// ---------- how long a sentence stood on screen with its passages in full view ----------
// The browser's word, sent with the decision. Nothing counts while the page is hidden.

const TICK = 100;
const seen = new Map();
// A sentence is as long on screen as the one of its passages that was in full view the shortest.
const parts = new Map();
const storeKey = () => "seen:" + (main()?.dataset.story ?? "");

function remember() {
  try { sessionStorage.setItem(storeKey(), JSON.stringify([...seen])); } catch { /* a full or forbidden store only forgets */ }
}
function recall() {
  try { for (const [key, ms] of JSON.parse(sessionStorage.getItem(storeKey()) ?? "[]")) if (!seen.has(key)) seen.set(key, ms); } catch { seen.clear(); }
}

// In full view: wholly inside the window and its scrolling box, or, when longer than the box, filling it.
function inView(element) {
  const own = element.getClientRects();
  if (!own.length) return false;
  const box = element.closest(".story, .evidence")?.getBoundingClientRect();
  const acts = document.querySelector(".acts")?.getBoundingClientRect();
  const top = Math.max(0, box?.top ?? 0) - 2;
  const bottom = Math.min(innerHeight, box?.bottom ?? innerHeight, acts && acts.top > 0 ? acts.top : innerHeight) + 2;
  const first = own[0].top, last = own[own.length - 1].bottom;
  return first >= top && last <= bottom || last - first > bottom - top && first <= top && last >= bottom;
}
function held() {
  return [...document.querySelectorAll(".unit [data-held]")].map((item) => ({
    number: item.dataset.n, key: item.dataset.held, reading: Number(item.dataset.reading),
  }));
}
function passagesOf({ number }) {
  return [...document.querySelectorAll(`.evidence mark[data-s~="${number}"]`)];
}
function isUp({ number }) {
  const words = document.querySelector(`#s${number} .s-text`);
  return words !== null && inView(words);
}
function count(sentence, ms) {
  const { key } = sentence, passages = passagesOf(sentence);
  if (!passages.length) { seen.set(key, (seen.get(key) ?? 0) + ms); return; }
  const times = passages.map((passage, place) => {
    const part = `${key} ${place} ${passages.length}`;
    // What was stored before this page was loaded holds for every passage of the sentence.
    const time = (parts.get(part) ?? seen.get(key) ?? 0) + (inView(passage) ? ms : 0);
    parts.set(part, time);
    return time;
  });
  seen.set(key, Math.max(seen.get(key) ?? 0, Math.min(...times)));
}
// What keeps the clock from running out: the sentence, or the passages that still lack time, are out of view.
function isHidden(sentence) {
  if (!isUp(sentence)) return true;
  const passages = passagesOf(sentence);
  return passages.some((passage, place) => !inView(passage) && (parts.get(`${sentence.key} ${place} ${passages.length}`) ?? 0) < sentence.reading)
    && !passages.some((passage, place) => inView(passage) && (parts.get(`${sentence.key} ${place} ${passages.length}`) ?? 0) < sentence.reading);
}
let last = performance.now();
function tick() {
  const now = performance.now(), passed = Math.min(now - last, TICK * 5);
  last = now;
  if (document.visibilityState !== "visible" || document.querySelector("dialog[open]")) return;
  const unit = held(), shown = unit.filter(isUp);
  // Several sentences at once share the time: nobody reads two in the time of one.
  const all = shown.reduce((sum, { reading }) => sum + reading, 0);
  for (const sentence of shown) count(sentence, passed * sentence.reading / all);
  showStood(unit);
}
function left(unit) {
  return unit.reduce((sum, { key, reading }) => sum + Math.max(0, reading - (seen.get(key) ?? 0)), 0);
}
function showStood(unit) {
  const at = document.getElementById("stood");
  if (!at || !unit.length) return;
  const rest = left(unit);
  at.classList.toggle("is-enough", rest === 0);
  at.textContent = rest === 0 ? "read" : isStuck(unit) ? "scroll: part of it is out of view" : `reading: ${(rest / 1000).toFixed(1)} s left`;
  const told = document.getElementById("told");
  if (rest === 0 && told?.dataset.waits) tellHere(`Now ${told.dataset.waits} keeps it.`);
}
function isStuck(unit) {
  return unit.some((sentence) => (seen.get(sentence.key) ?? 0) < sentence.reading && isHidden(sentence));
}
function fill(form) {
  for (const field of form.querySelectorAll("[data-seen]")) field.value = String(Math.round(seen.get(field.dataset.seen) ?? 0));
}

// ---------- swapping the main part ----------

let busy = false;
async function swap(url, options = {}, { push = true } = {}) {
  if (busy) return;
  busy = true;
  main().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { credentials: "same-origin", headers: { "X-Requested-With": "desk" }, ...options });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("main");
    // A form that was refused as such: why is said above it, and what was typed stays where it is.
    if (fresh && options.method === "POST" && !answer.ok && !fresh.hasAttribute("data-swap")) {
      notTaken(fresh.querySelector("[role=alert], .empty")?.textContent ?? "The desk did not take it.");
      return;
    }
    if (!fresh || !fresh.hasAttribute("data-swap") || fresh.dataset.story !== main().dataset.story) { location.assign(answer.url); return; }
    put(page, fresh);
    if (push) history.pushState(null, "", answer.url);
  } catch {
    tell("The desk did not answer. Nothing was decided; try again.");
  } finally {
    busy = false;
    main()?.removeAttribute("aria-busy");
  }
}
function notTaken(words) {
  document.querySelector(".said")?.remove();
  const said = document.createElement("div"), line = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "alert");
  line.className = "said-error";
  line.textContent = words;
  said.append(line);
  main().before(said);
  said.scrollIntoView({ block: "nearest", behavior: "instant" });
}
function put(page, fresh) {
  const before = main(), at = before.querySelector(".story")?.scrollTop ?? 0;
  const moved = fresh.dataset.number !== before.dataset.number;
  const evidence = before.querySelector(".evidence")?.scrollTop ?? 0;
  before.replaceWith(document.adoptNode(fresh));
  document.title = page.title;
  swapSaid(page);
  fresh.querySelector(".story")?.scrollTo({ top: at, behavior: "instant" });
  if (!moved) fresh.querySelector(".evidence")?.scrollTo({ top: evidence, behavior: "instant" });
  arrive(moved);
}
function swapSaid(page) {
  document.querySelector(".said")?.remove();
  const said = page.querySelector(".said");
  if (said) main().before(document.adoptNode(said));
}
function arrive(moved) {
  last = performance.now();
  const row = document.querySelector(".s.is-current"), story = document.querySelector(".story");
  if (row && story && story.scrollHeight > story.clientHeight) bring(story, row, row.querySelector("form") !== null);
  const first = document.querySelector("[data-focus]");
  if (first) { first.focus({ preventScroll: true }); (first.closest("form") ?? first).scrollIntoView({ block: "nearest", behavior: "instant" }); }
  if (moved && row) tell(row.querySelector(".s-text a")?.textContent.trim().slice(0, 200) ?? "");
}
// The whole unit comes into view, nearest edge first; nothing jumps when it is there already.
function bring(story, row, atOnce) {
  const rows = [...story.querySelectorAll(".is-unit, .is-current")];
  const top = Math.min(...rows.map((r) => r.offsetTop)), bottom = Math.max(...rows.map((r) => r.offsetTop + r.offsetHeight));
  const view = story.clientHeight, at = story.scrollTop;
  if (top >= at + 8 && bottom <= at + view - 8) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const to = bottom - top > view ? row.offsetTop - 16 : Math.max(0, (top + bottom - view) / 2);
  story.scrollTo({ top: to, behavior: calm || atOnce ? "instant" : "smooth" });
}

// ---------- what is pressed before there was time to read is not done, now or later ----------

function decide(form) {
  const wanted = new Set([...form.querySelectorAll("[data-seen]")].map((field) => field.dataset.seen));
  const unit = held().filter(({ key }) => wanted.has(key)), rest = left(unit);
  if (rest === 0) { send(form); return; }
  const button = form.querySelector("[data-key]");
  const name = byKeys() ? button.dataset.key.toUpperCase() : button.querySelector("b").textContent;
  const why = isStuck(unit)
    ? `Not kept: not all of its marked passages were in view. Read them too${byKeys() ? " (Space shows the next)" : ""}, then press ${name} again. `
    : `Not kept: reading this takes ${(rest / 1000).toFixed(1)} s more. Then press ${name} again. `;
  tellHere(why, unread(form));
  showUnseen();
  document.getElementById("told").dataset.waits = name;
}
// Where the keys are printed on the buttons, they are what is told.
function byKeys() { return matchMedia("(min-width: 60rem)").matches; }
// Brings the first passage that still lacks time into view, and what fits with it.
function showUnseen() {
  for (const sentence of held()) {
    const passages = passagesOf(sentence);
    const lacks = passages.find((_, place) => (parts.get(`${sentence.key} ${place} ${passages.length}`) ?? 0) < sentence.reading);
    if (lacks) { lacks.scrollIntoView({ block: inView(lacks) ? "nearest" : "start", behavior: "instant" }); return; }
  }
}
// There is a way out, said for what it is: where a passage cannot be brought into view at all.
function unread(form) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = "Keep it without that: readers are not told that it was checked";
  button.addEventListener("click", () => send(form));
  return button;
}
function send(form) {
  fill(form);
  swap(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || !form.closest("[data-swap]")) return;
  event.preventDefault();
  if (form.querySelector('button[type=submit][aria-disabled="true"]')) { refuse(form.querySelector("button")); return; }
  if (form.hasAttribute("data-reads")) decide(form); else send(form);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a, button");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  if (link.getAttribute("aria-disabled") === "true") { event.preventDefault(); refuse(link); return; }
  if (link.dataset.key === "?" && document.getElementById("keys")) { event.preventDefault(); document.getElementById("keys").showModal(); return; }
  if (link.tagName !== "A" || link.hasAttribute("data-leave") || !link.closest("[data-swap]") || link.getAttribute("href").startsWith("#")) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== location.pathname || !url.searchParams.has("s")) return;
  event.preventDefault();
  swap(url.href);
});
function refuse(control) {
  const why = control.dataset.why ?? control.querySelector("span")?.textContent ?? document.getElementById("why-not")?.textContent ?? "";
  const word = control.querySelector("b")?.textContent ?? control.lastChild?.textContent ?? "";
  tellHere(`${word.trim()}: not now. ${why.trim().replace(/\s+/g, " ")}`);
  if (control.dataset.key === "a") location.hash = "rail";
}
addEventListener("popstate", () => { if (main()?.hasAttribute("data-swap") && !location.hash) swap(location.href, {}, { push: false }); });

// ---------- keys, only while no field has the focus ----------

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  // A choice is made with the space bar and the arrows, and sent as any field is.
  const chooses = ["radio", "checkbox"].includes(typing?.type);
  if (typing && (!chooses || /^(Enter| |Arrow.*)$/.test(event.key))) { keysWhileTyping(event, typing); return; }
  if (event.metaKey || event.ctrlKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (/^[1-9]$/.test(event.key)) { openCapture(event); return; }
  if (event.key === " " && main().hasAttribute("data-swap") && !event.target.closest("a, button, summary")) { event.preventDefault(); showUnseen(); return; }
  const name = event.key === "Escape" ? "[data-esc]" : `[data-key="${CSS.escape(event.key.length === 1 ? event.key.toLowerCase() : event.key)}"]`;
  const control = document.querySelector(name);
  if (!control) return;
  event.preventDefault();
  if (!event.repeat || event.key.startsWith("Arrow")) control.click();
});
function keysWhileTyping(event, field) {
  // Left to itself, the browser takes Escape for "stop loading", and nobody gets anywhere.
  if (event.key === "Escape") { event.preventDefault(); document.querySelector("[data-esc]")?.click(); }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); field.form?.requestSubmit(); }
}
function openCapture(event) {
  const summary = document.querySelector(`[data-cap="${event.key}"]`);
  if (!summary) return;
  event.preventDefault();
  summary.parentElement.open = !summary.parentElement.open;
  summary.scrollIntoView({ block: "nearest" });
}

// Words selected in a capture that is read whole go into the field for citing.
document.addEventListener("selectionchange", () => {
  const field = document.querySelector(".cite-bar textarea"), chosen = getSelection();
  if (field && chosen && !chosen.isCollapsed && chosen.anchorNode?.parentElement?.closest(".cap-text")) {
    field.value = chosen.toString();
    field.closest("details").open = true;
  }
});

// On a phone the statement is read before the field for the code has the focus.
if (matchMedia("(min-width: 68rem)").matches) document.querySelector("[data-focus-wide]")?.focus({ preventScroll: true });

if (document.querySelector(".read")) { recall(); arrive(false); setInterval(tick, TICK); addEventListener("pagehide", remember); document.addEventListener("visibilitychange", () => { last = performance.now(); remember(); }); }
