// Photographs: shown before they are sent, and made smaller on the phone so that a weak connection is enough.
(() => {
  const { words, each } = window.lianxue;
  const longest = 2000; // px; the server keeps no larger ones either
  const heavy = 1.5 * 1024 * 1024;

  const draw = (bitmap, limit) => {
    const scale = Math.min(1, limit / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas;
  };

  const smaller = async (file, bitmap) => {
    if (file.size < heavy && Math.max(bitmap.width, bitmap.height) <= longest) return file;
    const canvas = draw(bitmap, longest);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  };

  each("[data-photo-field]", (frame) => {
    const input = frame.querySelector("input[type=file]");
    const preview = frame.querySelector(".photo-preview");
    if (!input || !preview || typeof createImageBitmap === "undefined") return;
    input.addEventListener("change", async () => {
      preview.replaceChildren();
      const chosen = new DataTransfer();
      let shrunk = false;
      for (const file of input.files) {
        let kept = file;
        try {
          const bitmap = await createImageBitmap(file);
          kept = await smaller(file, bitmap);
          const picture = draw(bitmap, 480);
          picture.setAttribute("role", "img");
          picture.setAttribute("aria-label", file.name);
          preview.append(picture);
          bitmap.close();
        } catch {
          // Not a picture this browser can read: the server says what is wrong with it.
        }
        shrunk ||= kept !== file;
        chosen.items.add(kept);
      }
      if (shrunk) {
        input.files = chosen.files;
        const note = document.createElement("span");
        note.textContent = words.smaller;
        preview.append(note);
      }
      preview.hidden = !preview.childElementCount;
    });
  });
})();

// Links marked data-turn="ArrowLeft" or "ArrowRight": the arrow keys turn from one photograph to the next.
window.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest?.("input, textarea, select")) return;
  document.querySelector(`a[data-turn="${CSS.escape(event.key)}"]`)?.click();
});
