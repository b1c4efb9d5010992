// Grids: rows are added, removed and moved on the page, and rows copied from a spreadsheet spread over the cells from
// the one where they are pasted. Rows are counted by area while somebody types.
(() => {
  const form = document.querySelector("[data-filling-form]");
  if (!form) return;

  const gridOf = (element) => element.closest("[data-question]")?.querySelector("[data-grid]");
  const rowsOf = (grid) => [...grid.tBodies[0].rows];
  const cellsOf = (row) => [...row.querySelectorAll("td input, td select, td textarea")];
  const changed = (grid) => {
    number(grid);
    count(grid);
    grid.dispatchEvent(new CustomEvent("filling:changed", { bubbles: true }));
  };

  const number = (grid) => {
    if (!grid.parentElement.querySelector("template")) return; // rows with names of their own
    rowsOf(grid).forEach((row, at) => {
      row.querySelector("[data-number]").textContent = at + 1;
    });
  };

  const add = (grid) => {
    const pattern = grid.parentElement.querySelector("template");
    if (!pattern || rowsOf(grid).length >= Number(grid.dataset.mostRows)) return null;
    const name = `r${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`.slice(0, 20);
    const shell = document.createElement("tbody");
    shell.innerHTML = pattern.innerHTML.replaceAll("__row__", name);
    const row = shell.firstElementChild;
    grid.tBodies[0].append(row);
    number(grid);
    return row;
  };

  const value = (cell, text) => {
    const plain = text.trim();
    if (cell.tagName !== "SELECT") {
      const day = cell.type === "date" && plain.match(/^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/);
      const line = plain.replace(/\s*\n\s*/g, " ");
      cell.value = day ? `${day[1]}-${day[2].padStart(2, "0")}-${day[3].padStart(2, "0")}` : line;
      return;
    }
    const same = (one) => one.text.trim() === plain || (plain.length > 1 && one.text.trim().replace(/[县市区]$/, "") === plain.replace(/[县市区]$/, ""));
    const found = [...cell.options].find(same);
    cell.value = found ? found.value : "";
  };

  // Tabs between cells, quotation marks around cells that hold line breaks.
  const table = (text) => {
    const rows = [[]];
    let cell = "";
    let quoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      if (quoted) {
        if (sign === '"' && text[at + 1] === '"') {
          cell += '"';
          at += 1;
        } else if (sign === '"') quoted = false;
        else cell += sign;
      } else if (sign === '"' && cell === "") quoted = true;
      else if (sign === "\t" || sign === "\n") {
        rows.at(-1).push(cell);
        cell = "";
        if (sign === "\n") rows.push([]);
      } else if (sign !== "\r") cell += sign;
    }
    rows.at(-1).push(cell);
    return rows.filter((row) => row.some((one) => one.trim()));
  };

  form.addEventListener("paste", (event) => {
    const grid = event.target.closest?.("[data-grid]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!grid || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const first = event.target.closest("tr");
    const column = cellsOf(first).indexOf(event.target);
    let missed = 0;
    table(text).forEach((line, down) => {
      const row = rowsOf(grid)[rowsOf(grid).indexOf(first) + down] ?? add(grid);
      if (!row) {
        missed += 1;
        return;
      }
      const cells = cellsOf(row);
      line.forEach((one, right) => {
        if (cells[column + right]) value(cells[column + right], one);
        else if (one.trim()) missed += 1;
      });
    });
    changed(grid);
    if (missed) form.querySelector("[data-status]").textContent = form.dataset.wordsNoRoom;
  });

  form.addEventListener("click", (event) => {
    const adder = event.target.closest("[data-add-row]");
    const tool = event.target.closest("[data-move]");
    if (adder) {
      const grid = gridOf(adder);
      const row = add(grid);
      if (!row) return; // the server says why
      event.preventDefault();
      cellsOf(row)[0]?.focus();
    } else if (tool) {
      event.preventDefault();
      const row = tool.closest("tr");
      const grid = gridOf(tool);
      const where = tool.dataset.move;
      if (where === "up") row.previousElementSibling?.before(row);
      else if (where === "down") row.nextElementSibling?.after(row);
      else {
        const next = row.nextElementSibling ?? row.previousElementSibling;
        row.remove();
        next?.querySelector("input, select")?.focus();
        if (!rowsOf(grid).length) add(grid);
      }
      if (where !== "drop") tool.focus();
      changed(grid);
    }
  });

  // Alt with an arrow moves between rows in the same column; Enter goes one row down, as in a spreadsheet.
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("[data-grid] tbody tr");
    const arrow = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const enter = event.key === "Enter" && event.target.tagName === "INPUT";
    if (!row || !(arrow || enter)) return;
    event.preventDefault();
    const grid = gridOf(row);
    const at = rowsOf(grid).indexOf(row) + (arrow || 1);
    const column = cellsOf(row).indexOf(event.target);
    const next = rowsOf(grid)[at] ?? (enter && event.target.value ? add(grid) : null);
    if (next) cellsOf(next)[column]?.focus();
  });

  const count = (grid) => {
    const places = grid.closest("[data-question]").querySelectorAll("[data-area]");
    if (!places.length) return;
    const counted = {};
    for (const box of grid.querySelectorAll("select")) counted[box.value] = (counted[box.value] ?? 0) + 1;
    for (const place of places) {
      const found = counted[place.dataset.area] ?? 0;
      const right = found >= Number(place.dataset.least) && (!place.dataset.most || found <= Number(place.dataset.most));
      place.querySelector("[data-number]").textContent = found;
      place.classList.toggle("is-right", right);
      place.classList.toggle("is-wrong", !right);
      place.querySelector("[data-words]").textContent = ` ${right ? form.dataset.wordsComplete : form.dataset.wordsWrong}`;
    }
  };
  form.addEventListener("change", (event) => {
    const grid = event.target.closest?.("[data-grid]");
    if (grid) count(grid);
  });
})();
