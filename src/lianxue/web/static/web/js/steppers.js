// {% stepper %}: a large minus and plus beside a number box. Without this the box alone does the work.
(() => {
  window.lianxue.each("[data-stepper]", (stepper) => {
    const box = stepper.querySelector("input");
    const steps = [...stepper.querySelectorAll("[data-step]")];
    const show = () => {
      steps[0].disabled = box.disabled || !(Number(box.value) > Number(box.min));
      steps[1].disabled = box.disabled || Number(box.value) >= Number(box.max);
    };
    for (const step of steps) {
      step.hidden = false;
      step.addEventListener("click", () => {
        if (step.dataset.step === "1") box.stepUp();
        else box.stepDown();
        box.dispatchEvent(new Event("input", { bubbles: true }));
        box.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
    box.addEventListener("input", show);
    // Enter in a number box goes on to the next one instead of sending a half-filled form.
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      const boxes = [...(box.form?.querySelectorAll("[data-stepper] input") ?? [])];
      const next = boxes[boxes.indexOf(box) + 1];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.select();
    });
    window.addEventListener("pageshow", show);
    show();
  });
})();
