// Keeps a screen of the meeting up to date: asks every three seconds whether anything is new, and swaps what is. Without this script
// the page shows what is new when it is loaded again.
"use strict";
(() => {
  const WAIT = 3000;
  const frame = document.querySelector("[data-tag]");
  if (!frame) return;
  const parts = (within) => [...within.querySelectorAll("[data-part]")];
  const shape = (part) => part.innerHTML.replace(/name="(csrfmiddlewaretoken|key)" value="[^"]*"|data-seconds="[^"]*"|<output.*?<\/output>/g, "");
  const isBusy = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea, summary");
  let shown = new Map(parts(document).map((part) => [part.id, shape(part)]));

  const swap = (fresh) => {
    let whole = true;
    for (const part of parts(document)) {
      const newer = fresh.getElementById(part.id);
      if (!newer || shown.get(part.id) === shape(newer)) continue;
      if (isBusy(part)) {
        whole = false;
        continue;
      }
      const held = part.contains(document.activeElement) ? document.activeElement.id : "";
      const open = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
      shown.set(part.id, shape(newer));
      part.replaceWith(newer);
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      if (held) document.getElementById(held)?.focus();
    }
    return whole;
  };

  const look = async () => {
    try {
      const answer = await fetch(location.pathname, {
        headers: { "If-None-Match": frame.dataset.tag }, cache: "no-store", redirect: "error",
      });
      if (answer.status === 200) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        const tag = fresh.querySelector("[data-tag]")?.dataset.tag;
        if (swap(fresh) && tag) frame.dataset.tag = tag;
        begin();
      } else if (answer.status === 404 || answer.status === 410) {
        location.reload(); // the link has ended: the page says what to do
        return;
      }
      frame.removeAttribute("data-lost");
    } catch {
      frame.setAttribute("data-lost", ""); // the connection is broken: the next look comes
    }
    setTimeout(look, WAIT);
  };

  // the clock of who speaks: seconds spoken when the page was made, counted on by this machine
  let began = 0;
  let of = null;
  const begin = () => {
    const clock = document.querySelector("[data-seconds]");
    if (clock && clock !== of) began = performance.now() - clock.dataset.seconds * 1000;
    of = clock;
  };
  const tick = () => {
    if (of?.isConnected) {
      const seconds = Math.max(0, Math.floor((performance.now() - began) / 1000));
      const allowed = Number(of.dataset.allowed);
      of.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (allowed) of.dataset.tone = seconds > allowed ? "bad" : seconds > allowed - 30 ? "warn" : "good";
    }
  };
  begin();
  setInterval(tick, 500);
  setTimeout(look, WAIT);
})();
