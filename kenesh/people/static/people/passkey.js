// Asks a passkey or a security key (WebAuthn) and sends what it answers. Codes of an app work without this script.
"use strict";
(() => {
  const form = document.querySelector("form[data-factor]");
  const box = form?.querySelector("[data-passkey]");
  if (!box || !form.dataset.question || !window.PublicKeyCredential) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const ask = async () => {
    const question = JSON.parse(form.dataset.question);
    question.challenge = bytes(question.challenge);
    const isNew = "new" in form.dataset;
    if (isNew) {
      question.user.id = bytes(question.user.id);
      question.excludeCredentials = known(question.excludeCredentials);
    } else {
      question.allowCredentials = known(question.allowCredentials);
    }
    const given = await navigator.credentials[isNew ? "create" : "get"]({ publicKey: question });
    const response = { clientDataJSON: text(given.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature"]) {
      if (given.response[part]) response[part] = text(given.response[part]);
    }
    return JSON.stringify({ id: given.id, rawId: text(given.rawId), type: given.type, response });
  };
  box.hidden = false;
  box.querySelector("button").addEventListener("click", async () => {
    const password = form.elements.password;
    if (password && !password.reportValidity()) return; // a key that was touched in vain is touched twice
    try {
      form.elements.passkey.value = await ask();
      form.submit();
    } catch {
      box.querySelector("[data-failed]").hidden = false;
    }
  });
})();
