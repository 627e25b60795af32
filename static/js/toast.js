// Toasts: what just happened leaves after a while, unless it failed, is read or can be undone.
(() => {
  const STAY = 6000;
  const area = () => document.getElementById("toasts");
  const isBusy = (toast) => toast.matches(":hover, :focus-within");

  function leave(toast) {
    if (isBusy(toast)) setTimeout(() => leave(toast), STAY);
    else toast.remove();
  }

  function watch(toast) {
    if (toast.dataset.toast === "stay" || toast.dataset.watched) return;
    toast.dataset.watched = "yes";
    setTimeout(() => leave(toast), STAY * (toast.querySelector("form") ? 2 : 1));
  }

  const watchAll = () => area()?.querySelectorAll("[data-toast]").forEach(watch);

  function showFailure() {
    const failure = document.getElementById("toast-failure");
    if (failure) area()?.append(failure.content.cloneNode(true));
  }

  document.addEventListener("DOMContentLoaded", watchAll);
  document.addEventListener("htmx:afterSettle", watchAll);
  document.addEventListener("click", (event) => {
    event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove();
  });

  // A refusal answered to htmx is one toast; it goes where toasts go, the page stays as it was.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    if (detail.xhr.status < 400 || !detail.serverResponse.includes("data-toast=")) return;
    Object.assign(detail, { shouldSwap: true, isError: false, target: area(), swapOverride: "beforeend" });
  });
  document.addEventListener("htmx:responseError", showFailure);
  document.addEventListener("htmx:sendError", showFailure);
})();
