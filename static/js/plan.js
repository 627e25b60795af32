// Moving a meeting on the grid, by drag or by keyboard, also to tables that another part of the grid
// shows: it is taken along. The server decides; here is only the way.
(() => {
  const board = document.querySelector("[data-plan]");
  if (!board) return;
  const grid = board.querySelector("table");
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

  // To another part of the tables, with the meeting if one is held.
  const turn = (link) => {
    if (!link) return;
    const address = new URL(link.href);
    if (held) {
      address.searchParams.set("hold", held.dataset.meeting);
      address.hash = ""; // going to it would take the focus from what is held
    }
    location.assign(address);
  };

  board.addEventListener("dragstart", (event) => {
    const meeting = event.target.closest("[data-move]");
    if (!meeting) return;
    take(meeting);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", meeting.dataset.move);
  });
  board.addEventListener("dragover", (event) => {
    const cell = event.target.closest("td[data-place]");
    if (!held || !(cell || event.target.closest("[data-part]"))) return;
    event.preventDefault();
    if (cell && cell !== over) point(cell);
  });
  board.addEventListener("drop", (event) => {
    event.preventDefault();
    const part = event.target.closest("[data-part]");
    if (part) turn(part);
    else put(event.target.closest("td[data-place]"));
  });
  board.addEventListener("dragend", letGo);

  // What was taken along goes where one presses.
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-place]");
    if (!held || !held.dataset.pinned || !cell) return;
    event.preventDefault();
    put(cell);
  });

  const name = (cell) => {
    const at = grid.tHead.rows[0].cells[cell.cellIndex].textContent;
    const table = cell.parentElement.cells[0].textContent;
    return `${at}, ${board.dataset.over} ${table}. ${cell.textContent.trim()}`;
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
  const PARTS = { PageUp: "prev", PageDown: "next" };
  const carry = (event) => {
    if (WAYS[event.key]) {
      point(beside(over, ...WAYS[event.key]));
      said.textContent = name(over);
    } else if (event.key === "Enter") {
      put(over);
    } else if (event.key === "Escape") {
      letGo();
      said.textContent = board.dataset.gone;
    } else return;
    event.preventDefault();
  };
  board.addEventListener("keydown", (event) => {
    const meeting = event.target.closest("[data-move]");
    if (PARTS[event.key]) {
      event.preventDefault();
      turn(board.querySelector(`[data-part][rel=${PARTS[event.key]}]`));
    } else if (held) carry(event);
    else if (meeting && event.key.toLowerCase() === "m") {
      event.preventDefault();
      take(meeting);
      point(meeting.closest("td"));
      said.textContent = board.dataset.held;
    }
  });

  const pinned = board.querySelector("[data-pinned]");
  if (!pinned) return;
  take(pinned);
  point(grid.querySelector("td.is-free[data-place]") || grid.querySelector("td[data-place]"));
  said.textContent = board.dataset.held;
  pinned.querySelector("button").focus();
})();
