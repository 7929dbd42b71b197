// Colleagues see who has a case open. While somebody works on the page, that is renewed every minute; without any movement it
// is not, so that an open page neither claims a reader nor keeps a session open.
(() => {
  "use strict";
  const address = document.currentScript.dataset.here;
  let moved = false;
  for (const kind of ["keydown", "pointermove", "pointerdown", "scroll"]) {
    addEventListener(kind, () => { moved = true; }, { passive: true });
  }
  setInterval(() => {
    if (!moved || document.visibilityState !== "visible") return;
    moved = false;
    fetch(address, { redirect: "manual" }).catch(() => {}); // no connection: the next minute tries again
  }, 60000);
})();
