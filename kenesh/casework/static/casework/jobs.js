// Goes on with long work by itself, two seconds at a time. Without this script a button does the same.
"use strict";
(() => {
  const form = document.querySelector("form[data-job]");
  const wishes = { running: "go_on", undoing: "undo" };
  const wish = form && wishes[form.dataset.job];
  if (!wish) return;
  const bar = document.querySelector("progress");
  const said = document.querySelector("[data-job-said]");
  const step = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set("do", wish);
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
    } catch {
      setTimeout(step, 5000); // the connection is broken: try again
      return;
    }
    if (!answer.ok) {
      location.reload();
      return;
    }
    const now = await answer.json();
    if (bar) {
      bar.max = now.total || 1;
      bar.value = now.done;
    }
    if (said) said.textContent = `${now.percent} %`;
    if (now.state === "running" || (wish === "undo" && now.state !== "undone")) setTimeout(step, 50);
    else location.reload();
  };
  step();
})();
