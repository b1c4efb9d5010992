// A usual reason goes into the box below, where it can be changed. Without this the server puts both together.
(() => {
  for (const choice of document.querySelectorAll("select[data-inserts-into]")) {
    const box = document.getElementById(choice.dataset.insertsInto);
    if (!box) continue;
    choice.addEventListener("change", () => {
      if (!choice.value) return;
      box.value = box.value.trim() ? `${box.value.trim()}\n${choice.value}` : choice.value;
      choice.value = "";
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
    });
  }
})();
