// What if: a slider beside each number; moving one moves the other. Without this file the numbers do.
(() => {
  const sliders = () => document.querySelectorAll("[data-slider-of]");
  sliders().forEach((slider) => { slider.hidden = false; });
  document.addEventListener("input", (event) => {
    const slider = event.target.closest("[data-slider-of]");
    if (slider) {
      document.getElementById(slider.dataset.sliderOf).value = slider.value;
      return;
    }
    const own = document.querySelector(`[data-slider-of="${CSS.escape(event.target.id)}"]`);
    if (own && event.target.value !== "") own.value = event.target.value;
  });
})();
