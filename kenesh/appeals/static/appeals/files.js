// Sends a file in pieces and goes on after a broken connection. Without this script the same form sends it whole.
for (const form of document.querySelectorAll("form[data-pieces]")) {
  const input = form.querySelector("[type=file]"), said = form.querySelector("[role=status]"), size = 262144;
  form.addEventListener("submit", async (event) => {
    const file = input.files[0], more = form.querySelector("[name$=description]");
    if (!file || !window.crypto?.subtle || (more && more.value)) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    const mark = new TextEncoder().encode([file.name, file.size, file.lastModified].join("\n"));
    const hash = [...new Uint8Array(await crypto.subtle.digest("SHA-256", mark))].slice(0, 16);
    const key = hash.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const send = async (number) => {
      const head = JSON.stringify({ key, name: file.name, size: file.size, number }) + "\n";
      const bytes = number < 0 ? "" : file.slice(number * size, (number + 1) * size);
      const answer = await fetch(form.dataset.pieces, {
        method: "POST",
        headers: { "Content-Type": "application/octet-stream", "X-CSRFToken": form.csrfmiddlewaretoken.value },
        body: new Blob([head, bytes]),
      });
      if (answer.redirected) location.reload();
      return answer.json();
    };
    let next = -1;
    for (;;) {
      let state;
      try {
        state = await send(next);
      } catch {
        state = { wait: true };
      }
      if (state.error) {
        said.textContent = state.error;
        button.disabled = false;
        return;
      }
      if (state.done) return location.assign(location.pathname);
      if (state.wait) {
        said.textContent = form.dataset.waits;
        next = -1;
        await new Promise((done) => setTimeout(done, 3000));
        continue;
      }
      next = state.have;
      said.textContent = Math.round((100 * state.have) / state.of) + " %";
    }
  });
}
