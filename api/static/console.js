// What the console can do besides forms: take in what is new without moving focus or text, send in place, tell of news.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const on = (name, act) => document.addEventListener(name, act);
  const POLLED = ["queue", "live", "pulse"];
  const tags = {}; // polled element -> tag of what it shows
  const asSent = new WeakMap(); // part of a page -> its HTML as the server sent it
  const title = document.title;
  document.documentElement.classList.add("js");

  // Parts are known by their ids. What did not change is not touched: focus, what is unfolded and what was read out stay.
  function remember(here) {
    for (const part of here.children) {
      if (part.hasAttribute("data-parts")) remember(part);
      else asSent.set(part, part.outerHTML);
    }
  }

  function takeIn(here, fresh) {
    const ids = new Set([...fresh.children].map((part) => part.id));
    for (const part of [...here.children]) if (!part.id || !ids.has(part.id)) part.remove();
    let place = here.firstElementChild;
    for (const part of [...fresh.children]) {
      const known = [...here.children].find((one) => one.id === part.id);
      const next = known ? takeOne(known, part) : kept(part);
      if (known === place) place = next; // the old one may be gone
      if (next !== place || !known) here.insertBefore(next, place);
      place = next.nextElementSibling;
    }
  }

  function takeOne(known, part) {
    if (part.hasAttribute("data-parts")) {
      takeIn(known, part);
      return known;
    }
    if (asSent.get(known) === part.outerHTML) return known;
    const focused = known.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...known.querySelectorAll("details")].map((one) => one.open);
    const next = kept(part);
    known.replaceWith(next);
    [...next.querySelectorAll("details")].forEach((one, number) => { one.open = open[number] ?? one.open; });
    if (focused) byId(focused)?.focus({ preventScroll: true });
    return next;
  }

  function kept(part) {
    if (part.hasAttribute("data-parts")) remember(part);
    else asSent.set(part, part.outerHTML);
    return part;
  }

  function takeAll(html) {
    const log = byId("log");
    const atEnd = !log || isAtEnd(log);
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    for (const part of [...fresh.content.children]) if (byId(part.id)) takeOne(byId(part.id), part);
    if (atEnd) toBottom();
    ready();
    count();
  }

  const isAtEnd = (log) => log.scrollTop + log.clientHeight > log.scrollHeight - 60;
  const toBottom = () => { const log = byId("log"); if (log) log.scrollTop = log.scrollHeight; };

  // A telephone's keyboard takes half of the screen: the last words stay in sight.
  if (byId("log")) {
    let stays = true;
    byId("log").addEventListener("scroll", () => { stays = isAtEnd(byId("log")); });
    new ResizeObserver(() => { if (stays) toBottom(); }).observe(byId("log"));
  }

  // A page that nobody sees asks for the pulse alone, which rings; seen again, it takes in all at its next turn.
  on("htmx:beforeRequest", (event) => {
    const { id } = event.detail.elt;
    if (document.hidden && POLLED.includes(id) && id !== "pulse") event.preventDefault();
  });

  on("htmx:configRequest", ({ detail: { elt, headers } }) => {
    if (tags[elt.id]) headers["If-None-Match"] = tags[elt.id];
  });

  on("htmx:beforeSwap", ({ detail }) => {
    const { elt } = detail.requestConfig;
    if (POLLED.includes(elt.id) || elt.id === "composer") detail.shouldSwap = false;
  });

  on("htmx:afterRequest", ({ detail: { elt, xhr } }) => {
    if (elt.id === "composer") answered(elt, xhr);
    if (!POLLED.includes(elt.id)) return;
    byId("ended").hidden = xhr.status !== 401;
    byId("offline").hidden = xhr.status !== 0 && xhr.status < 500;
    if (xhr.status === 200) {
      tags[elt.id] = xhr.getResponseHeader("ETag");
      takeAll(xhr.responseText);
      if (elt.id === "pulse") tell();
    }
    const looked = xhr.getResponseHeader("Page-Looked-At");
    if (looked && byId("looked")) byId("looked").textContent = byId("looked").dataset.said.replace("{ago}", ago(looked));
  });

  const ago = (seconds) => (seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`);

  // After a reply: the transcript grows by it, the field is empty and has the focus. What was refused stays in it.
  function answered(form, xhr) {
    const field = byId("text");
    byId("told").replaceChildren();
    if (xhr.status === 200) {
      tags.live = null;
      field.value = "";
      byId("did")?.remove();
      keepDraft();
      takeAll(xhr.responseText);
      toBottom();
    } else if (xhr.status === 409) byId("told").innerHTML = xhr.responseText;
    else if (xhr.status === 401 || xhr.status === 403) return HTMLFormElement.prototype.submit.call(form);
    else byId("told").textContent = form.dataset.unsure;
    field.focus({ preventScroll: true });
  }

  // The number of open cases stands in the tab's title, on every page.
  function count() {
    const link = byId("pulse-queue");
    const open = link?.dataset.count ?? "0";
    document.title = open !== "0" ? `(${open}) ${title}` : title;
    document.body.classList.toggle("owes", byId("owed") !== null && !byId("owed").hidden);
  }

  // A private window keeps nothing.
  const shelf = (of) => ({
    get: (name) => { try { return of().getItem(name); } catch { return null; } },
    set: (name, value) => { try { of().setItem(name, value); } catch { /* not kept */ } },
    drop: (name) => { try { of().removeItem(name); } catch { /* not kept */ } },
    names: () => { try { return Object.keys(of()); } catch { return []; } },
  });
  const store = shelf(() => localStorage);

  // What was begun in a case stays in this tab, for who began it, until it is sent or they log out.
  const tab = shelf(() => sessionStorage);
  const draft = byId("live")?.dataset.draft;
  const keepDraft = () => { const words = byId("text").value; words.trim() ? tab.set(draft, words) : tab.drop(draft); };
  on("input", (event) => { if (event.target.id === "text") keepDraft(); });
  if (byId("text") && !byId("text").value) byId("text").value = tab.get(draft) ?? "";
  on("submit", ({ target }) => {
    if (target.getAttribute("action") === "/console/logout") tab.names().filter((name) => name.startsWith("draft ")).forEach(tab.drop);
    if (target.id === "resolve") target.elements.draft.value = byId("text")?.value.trim() ? "1" : "";
  });

  // What was done is said once: words that change are read out, and a reload says them no more.
  const did = byId("did"); // a reply within the tenth of a second takes it away
  if (did) {
    const words = did.textContent;
    did.textContent = "";
    setTimeout(() => { did.textContent = words; }, 100);
    history.replaceState(null, "", location.pathname + location.hash);
  }

  // Sound and a notice of the system, where somebody asked for them: without a word of a person.
  function tell() {
    const { newest, owes } = byId("pulse-queue")?.dataset ?? {};
    const before = store.get("newest");
    if (!newest || newest <= (before ?? "")) return;
    store.set("newest", newest);
    if (before === null) return;
    const said = byId("said");
    const words = Number(owes) > Number(store.get("owes") ?? 0) ? said.dataset.reply : said.dataset.case;
    store.set("owes", owes);
    said.textContent = words;
    if (store.get("bell") !== "on") return;
    ring();
    if (globalThis.Notification?.permission === "granted" && document.hidden) new Notification("Ventanilla", { body: words, tag: "ventanilla" });
  }

  function ring() {
    const Context = globalThis.AudioContext;
    if (!Context) return;
    const context = new Context();
    const tone = context.createOscillator();
    const volume = context.createGain();
    volume.gain.setValueAtTime(0.2, context.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + 0.7);
    tone.frequency.setValueAtTime(880, context.currentTime);
    tone.frequency.setValueAtTime(660, context.currentTime + 0.25);
    tone.connect(volume).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + 0.7);
    tone.onended = () => context.close();
  }

  function bell(state) {
    store.set("bell", state);
    byId("bell").setAttribute("aria-pressed", String(state === "on"));
  }

  if (byId("bell")) {
    byId("bell").hidden = false;
    bell(store.get("bell") ?? "off");
    byId("bell").addEventListener("click", () => {
      bell(store.get("bell") === "on" ? "off" : "on");
      if (store.get("bell") !== "on") return;
      ring();
      globalThis.Notification?.requestPermission();
    });
  }

  on("click", (event) => {
    const button = event.target.closest(".insert");
    if (!button) return;
    const field = byId("text");
    const text = button.dataset.text ?? button.parentElement.querySelector(".text").textContent;
    field.value = [field.value.trim(), text].filter(Boolean).join("\n\n");
    keepDraft();
    byId("canned").open = false;
    field.focus();
  });

  on("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch { // no secure context: select it, so that it can be copied by hand
      getSelection().selectAllChildren(button.previousElementSibling);
      return;
    }
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 2000);
  });

  // Where nothing is typed, one key does what is done most; `?` tells which. They can be switched off there.
  const rows = () => [...document.querySelectorAll(".case")];
  const step = (by) => {
    const all = rows();
    const here = all.findIndex((one) => one.contains(document.activeElement));
    const next = all[here < 0 ? 0 : Math.min(all.length - 1, Math.max(0, here + by))];
    next?.querySelector("a")?.focus();
  };
  const press = (selector) => document.querySelector(selector)?.click();
  const unfold = (selector, field) => {
    const part = document.querySelector(selector);
    if (!part) return;
    part.open = true;
    part.querySelector(field)?.focus();
  };
  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    t: () => (byId("claim") ?? document.activeElement.closest?.(".case")?.querySelector("form button"))?.click(),
    n: () => press("form[action='/console/next'] button"),
    r: () => byId("text")?.focus(),
    i: () => press(".chip.insert"),
    e: () => unfold("#resolving", "select"),
    p: () => unfold("#canned", "#topic"),
    g: () => { location.href = "/console"; },
    o: () => press("#owed a"),
    b: () => { location.href = "/console/search"; },
    "?": () => { location.href = "/console/keys"; },
  };

  on("keydown", (event) => {
    if (event.target.id === "text" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      byId("composer").requestSubmit();
      return;
    }
    const typing = event.target.closest?.("input, textarea, select");
    if (event.key === "Escape" && typing) return event.target.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || store.get("keys") === "off") return;
    if (!KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  const keys = byId("keys-on");
  if (keys) {
    keys.closest("[hidden]")?.removeAttribute("hidden");
    keys.checked = store.get("keys") !== "off";
    keys.addEventListener("change", () => store.set("keys", keys.checked ? "on" : "off"));
  }

  // A second tap on a button that sends finds nothing to send; of the composer htmx takes care.
  on("submit", (event) => {
    if (event.target.method !== "post" || event.target.id === "composer") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
    setTimeout(() => delete event.target.dataset.sent, 5000);
  });

  // What only a script can do is shown where there is one.
  function ready() {
    for (const button of document.querySelectorAll(".copy[hidden]")) button.hidden = false;
    for (const link of document.querySelectorAll("[data-map]")) {
      link.classList.toggle("chosen", link.dataset.map === store.get("map"));
      if (link.matches(".chosen:not(:first-of-type)")) link.parentElement.querySelector("[data-map]").before(link, " ");
    }
  }

  // The map that was opened last stands first, as a button.
  on("click", (event) => {
    const link = event.target.closest("[data-map]");
    if (!link) return;
    store.set("map", link.dataset.map);
    ready();
  });

  // A menu that is open closes where one looks elsewhere.
  on("click", (event) => {
    const menu = byId("menu");
    if (menu?.open && !menu.contains(event.target)) menu.open = false;
  });

  for (const id of ["queue", "pulse", "state", "alerts", "log", "act", "facts"]) {
    const part = byId(id);
    if (!part) continue;
    if (id === "queue" || part.hasAttribute("data-parts")) remember(part);
    else asSent.set(part, part.outerHTML);
  }
  ready();
  toBottom();
  count();
})();
