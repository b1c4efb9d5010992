// An input marked data-scan gets a button that reads a QR code with the camera and writes it into the box. The page takes
// it by {% include "web/parts/scanner.html" %} in its block extra_scripts. data-scan="send" sends the form at once.
// Browsers that read codes themselves do it; for the others a small reader is fetched when the camera opens.
(() => {
  const words = document.getElementById("scanner-words")?.dataset;
  const camera = navigator.mediaDevices;
  if (!words || !camera?.getUserMedia) return; // plain http, or no camera to ask for: the box is typed into
  const pause = 120; // ms between two looks, so that a phone stays cool

  const load = (address) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });

  const reader = async () => {
    const formats = ["qr_code"];
    if ("BarcodeDetector" in window && (await window.BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
      return new window.BarcodeDetector({ formats });
    }
    if (!window.qrReader) await load(words.reader);
    return new window.qrReader.BarcodeDetector({ formats });
  };

  const frame = (input) => {
    const dialog = document.createElement("dialog");
    dialog.className = "confirm scanner";
    const told = document.createElement("p");
    told.id = `${input.id}-scanner`;
    told.textContent = words.point;
    told.setAttribute("role", "status");
    dialog.setAttribute("aria-labelledby", told.id);
    const picture = document.createElement("video");
    picture.muted = true;
    picture.playsInline = true;
    const row = document.createElement("div");
    row.className = "actions";
    const stop = document.createElement("button");
    stop.type = "button";
    stop.className = "button is-plain";
    stop.textContent = words.stop;
    stop.addEventListener("click", () => dialog.close());
    row.append(stop);
    dialog.append(told, picture, row);
    document.body.append(dialog);
    return { dialog, told, picture };
  };

  const look = async (detector, picture, dialog) => {
    while (dialog.open) {
      const [found] = picture.readyState >= 2 ? await detector.detect(picture) : [];
      if (found?.rawValue) return found.rawValue;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return null;
  };

  const scan = async (input) => {
    const { dialog, told, picture } = frame(input);
    let stream = null;
    dialog.addEventListener("close", () => {
      stream?.getTracks().forEach((track) => track.stop());
      dialog.remove();
      input.focus();
    });
    dialog.showModal();
    try {
      stream = await camera.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
      if (!dialog.open) {
        stream.getTracks().forEach((track) => track.stop());
        return;
      }
      picture.srcObject = stream;
      const [detector] = await Promise.all([reader(), picture.play()]);
      const text = await look(detector, picture, dialog);
      if (text === null) return;
      navigator.vibrate?.(60);
      input.value = text;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
      dialog.close();
      if (input.dataset.scan === "send") input.form.requestSubmit();
    } catch {
      told.textContent = words.failed;
      picture.hidden = true;
    }
  };

  window.lianxue.each("input[data-scan]", (input) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button is-plain scan-button";
    const label = document.createElement("span");
    label.textContent = words.open;
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    picture.setAttribute("class", "icon");
    picture.setAttribute("aria-hidden", "true");
    picture.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
    picture.firstChild.setAttribute("href", words.icon);
    button.append(picture, label);
    button.addEventListener("click", () => scan(input));
    input.after(button);
  });
})();
