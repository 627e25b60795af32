// The shares of the categories add up while one types: sentences stand in the page's data-*.
(() => {
  function show(card) {
    const box = card.querySelector("[data-shares-sum]");
    const shares = [...card.querySelectorAll("input")].map((input) => Number(input.value) || 0);
    const sum = shares.reduce((total, share) => total + share, 0);
    const [text, hint] = [box.querySelector("[data-text]"), box.querySelector("[data-rest]")];
    const bar = box.querySelector("progress");
    const sentence = sum === 100 ? hint.dataset.whole : sum < 100 ? hint.dataset.rest : hint.dataset.over;
    text.textContent = text.dataset.text.replace("{sum}", sum);
    hint.textContent = sentence.replace("{rest}", Math.abs(100 - sum));
    hint.className = sum === 100 ? "t-ok" : sum > 100 ? "t-bad" : "t3";
    bar.value = Math.min(sum, 100);
    bar.className = `bar thick ${sum === 100 ? "ok" : sum > 100 ? "bad" : ""}`;
    box.hidden = false;
  }

  document.querySelectorAll("[data-shares]").forEach((card) => {
    show(card);
    card.addEventListener("input", () => show(card));
  });
})();
