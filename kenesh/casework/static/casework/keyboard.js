// Forms for the keyboard. Everything works without this file too.
//   data-enter-sends     Enter in any field but a long text sends the form
//   data-digits="name"   digits choose among the radio buttons of that name: 3, or 1 and 2 quickly for the twelfth
"use strict";

for (const form of document.querySelectorAll("form[data-enter-sends]")) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("select, input[type=radio], input[type=checkbox]")) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
}

for (const form of document.querySelectorAll("form[data-digits]")) {
  const tiles = [...form.querySelectorAll(`input[type=radio][name="${form.dataset.digits}"]`)];
  tiles.forEach((tile, index) => {
    const key = document.createElement("kbd");
    key.textContent = String(index + 1);
    tile.closest("label").append(key);
  });
  let typed = "";
  let timer = 0;
  document.addEventListener("keydown", (event) => {
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
    const both = Number(typed + event.key);
    typed = both >= 1 && both <= tiles.length ? String(both) : event.key;
    const tile = tiles[Number(typed) - 1];
    if (tile) {
      tile.checked = true;
      tile.focus();
    }
    clearTimeout(timer);
    timer = setTimeout(() => { typed = ""; }, 700);
  });
}
