// Keys of the queue. Without this file everything works with Tab, Space and Enter; nothing here sends anything by itself
// that a button of the page does not send.
(() => {
  "use strict";
  const rows = [...document.querySelectorAll("tr[data-row]")];
  const form = document.getElementById("several");
  const dialog = document.getElementById("keys-dialog");
  const keys = document.getElementById("keys");
  const home = keys.parentNode, after = keys.nextSibling;
  const link = (row) => row.querySelector("th a");
  const box = (row) => row.querySelector("input[type=checkbox]");
  const button = (what) => form && form.querySelector(`button[value="${what}"]`);
  const current = () => rows.find((row) => row.contains(document.activeElement));

  const move = (step) => {
    const here = rows.indexOf(current());
    const next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step];
    if (next) link(next).focus(); // real focus: a screen reader reads the line
  };
  const only = (row) => rows.forEach((one) => { box(one).checked = one === row; });
  const act = (what) => {
    const row = current();
    if (!row || !button(what)) return false;
    if (!rows.some((one) => box(one).checked)) only(row);
    form.requestSubmit(button(what));
    return true;
  };
  const open = (part) => {
    const row = current();
    if (row) location.assign(link(row).href + part);
    return Boolean(row);
  };
  const help = () => {
    dialog.prepend(keys);
    dialog.showModal();
    return true;
  };
  dialog.addEventListener("close", () => home.insertBefore(keys, after));
  document.querySelector('a[href="#keys"]').addEventListener("click", (event) => {
    event.preventDefault();
    help();
  });

  const isNew = Boolean(button("take_up"));
  const does = {
    j: () => (move(1), true),
    k: () => (move(-1), true),
    x: () => { const row = current(); if (row) box(row).checked = !box(row).checked; return Boolean(row); },
    a: () => {
      if (!current() || !button("assign")) return false;
      form.elements.assignee.value = "me";
      return act("assign");
    },
    1: () => isNew && act("take_up"),
    2: () => isNew && open("#duplicates"),
    3: () => isNew && open("#decline"),
    h: () => {
      const row = current();
      if (!row || !button("snooze")) return false;
      box(row).checked = true;
      form.elements.until.focus();
      return true;
    },
    u: () => { const undo = document.querySelector("[data-key=u]"); if (undo) undo.click(); return Boolean(undo); },
    "/": () => {
      const field = document.querySelector("input[type=search]");
      const page = document.querySelector("a[data-search]");
      if (field) field.focus(); else if (page) page.click();
      return Boolean(field || page);
    },
    "?": help,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    // Where the layout writes no Latin letters, the place of the key counts: Ф of a Russian keyboard is A.
    const place = event.code.replace(/^Key/, "").toLowerCase();
    const action = does[event.key.toLowerCase()] || (/^[^a-z]$/i.test(event.key) && /^[a-z]$/.test(place) && does[place]);
    if (action && action()) event.preventDefault();
  });
})();
