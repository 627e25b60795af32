"""Reading CSV that people hand in: every fault with its line, all of them at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass
class Table:
    """A CSV file in UTF-8, with or without a byte-order mark.

    optional: columns that may be left out, their cells are empty then; None where there may be
    any others, which are passed over.
    """

    name: str
    raw: bytes
    columns: Sequence[str]
    optional: Sequence[str] | None = None
    _faults: list[tuple[int, str]] = field(default_factory=list)

    def fault(self, line: int, reason: str) -> None:
        self._faults.append((line, reason))

    @property
    def count(self) -> int:
        """How many faults there are."""
        return len(self._faults)

    @property
    def faults(self) -> list[str]:
        """To be shown, in the order of the lines."""
        ordered = sorted(self._faults, key=lambda fault: fault[0])
        return [f"{self.name}:{line}: {reason}" for line, reason in ordered]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of `columns` and `optional`, in that order, for each row that has
        something in it."""
        if not self._is_text():
            return
        lines = self._lines()
        header = next(lines, (1, []))
        places = self._places(*header)
        if places is None:
            return
        width = len(header[1])
        for line, cells in lines:
            if len(cells) > width:
                self.fault(line, f"{len(cells)} cells where the header has {width}")
            else:
                cells += [""] * (width - len(cells))
                yield line, ["" if place is None else cells[place] for place in places]

    def _is_text(self) -> bool:
        try:
            self.raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.raw.count(b"\n", 0, error.start) + 1
            self.fault(line, f"wrong encoding: byte 0x{self.raw[error.start]:02x} is not UTF-8")
            return False
        return True

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """The line each record begins on, and its cells without the blanks around them."""
        text = io.TextIOWrapper(io.BytesIO(self.raw), encoding="utf-8-sig", newline="")
        reader = csv.reader(text, strict=True)
        while True:
            begins = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                self.fault(begins, f"not CSV: {error}")
                return
            if cells is None:
                return
            cells = [cell.strip() for cell in cells]
            if any(cells):
                yield begins, cells

    def _places(self, line: int, header: list[str]) -> list[int | None] | None:
        known = [*self.columns, *(self.optional or ())]
        reasons = [f"missing column {one}" for one in self.columns if one not in header]
        reasons += [f"column {one} is there twice" for one in known if header.count(one) > 1]
        if self.optional is not None:
            others = [one for one in header if one and one not in known]
            reasons += [f"unknown column {one!r}; there are {', '.join(known)}" for one in others]
        for reason in reasons:
            self.fault(line, reason)
        return None if reasons else [header.index(one) if one in header else None for one in known]
