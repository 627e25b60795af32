// The search box in the head: what is found drops down while one types. Arrows walk, Enter opens,
// Escape closes. Without script it is a form.
(() => {
  const box = document.querySelector("form[data-find]");
  if (!box) return;
  const field = box.querySelector("input");
  const panel = box.querySelector(".find-hits");
  let at = -1;

  const options = () => [...panel.querySelectorAll("[role=option]")];

  const show = (isOpen) => {
    panel.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) mark(-1);
  };

  const mark = (place) => {
    at = place;
    options().forEach((option, n) => {
      option.setAttribute("aria-selected", String(n === at));
      if (n === at) option.scrollIntoView({ block: "nearest" });
    });
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", options()[at].id);
  };

  const step = (by) => {
    const all = options();
    if (panel.hidden && panel.childElementCount && field.value.trim()) show(true);
    if (all.length) mark((at + by + all.length + (at < 0 && by < 0 ? 1 : 0)) % all.length);
  };

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter ends the typing of a character
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && at >= 0 && !panel.hidden) {
      event.preventDefault();
      options()[at].click();
    } else if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      event.stopPropagation();
      show(false);
    }
  });

  field.addEventListener("input", () => {
    if (!field.value.trim()) show(false);
  });
  field.addEventListener("focus", () => {
    if (panel.childElementCount && field.value.trim()) show(true);
  });
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) show(false);
  });
  panel.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps focus
  panel.addEventListener("htmx:afterSwap", () => {
    mark(-1);
    if (field.value.trim() && document.activeElement === field) show(true);
  });
})();
