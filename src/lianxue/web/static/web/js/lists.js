// Lists with ticks: all at once, a range with Shift, and how many are chosen. Filters that renew a list without a reload:
// what takes the conditions away is there while there is one.
(() => {
  const { words, each } = window.lianxue;

  each("form[data-selection]", (form) => {
    const boxes = () => [...form.querySelectorAll("tbody input[type=checkbox][name]")];
    const all = form.querySelector("[data-select-all]");
    const count = form.querySelector(".selection-count");
    let last = null;

    const show = () => {
      const every = boxes();
      const chosen = every.filter((box) => box.checked);
      for (const box of every) box.closest("tr")?.classList.toggle("is-chosen", box.checked);
      if (count) count.textContent = words.selected.replace("{n}", chosen.length);
      if (all) {
        all.checked = chosen.length > 0 && chosen.length === every.length;
        all.indeterminate = chosen.length > 0 && chosen.length < every.length;
      }
    };

    if (all) {
      all.hidden = false;
      all.addEventListener("change", () => {
        for (const box of boxes()) if (!box.disabled) box.checked = all.checked;
        show();
      });
    }
    form.addEventListener("click", (event) => {
      const every = boxes();
      const here = every.indexOf(event.target);
      if (here < 0) return;
      const there = every.indexOf(last);
      if (event.shiftKey && there >= 0) {
        for (const box of every.slice(Math.min(here, there), Math.max(here, there) + 1)) box.checked = event.target.checked;
      }
      last = event.target;
    });
    form.addEventListener("change", show);
    window.addEventListener("pageshow", show);
    show();
  });

  each("form.filters", (form) => {
    const clear = form.querySelector("[data-clear]");
    if (!clear) return;
    const show = () => {
      clear.hidden = ![...new FormData(form).values()].some((value) => value.trim());
    };
    form.addEventListener("input", show);
    form.addEventListener("change", show);
  });
})();
