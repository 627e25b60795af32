// The tray of those to compare: ticks are kept for the visit, over pages and searches, one list for
// each directory. Without this script the ticks of one page are compared.
(() => {
  const MOST = 4;
  const section = () => document.querySelector("#directory[data-compare]");
  const key = () => `compare:${section().dataset.compare}`;
  const read = () => JSON.parse(sessionStorage.getItem(key()) || "[]");

  const draw = () => {
    if (!section()) return;
    const chosen = read();
    const tray = document.querySelector("#compare");
    const slots = tray.querySelector("[data-compare-slots]");
    const slot = document.querySelector("#compare-slot");
    tray.classList.toggle("is-empty", chosen.length === 0);
    tray.querySelector("[data-compare-count]").textContent = `${chosen.length} / ${MOST}`;
    slots.replaceChildren(...chosen.map(([pk, name]) => {
      const piece = slot.content.cloneNode(true);
      piece.querySelector(".clip").textContent = name;
      const button = piece.querySelector("button");
      button.setAttribute("aria-label", `${button.getAttribute("aria-label")} ${name}`);
      button.addEventListener("click", () => write(read().filter(([other]) => other !== pk)));
      return piece;
    }));
    document.querySelectorAll("input[form=compare]").forEach((box) => {
      box.checked = chosen.some(([pk]) => pk === box.value);
      box.disabled = !box.checked && chosen.length >= MOST;
    });
  };

  const write = (chosen) => {
    sessionStorage.setItem(key(), JSON.stringify(chosen));
    draw();
  };

  document.addEventListener("change", (event) => {
    if (!event.target.matches("input[form=compare]")) return;
    const { value, checked, dataset } = event.target;
    const others = read().filter(([pk]) => pk !== value);
    write(checked ? [...others, [value, dataset.name]].slice(0, MOST) : others);
  });

  // Those ticked on other pages go along.
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "compare") return;
    event.preventDefault();
    const query = new URLSearchParams(read().map(([pk]) => ["p", pk]));
    location.assign(`${section().dataset.compare}?${query}`);
  });

  document.addEventListener("htmx:afterSettle", draw);
  window.addEventListener("pageshow", draw);
})();
