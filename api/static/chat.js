// What the page can do besides a form: send in place, ask for news, tell where one is, and leave at once.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const on = (name, act) => document.addEventListener(name, act);
  const sending = new WeakMap(); // request -> what to put back where it fails
  const waiting = []; // what was sent without a connection, the oldest first: in this page alone, as others may hold the phone
  let resending = false;
  let tag = null; // of the last news
  let scroll = false;
  let asked = 0; // times for news
  let lively = Date.now(); // when something was said last
  const QUIET = 5 * 60 * 1000;

  const number = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-");

  function leave(link) {
    // In the background, so that nothing is waited for: the cookie is deleted while the other page loads.
    fetch(link.href, { redirect: "manual", keepalive: true }).catch(() => {});
    document.body.replaceChildren();
    location.replace(link.dataset.neutral);
  }

  const toEnd = () => scrollTo(0, document.documentElement.scrollHeight);
  const atEnd = () => innerHeight + scrollY > document.documentElement.scrollHeight - 200;

  function pend(words) {
    const all = [...waiting.map((one) => one.words), words].filter(Boolean).join("\n\n");
    byId("pending").textContent = all;
    byId("pending").hidden = !all;
    byId("offline").hidden = navigator.onLine && !waiting.length;
  }

  // Back again: what waits goes out in its order, each with its old number, so that it arrives once.
  async function resend() {
    if (resending) return;
    resending = true;
    try {
      while (waiting.length) {
        const [{ form, values }] = waiting;
        const arrived = new Promise((done) => { waiting[0].done = done; });
        htmx.ajax("POST", "/chat/messages", { target: "#lines", swap: "beforeend", values: { ...values, after: byId("after").value } }).catch(() => {});
        if (!await arrived) break;
        waiting.shift();
        form.hidden = false;
        pend("");
      }
    } finally { resending = false; }
  }
  addEventListener("offline", () => { const end = atEnd(); pend(""); if (end) toEnd(); });
  addEventListener("online", () => { pend(""); resend(); });

  // A click on a link adds no step to the history: one step back leads to where the person came from.
  on("click", (event) => {
    const link = event.target.closest("#exit, .language, .refresh a");
    if (!link) return;
    event.preventDefault();
    if (link.id === "exit") leave(link);
    else location.replace(link.href);
  });

  // Three times Esc leaves at once, wherever one is.
  let escapes = [];
  on("keydown", (event) => {
    if (event.key !== "Escape") { escapes = []; return; }
    escapes = [...escapes.filter((at) => event.timeStamp - at < 2000), event.timeStamp];
    if (escapes.length >= 3) leave(byId("exit"));
  });

  on("click", (event) => {
    const button = event.target.closest("#fresh");
    if (!button) return;
    byId(button.dataset.line)?.scrollIntoView({ block: "start" });
    button.hidden = true;
  });

  // A keyboard that opens takes half of the screen: who was at the end stays there.
  let stays = false;
  addEventListener("resize", () => { if (stays) toEnd(); });

  on("scroll", () => {
    stays = atEnd() && Boolean(byId("lines")?.lastElementChild);
    const button = byId("fresh"); // gone once somebody left
    if (button && atEnd()) button.hidden = true;
  });

  on("keydown", (event) => {
    if (event.target.id !== "text" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId("composer").requestSubmit();
  });

  on("click", (event) => {
    if (!event.target.closest("#locate")) return;
    const form = byId("place");
    const missing = byId("no-location");
    missing.hidden = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.latitude.value = coords.latitude;
        form.elements.longitude.value = coords.longitude;
        form.requestSubmit();
      },
      () => { missing.hidden = false; },
      { enableHighAccuracy: true, timeout: 20000 },
    );
  });

  on("htmx:configRequest", ({ detail }) => {
    if (detail.verb === "get" && tag) detail.headers["If-None-Match"] = tag;
  });

  // Data costs money: a page that nobody sees asks for nothing, one where nothing was said for long asks every third time.
  on("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id !== "news") return;
    asked += 1;
    const still = Date.now() - lively > QUIET && asked % 3;
    if (document.hidden || still) event.preventDefault();
  });

  // What is sent leaves the form at once, so that a second tap finds nothing to send and the next words can be typed.
  on("htmx:beforeSend", ({ detail: { elt, xhr, requestConfig } }) => {
    if (elt.tagName !== "FORM") return;
    lively = Date.now();
    const field = byId("text");
    const button = requestConfig.triggeringEvent?.submitter;
    const tapped = elt.id === "choices" || elt.id === "examples";
    sending.set(xhr, {
      form: elt, once: elt.elements.once.value, text: elt.id === "composer" ? field.value : "",
      words: tapped ? button?.textContent : elt.id === "composer" ? field.value : "…",
      values: Object.fromEntries(requestConfig.formData),
      keyboard: tapped && button?.matches(":focus-visible"),
    });
    elt.elements.once.value = number();
    byId("unsent").hidden = true;
    if (byId("start")) byId("start").hidden = true; // removed now, its request would end unheard
    pend(sending.get(xhr).words);
    if (elt.id === "composer") field.value = "";
    if (tapped) elt.hidden = true;
    byId("pending").scrollIntoView({ block: "nearest" });
  });

  on("htmx:beforeSwap", ({ detail }) => {
    const whole = detail.xhr.getResponseHeader("HX-Retarget");
    if (whole) Object.assign(detail, { shouldSwap: true, isError: false }); // an excuse, with the words in it
    if (whole || !detail.shouldSwap) return;
    // News and the answer to a message may bring the same lines.
    const fresh = document.createElement("template");
    fresh.innerHTML = detail.serverResponse;
    for (const line of fresh.content.querySelectorAll("li")) if (byId(line.id)) line.remove();
    detail.serverResponse = fresh.innerHTML;
    const first = fresh.content.querySelector("li");
    if (first) lively = Date.now();
    const follows = sending.has(detail.xhr) || atEnd();
    scroll = first && follows ? first.id : null;
    if (first && !follows) Object.assign(byId("fresh"), { hidden: false }).dataset.line = first.id;
  });

  on("htmx:afterSwap", () => {
    if (scroll) byId(scroll)?.scrollIntoView({ block: "start" });
    scroll = null;
  });

  on("htmx:afterRequest", ({ detail: { xhr, elt, requestConfig } }) => {
    if (elt.id === "news" && xhr.status) {
      tag = xhr.getResponseHeader("ETag");
      resend();
    }
    const arrived = xhr.status >= 200 && xhr.status < 300;
    const sent = sending.get(xhr);
    if (!sent && requestConfig.verb === "post") waiting[0]?.done?.(arrived || xhr.getResponseHeader("HX-Retarget"));
    if (!sent) return;
    sending.delete(xhr);
    if (!xhr.status) waiting.push(sent);
    pend("");
    if (!xhr.status) toEnd();
    sent.form.hidden = !xhr.status && sent.form.id !== "composer";
    if (byId("start")) byId("start").hidden = arrived || !xhr.status;
    if (xhr.status && !arrived && !xhr.getResponseHeader("HX-Retarget")) putBack(sent);
    if (sent.form.id === "composer" || sent.keyboard) byId("text")?.focus({ preventScroll: true });
  });

  // With its old number: had it arrived after all, the second try changes nothing.
  function putBack({ form, once, text }) {
    const field = byId("text");
    if (!field.value) form.elements.once.value = once;
    field.value = [text, field.value].filter(Boolean).join("\n");
    byId("unsent").hidden = false;
    byId("unsent").scrollIntoView({ block: "nearest" });
  }

  // Now, and whenever the page's inside is new.
  on("htmx:load", () => {
    byId("refresh").hidden = true;
    byId("place").hidden = !(isSecureContext && navigator.geolocation);
  });
  // The composer is always in view: who comes back goes to the end, for the last line.
  if (byId("lines").lastElementChild && !location.hash) toEnd();
})();
