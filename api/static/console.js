// What the console can do besides forms: ask what is new without moving focus or text, put answers in, send by keyboard.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const on = (name, act) => document.addEventListener(name, act);
  const tags = {}; // polled element -> tag of what it shows
  const title = document.title;
  let focused = null;
  let atEnd = true;

  const atBottom = (log) => log.scrollTop + log.clientHeight > log.scrollHeight - 60;
  const toBottom = () => { const log = byId("log"); if (log) log.scrollTop = log.scrollHeight; };

  on("htmx:configRequest", ({ detail: { elt, headers } }) => {
    if (tags[elt.id]) headers["If-None-Match"] = tags[elt.id];
  });

  on("htmx:beforeSwap", ({ detail }) => {
    if (!detail.target || !["queue", "live"].includes(detail.target.id)) return;
    focused = detail.target.contains(document.activeElement) ? document.activeElement.id : null;
    const log = byId("log");
    atEnd = !log || atBottom(log);
  });

  on("htmx:afterSwap", ({ detail: { target } }) => {
    if (focused) byId(focused)?.focus({ preventScroll: true });
    focused = null;
    if (atEnd) toBottom();
    const list = target.querySelector("[data-said]");
    if (list && byId("said").textContent !== list.dataset.said) byId("said").textContent = list.dataset.said;
    count();
  });

  on("htmx:afterRequest", ({ detail: { elt, xhr } }) => {
    if (elt.id !== "queue" && elt.id !== "live") return;
    byId("ended").hidden = xhr.status !== 401;
    byId("offline").hidden = xhr.status !== 0 && xhr.status < 500;
    if (xhr.status === 200) tags[elt.id] = xhr.getResponseHeader("ETag");
    const looked = xhr.getResponseHeader("Page-Looked-At");
    if (looked && byId("looked")) byId("looked").textContent = byId("looked").dataset.said.replace("{ago}", ago(looked));
  });

  const ago = (seconds) => (seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`);

  // The number of open cases stands in the tab's title.
  function count() {
    const open = document.querySelector("#queue [data-count]")?.dataset.count;
    document.title = open && open !== "0" ? `(${open}) ${title}` : title;
  }

  on("click", (event) => {
    const button = event.target.closest(".insert");
    if (!button) return;
    const field = byId("text");
    const text = button.parentElement.querySelector(".text").textContent;
    field.value = [field.value.trim(), text].filter(Boolean).join("\n\n");
    field.focus();
  });

  on("keydown", (event) => {
    if (event.target.id !== "text" || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    byId("composer").requestSubmit();
  });

  // A second tap on a button that sends finds nothing to send.
  on("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
    setTimeout(() => delete event.target.dataset.sent, 5000);
  });

  toBottom();
  count();
})();
