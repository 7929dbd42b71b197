// Looks again by itself while files are read. Without this script a button does the same.
"use strict";
(() => {
  const look = async () => {
    const shown = document.getElementById("progress");
    if (!shown?.dataset.again) return;
    try {
      const answer = await fetch(location.href, { redirect: "error" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("progress");
      if (answer.ok && fresh && !shown.contains(document.activeElement)) shown.replaceWith(fresh);
    } catch {
      // the connection is broken: the next look comes
    }
    setTimeout(look, 3000);
  };
  setTimeout(look, 3000);
})();
