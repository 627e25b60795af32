// Forms: a second click does not send twice, <form data-guard> warns of unsaved input, and sliders
// show their value.
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

  // A slider says where it stands.
  const show = (slider) => {
    const output = document.querySelector(`output[for="${slider.id}"]`);
    if (!output) return;
    output.value = slider.value;
    output.hidden = false;
  };
  const showAll = (root) => root.querySelectorAll("input[type=range]").forEach(show);
  document.addEventListener("input", (event) => { if (event.target.type === "range") show(event.target); });
  document.addEventListener("htmx:load", (event) => showAll(event.target));
  showAll(document);

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
