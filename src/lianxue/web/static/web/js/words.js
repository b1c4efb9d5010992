// What the scripts say and where they find their larger parts: written by the server into <template id="words">.
window.lianxue = {
  words: document.getElementById("words")?.dataset ?? {},

  // Runs `fn` on every element matching `selector`, now and in what htmx puts into the page later; once for each.
  each(selector, fn) {
    const done = new WeakSet();
    const run = () => {
      for (const element of document.querySelectorAll(selector)) {
        if (!done.has(element)) {
          done.add(element);
          fn(element);
        }
      }
    };
    run();
    document.addEventListener("htmx:after:swap", run);
  },
};
