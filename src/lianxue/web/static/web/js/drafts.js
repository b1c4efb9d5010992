// <form data-draft="name">: what is typed is kept in this tab until it has been sent, so that a lost connection, a
// wrong press or an expired page loses nothing. Kept for the tab only: the computer may be shared.
(() => {
  const { words, each } = window.lianxue;
  const prefix = "draft:";
  const sent = "draft-sent";
  const skipped = new Set(["password", "file", "hidden", "submit", "button"]);

  const fields = (form) =>
    [...form.elements].filter((one) => one.name && !skipped.has(one.type) && !one.closest("[data-no-draft]"));

  const read = (form) =>
    fields(form).map((one) => [one.name, one.value, /checkbox|radio/.test(one.type) ? one.checked : null]);

  const fill = (form, kept) => {
    let changed = false;
    const own = fields(form);
    kept.forEach(([name, value, checked], place) => {
      const one = own[place];
      if (one?.name !== name) return;
      if (checked === null ? one.value !== value : one.checked !== checked) {
        changed = true;
        if (checked === null) one.value = value;
        else one.checked = checked;
      }
    });
    return changed;
  };

  const store = {
    get: (key) => {
      try {
        return sessionStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set: (key, value) => {
      try {
        if (value === null) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, value);
      } catch {
        // Storage is full or switched off: the form works as any other.
      }
    },
  };

  // Sent and not shown again, or answered by a success: the draft has done its work.
  const gone = store.get(sent);
  if (gone && !document.body.hasAttribute("data-keep-drafts")) {
    const again = document.querySelector(`form[data-draft="${CSS.escape(gone)}"]`);
    if (!again || document.querySelector(".message.is-success")) store.set(prefix + gone, null);
    store.set(sent, null);
  }

  each("form[data-draft]", (form) => {
    const key = prefix + form.dataset.draft;
    const note = document.createElement("p");
    note.className = "draft-note";
    note.setAttribute("role", "status");
    form.append(note);
    const kept = store.get(key);
    const refused = form.querySelector("[aria-invalid=true], .error-summary");
    if (kept && !refused && fill(form, JSON.parse(kept))) note.textContent = words.restored;
    let timer = 0;
    const write = () => {
      clearTimeout(timer);
      timer = 0;
      store.set(key, JSON.stringify(read(form)));
    };
    const keep = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        write();
        const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
        note.textContent = words.saved.replace("{time}", time);
      }, 600);
    };
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    window.addEventListener("pagehide", () => timer && write());
    form.addEventListener("submit", () => {
      write();
      store.set(sent, form.dataset.draft);
    });
  });
})();
