// A page that answered a form gets its own address: reloading it, or coming back to it, sends nothing again.
history.replaceState(null, "", document.currentScript.dataset.address);
