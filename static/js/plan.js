// Moving a meeting on the grid, by drag or by keyboard. The server decides; here is only the way.
(() => {
  const grid = document.querySelector("[data-plan]");
  if (!grid) return;
  const form = document.getElementById("move");
  const said = document.getElementById("moving");
  let held = null; // the form of the meeting that was picked up
  let over = null; // the cell it would go to

  const point = (cell) => {
    if (over) over.classList.remove("is-over");
    over = cell;
    if (!over) return;
    over.classList.add("is-over");
    over.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const take = (meeting) => {
    held = meeting;
    held.classList.add("is-held");
  };

  const letGo = () => {
    if (held) held.classList.remove("is-held");
    held = null;
    point(null);
  };

  const put = (cell) => {
    if (!held || !cell || !cell.dataset.place || cell.contains(held)) return letGo();
    form.action = held.dataset.move;
    form.elements.place.value = cell.dataset.place;
    form.submit();
  };

  grid.addEventListener("dragstart", (event) => {
    const meeting = event.target.closest("[data-move]");
    if (!meeting) return;
    take(meeting);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", meeting.dataset.move);
  });
  grid.addEventListener("dragover", (event) => {
    const cell = event.target.closest("td[data-place]");
    if (!held || !cell) return;
    event.preventDefault();
    if (cell !== over) point(cell);
  });
  grid.addEventListener("drop", (event) => {
    event.preventDefault();
    put(event.target.closest("td[data-place]"));
  });
  grid.addEventListener("dragend", letGo);

  const name = (cell) => {
    const at = grid.tHead.rows[0].cells[cell.cellIndex].textContent;
    const table = cell.parentElement.cells[0].textContent;
    return `${at}, ${grid.dataset.over} ${table}. ${cell.textContent.trim()}`;
  };

  // The next cell in a direction where somebody may meet.
  const beside = (cell, right, down) => {
    let [row, column] = [cell.parentElement, cell.cellIndex];
    for (;;) {
      if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      column += right;
      const next = row && row.cells[column];
      if (!next || next.tagName !== "TD") return cell;
      if (next.dataset.place) return next;
    }
  };

  const WAYS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  grid.addEventListener("keydown", (event) => {
    const meeting = event.target.closest("[data-move]");
    if (!held && meeting && event.key.toLowerCase() === "m") {
      event.preventDefault();
      take(meeting);
      point(meeting.closest("td"));
      said.textContent = grid.dataset.held;
    } else if (held && WAYS[event.key]) {
      event.preventDefault();
      point(beside(over, ...WAYS[event.key]));
      said.textContent = name(over);
    } else if (held && event.key === "Enter") {
      event.preventDefault();
      put(over);
    } else if (held && event.key === "Escape") {
      letGo();
      said.textContent = grid.dataset.gone;
    }
  });
})();
