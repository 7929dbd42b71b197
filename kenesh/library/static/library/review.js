// Checking with the keyboard. Keys work while a finding has the focus; every one of them has a button too.
"use strict";
(() => {
  const form = document.querySelector("form[data-keys]");
  if (!form) return;
  const cards = [...form.querySelectorAll(".finding")];
  const waiting = () => cards.filter((card) => card.dataset.state === "waiting");
  const show = (card) => {
    const key = card.id.slice(2);
    for (const mark of document.querySelectorAll("mark.now")) mark.classList.remove("now");
    const marks = document.querySelectorAll(`mark[data-keys~="${CSS.escape(key)}"]`);
    for (const mark of marks) mark.classList.add("now");
    const place = marks[0] || document.getElementById(`at-${key}`);
    const paper = document.querySelector(".original");
    if (place && getComputedStyle(paper).position === "sticky") {
      const shift = place.getBoundingClientRect().top - paper.getBoundingClientRect().top - paper.clientHeight / 3;
      paper.scrollBy({ top: shift });
    }
  };
  const go = (card) => {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };
  for (const card of cards) card.addEventListener("focusin", () => show(card));

  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("input:not([type=radio]), textarea, select")) return;
    const card = event.target.closest(".finding");
    if (!card) return;
    const press = (name) => card.querySelector(`button[name="${name}"]`)?.click();
    const at = cards.indexOf(card);
    // Where the layout writes no Latin letters, the place of the key counts: Ф of a Russian keyboard is A.
    const key = /^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "");
    const does = {
      j: () => go(cards[at + 1]),
      k: () => go(cards[at - 1]),
      a: () => press("accept"),
      r: () => press("reject"),
      u: () => press("undo"),
      e: () => { if (card.dataset.edit) location.assign(card.dataset.edit); },
    }[key.toLowerCase()];
    if (!does) return;
    event.preventDefault();
    does();
  });

  for (const mark of document.querySelectorAll("mark[data-keys]")) {
    mark.addEventListener("click", () => go(document.getElementById(`f-${mark.dataset.keys.split(" ")[0]}`)));
  }
  for (const link of form.querySelectorAll("a[data-at]")) {
    link.addEventListener("click", (event) => {
      const paper = document.querySelector(".original");
      if (getComputedStyle(paper).position !== "sticky" || !document.getElementById(`at-${link.dataset.at}`)) return;
      event.preventDefault();
      go(link.closest(".finding"));
    });
  }
  const add = form.querySelector("a[data-add]");
  add?.addEventListener("click", () => {
    const words = String(getSelection()).trim().slice(0, 1000);
    if (words) add.search = new URLSearchParams({ words }).toString();
  });
  const target = location.hash.startsWith("#f-") && document.getElementById(location.hash.slice(1));
  if (target) go(target);
  else if (matchMedia("(hover: hover)").matches) waiting()[0]?.focus({ preventScroll: true });
})();
