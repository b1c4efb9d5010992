// Forms: sent once, asked about first where it matters, faults in view. Every form also works without this.
(() => {
  const { words, each } = window.lianxue;

  // A double click sends once. The server refuses the second one too (request_key); this spares the person the wait.
  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll(".is-sending")) {
      button.classList.remove("is-sending");
      button.disabled = false;
      if (button.dataset.label) button.lastElementChild.textContent = button.dataset.label;
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // After this turn, so that the pressed button's own value is still sent.
    setTimeout(() => {
      for (const button of form.querySelectorAll("button[type=submit]")) {
        if (button.disabled) continue;
        button.classList.add("is-sending");
        button.disabled = true;
        if (button === event.submitter && button.classList.contains("button") && button.lastElementChild) {
          button.dataset.label = button.lastElementChild.textContent;
          button.lastElementChild.textContent = words.sending;
        }
      }
    });
    // A form that answers with a file leaves the page standing: let it be used again.
    setTimeout(() => release(form), 8000);
  });

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
  });

  // A question before a step that cannot be undone.
  let agreed = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-confirm]");
    if (!button || agreed === button || typeof HTMLDialogElement === "undefined") return;
    if (!button.form.reportValidity()) return;
    event.preventDefault();
    const dialog = document.createElement("dialog");
    dialog.className = "confirm";
    const question = document.createElement("p");
    question.id = "confirm-question";
    question.textContent = button.dataset.confirm;
    dialog.setAttribute("aria-labelledby", question.id);
    const yes = button.cloneNode(true);
    yes.type = "button";
    yes.removeAttribute("data-confirm");
    yes.removeAttribute("form");
    const no = document.createElement("button");
    no.type = "button";
    no.className = "button is-plain";
    no.textContent = words.cancel;
    const row = document.createElement("div");
    row.className = "actions";
    row.append(yes, no);
    dialog.append(question, row);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      button.focus();
    });
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      dialog.close();
      agreed = button;
      button.form.requestSubmit(button);
      agreed = null;
    });
    dialog.showModal();
    no.focus();
  });

  // An answer that waited behind another one was asked for when an older piece of the page stood there, which the answer
  // before it has replaced meanwhile. It belongs into the piece of the same name.
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    if (ctx.target?.isConnected === false && ctx.target.id) {
      ctx.target = document.getElementById(ctx.target.id) ?? ctx.target;
    }
  });

  each("[data-focus-first]", (summary) => summary.focus());

  // The desk: a scanner or keyboard can start at once; "/" goes to the search of any page.
  each("[data-desk-focus]", (input) => {
    if (window.matchMedia("(hover: hover)").matches) input.focus();
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const box = document.querySelector("[data-desk-focus], [role=search] input:not([type=hidden])");
      if (box) {
        event.preventDefault();
        box.focus();
        box.select?.();
      }
    }
  });

  // Menus shut on Escape and on a press beside them.
  const shut = (except) => {
    for (const open of document.querySelectorAll("details.tool[open], details.menu[open]")) {
      if (!except || !open.contains(except)) open.open = false;
    }
  };
  document.addEventListener("click", (event) => shut(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.tool[open], details.menu[open]");
    shut();
    open?.querySelector("summary").focus();
  });

  each("[data-back]", (button) => {
    if (window.history.length < 2) return;
    button.hidden = false;
    button.addEventListener("click", () => window.history.back());
  });
  each("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
