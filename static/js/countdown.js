// The seconds until an hour of the server, by the server's clock: [data-countdown] holds the hour,
// data-now when the page was made. At zero the page is asked for again, which then has its button;
// one with data-open says that instead: what was typed around it stays.
(() => {
  const made = performance.now();
  const two = (number) => String(number).padStart(2, "0");

  const show = (box) => {
    const passed = performance.now() - made;
    const left = Math.ceil((Date.parse(box.dataset.countdown) - Date.parse(box.dataset.now) - passed) / 1000);
    if (left <= 0) {
      if (box.dataset.open) box.textContent = box.dataset.open;
      else window.location.reload();
      return false;
    }
    const days = Math.floor(left / 86400);
    const clock = [left % 86400 / 3600, left % 3600 / 60, left % 60].map(Math.floor).map(two).join(":");
    box.textContent = days ? `${days} ${box.dataset.days} ${clock}` : clock;
    return true;
  };

  document.querySelectorAll("[data-countdown]").forEach((box) => {
    if (!show(box)) return;
    const timer = window.setInterval(() => { if (!show(box)) window.clearInterval(timer); }, 250);
  });
})();
