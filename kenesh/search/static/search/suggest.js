// Offers words while somebody writes (ARIA 1.2: combobox with a listbox). Without this script the form gives the page of results.
"use strict";
for (const input of document.querySelectorAll("[data-suggest]")) {
  const list = document.createElement("ul");
  list.id = input.id + "-offers";
  list.className = "list card offers";
  list.hidden = true;
  const say = (node, said) => { for (const name in said) node.setAttribute(name, said[name]); };
  say(list, { role: "listbox", "aria-label": input.ariaLabel || input.labels[0]?.textContent || "" });
  say(input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": false, "aria-controls": list.id });
  input.after(list);
  let at = -1, timer;
  const mark = (to) => {
    const offers = [...list.children];
    at = to;
    offers.forEach((each, number) => say(each, { "aria-selected": number === at }));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else say(input, { "aria-activedescendant": offers[at].id });
  };
  const open = (wanted) => {
    list.hidden = !wanted;
    say(input, { "aria-expanded": wanted });
    mark(-1);
  };
  const choose = (offer) => {
    input.value = offer.textContent;
    open(false);
    input.form.requestSubmit();
  };
  const ask = async () => {
    const words = input.value.trim();
    if (words.length < 2) return open(false);
    let offers = [];
    try {
      const query = new URLSearchParams({ q: words, lang: document.documentElement.lang });
      const answer = await fetch("/api/v1/suggestions?" + query);
      if (answer.ok) offers = (await answer.json()).suggestions;
    } catch {
      // the connection is broken: the form still works
    }
    if (words !== input.value.trim() || document.activeElement !== input) return;
    list.replaceChildren(...offers.map((offer, number) => {
      const line = document.createElement("li");
      line.textContent = offer.text;
      say(line, { role: "option", id: list.id + number, lang: offer.language });
      return line;
    }));
    open(offers.length > 0);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
  input.addEventListener("keydown", (event) => {
    const number = list.children.length;
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") mark(at + 1 < number ? at + 1 : 0);
    else if (event.key === "ArrowUp") mark(at > 0 ? at - 1 : number - 1);
    else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
    else if (event.key === "Escape") open(false);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const offer = event.target.closest("li");
    if (offer) choose(offer);
  });
  input.addEventListener("blur", () => open(false));
}
