// Forms: a second click does not send twice, and <form data-guard> warns of unsaved input.
(() => {
  let unsaved = false;

  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) unsaved = true;
  });

  // What htmx is keeping needs no warning; what it could not keep does again, and so does what is
  // typed meanwhile.
  const isAutosave = (event) => event.target.closest("form[data-autosave]");
  document.addEventListener("htmx:beforeRequest", (event) => { if (isAutosave(event)) unsaved = false; });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (isAutosave(event) && !event.detail.successful) unsaved = true;
  });

  document.addEventListener("submit", (event) => {
    unsaved = false;
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });

  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  // Back from the next page, the browser may show this one as it was left: busy.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
    document.querySelectorAll(".btn[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
})();
