// Filling in: each answer is saved by itself when its writer goes on. What cannot be sent is kept in this tab and sent
// again; what somebody else changed meanwhile is shown at the question, never overwritten. Without this the form has a
// button that saves everything.
(() => {
  const form = document.querySelector("[data-filling-form]");
  if (!form) return;
  const words = form.dataset;
  const status = form.querySelector("[data-status]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const storeKey = `filling:${location.pathname}`;
  const states = new Map(); // question → {timer, busy, again, failed}
  const RETRY = 8000;

  const kept = {
    read: () => {
      try {
        return JSON.parse(sessionStorage.getItem(storeKey)) ?? {};
      } catch {
        return {};
      }
    },
    put: (key, entries) => {
      const all = kept.read();
      if (entries) all[key] = entries;
      else delete all[key];
      try {
        sessionStorage.setItem(storeKey, JSON.stringify(all));
      } catch {
        // Storage is full or switched off: the answer still stands on the page and is sent again from there.
      }
    },
  };

  const questionOf = (element) => element.closest?.("[data-question]");
  const byKey = (key) => form.querySelector(`[data-question="${CSS.escape(key)}"]`);
  const stateOf = (key) => {
    if (!states.has(key)) states.set(key, { timer: 0, busy: false, again: false, failed: false });
    return states.get(key);
  };

  const entriesOf = (question) => {
    const found = [];
    for (const one of question.querySelectorAll("input[name], select[name], textarea[name]")) {
      if (one.type === "file" || one.hasAttribute("data-no-save") || one.closest("template")) continue;
      if (/checkbox|radio/.test(one.type) && !one.checked) continue;
      found.push([one.name, one.value]);
    }
    return found;
  };

  const say = () => {
    const open = [...states.values()];
    if (open.some((one) => one.gone)) status.textContent = words.wordsGone;
    else if (open.some((one) => one.signedOut)) status.textContent = words.wordsSignedOut;
    else if (open.some((one) => one.failed)) status.textContent = words.wordsFailed;
    else if (open.some((one) => one.busy || one.timer)) status.textContent = words.wordsSaving;
    else status.textContent = "";
  };

  const note = (question, html) => {
    const place = question.querySelector("[data-note]");
    place.innerHTML = html; // from our own server, escaped there
    const told = place.querySelector("[data-outcome]");
    question.classList.toggle("has-error", Boolean(place.querySelector(".field-error, .clash")));
    for (const cell of question.querySelectorAll("[data-grid] [aria-invalid]")) {
      cell.removeAttribute("aria-invalid");
      cell.parentElement.querySelector(".cell-fault")?.remove();
    }
    for (const fault of place.querySelectorAll("[data-cell-fault]")) {
      document.getElementById(fault.dataset.cellFault)?.setAttribute("aria-invalid", "true");
    }
    return told;
  };

  const setMark = (question, mark, digest, seen) => {
    const key = question.dataset.question;
    if (seen !== undefined) question.querySelector(`[name="s.${CSS.escape(key)}"]`).value = seen;
    question.querySelector(`[name="m.${CSS.escape(key)}"]`).value = mark;
    if (digest) question.querySelector(`[name="d.${CSS.escape(key)}"]`).value = digest;
  };

  const send = async (key, entries, isRestored) => {
    const question = byKey(key);
    if (!question) return;
    const state = stateOf(key);
    if (state.busy) {
      state.again = true;
      return;
    }
    state.busy = true;
    state.timer = 0;
    say();
    const sent = entries ?? entriesOf(question);
    kept.put(key, sent);
    let answer = null;
    try {
      answer = await fetch(question.dataset.url, {
        method: "POST",
        headers: { "X-CSRFToken": token, "HX-Request": "true", "HX-Current-URL": location.href },
        body: new URLSearchParams(sent),
        credentials: "same-origin",
      });
    } catch {
      answer = null;
    }
    state.busy = false;
    state.signedOut = Boolean(answer?.headers.get("HX-Redirect"));
    state.failed = !answer || answer.status >= 500 || answer.status === 403 || answer.status === 429 || state.signedOut;
    state.gone = answer?.status === 404;
    if (state.gone) {
      say();
      return;
    }
    if (state.failed) {
      setTimeout(() => send(key), RETRY);
      say();
      return;
    }
    const html = await answer.text();
    const told = note(question, html);
    const goesOn = state.again || state.timer;
    const isMerged = told?.hasAttribute("data-is-merged"); // rows of somebody else came in
    if (told?.dataset.outcome === "saved") {
      // Whoever is still typing has not seen the other rows yet: what they send next is put together once more.
      if (!isMerged || !goesOn) setMark(question, told.dataset.mark, told.dataset.digest, told.dataset.seen);
      renew();
    }
    if (goesOn) unsaved(question);
    kept.put(key, null);
    if (isMerged && !goesOn) await refresh(question, html);
    else if (isRestored) await refresh(question);
    if (state.again) {
      state.again = false;
      if (told?.dataset.outcome === "saved") send(key);
    }
    say();
  };

  // "Saved" is only said of what stands there now.
  const unsaved = (question) => question.querySelector(".answer-saved")?.remove();

  const soon = (question, wait) => {
    unsaved(question);
    const state = stateOf(question.dataset.question);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => send(question.dataset.question), wait);
  };

  // Shows the question anew, with what was said of it; whoever stands in one of its boxes stays there.
  const refresh = async (question, said) => {
    const key = question.dataset.question;
    const answer = await fetch(question.dataset.url, { credentials: "same-origin" });
    const state = stateOf(key);
    if (!answer.ok || state.timer || state.busy) return;
    const at = question.contains(document.activeElement) ? document.activeElement : null;
    const from = at && /text|search|tel|url/.test(at.type) ? at.selectionStart : null;
    put(question, await answer.text());
    if (said) note(byKey(key), said);
    // A button of the note is gone with it: its writer goes on in the box.
    const same = at && (at.id ? document.getElementById(at.id) : byKey(key).querySelector("textarea, select, input:not([type=hidden])"));
    same?.focus();
    if (same?.id === at?.id && from !== null) same.setSelectionRange(from, from);
  };

  const put = (question, html) => {
    const shell = document.createElement("template");
    shell.innerHTML = html;
    const fresh = shell.content.querySelector("[data-question]");
    if (!fresh) return;
    question.replaceWith(fresh);
    fresh.dispatchEvent(new CustomEvent("filling:shown", { bubbles: true }));
  };

  // What the grids' script and the boxes tell.
  form.addEventListener("filling:changed", (event) => soon(questionOf(event.target), 300));
  form.addEventListener("change", (event) => {
    const question = questionOf(event.target);
    if (!question || event.target.hasAttribute("data-no-save")) return;
    if (event.target.type === "file") sendFiles(question, event.target);
    else {
      exclude(event.target, question);
      soon(question, 250);
    }
  });
  // A long text is saved while it grows, not only when its writer leaves it.
  form.addEventListener("input", (event) => {
    const question = questionOf(event.target);
    if (!question || event.target.hasAttribute("data-no-save") || event.target.type === "file") return;
    count(event.target, question);
    if (event.target.tagName === "TEXTAREA") soon(question, 4000);
  });

  const count = (box, question) => {
    const line = question.querySelector("[data-length]");
    if (line && box.tagName === "TEXTAREA") {
      line.querySelector("[data-length-words]").textContent = line.dataset.words.replace("{n}", [...box.value.trim()].length);
    }
  };

  // Whoever ticks an exclusive option ticks no other.
  const exclude = (box, question) => {
    if (box.type !== "checkbox" || !box.checked) return;
    for (const other of question.querySelectorAll("input[type=checkbox]")) {
      if (other !== box && (box.hasAttribute("data-exclusive") || other.hasAttribute("data-exclusive"))) other.checked = false;
    }
  };

  const sendFiles = async (question, box) => {
    const body = new FormData();
    for (const file of box.files) body.append(box.name, file);
    await sendBody(question, body);
  };

  const sendBody = async (question, body) => {
    status.textContent = words.wordsSaving;
    try {
      const answer = await fetch(question.dataset.url, {
        method: "POST",
        headers: { "X-CSRFToken": token, "HX-Request": "true" },
        body,
        credentials: "same-origin",
      });
      if (answer.status >= 500 || answer.headers.get("HX-Redirect")) throw new Error(String(answer.status));
      put(question, await answer.text());
      status.textContent = "";
      renew();
    } catch {
      status.textContent = window.lianxue.words.failed;
    }
  };

  form.addEventListener("click", (event) => {
    const settle = event.target.closest("[data-settle]");
    const remove = event.target.closest("[data-remove]");
    const question = questionOf(event.target);
    if (settle) {
      event.preventDefault();
      if (question.querySelector("[data-grid]")) {
        send(question.dataset.question, [...entriesOf(question), ["settle", settle.value]]);
      } else if (settle.dataset.settle === "theirs") refresh(question);
      else {
        setMark(question, settle.dataset.newMark);
        send(question.dataset.question);
      }
    } else if (remove) {
      event.preventDefault();
      const body = new FormData();
      body.append("remove", remove.dataset.remove);
      sendBody(question, body);
    }
  });

  window.addEventListener("online", () => {
    for (const [key, state] of states) if (state.failed && !state.busy) send(key);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...states.values()].some((one) => one.failed)) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    for (const [key, state] of states) {
      if (!state.timer) continue;
      clearTimeout(state.timer);
      kept.put(key, entriesOf(byKey(key)));
      fetch(byKey(key).dataset.url, {
        method: "POST",
        headers: { "X-CSRFToken": token, "HX-Request": "true" },
        body: new URLSearchParams(entriesOf(byKey(key))),
        keepalive: true,
      });
    }
  });

  // The printed form beside the questions, renewed after each save where there is room for it.
  const paper = document.querySelector("[data-paper]");
  const hasRoom = window.matchMedia("(min-width: 1100px)");
  let later = 0;
  const draw = async () => {
    later = 0;
    try {
      const answer = await fetch(form.dataset.preview, { credentials: "same-origin" });
      if (answer.ok) paper.innerHTML = await answer.text();
    } catch {
      // It is drawn after the next save.
    }
  };
  const renew = () => {
    if (!paper || !hasRoom.matches || later) return; // a change notice has no paper beside it
    later = setTimeout(draw, 900);
  };
  hasRoom.addEventListener("change", renew);
  renew();

  const left = Object.entries(kept.read());
  if (left.length) {
    status.textContent = words.wordsRestored;
    for (const [key, entries] of left) send(key, entries, true);
  }
})();
