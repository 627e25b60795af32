// The theme, before the first paint: this file is small and loads without defer.
(() => {
  const root = document.documentElement;

  function stored() {
    try { return localStorage.getItem("theme"); } catch { return null; } // storage may be blocked
  }

  function store(theme) {
    try { localStorage.setItem("theme", theme); } catch { /* it then lasts for this page */ }
  }

  const system = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  root.dataset.bsTheme = stored() || system();

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    store(root.dataset.bsTheme);
  });
})();
