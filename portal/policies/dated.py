"""Which figure of the platform's holds on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.policies.models import DatedRule
from portal.policies.states import DatedKind, ProductSource


@dataclass(frozen=True, slots=True)
class DatedRules:
    """Approved rules, read once: a file of a million orders asks them a million times."""

    rows: Sequence[DatedRule]

    def row_on(self, kind: DatedKind, day: date, *, source: str = "") -> DatedRule | None:
        """The rule that holds for goods of a `source`; None where there was none yet."""
        holding = [
            row
            for row in self.rows
            if row.kind == kind and row.starts_on <= day and row.product_source in ("", source)
        ]
        return max(holding, key=_precedence, default=None)

    def value_on(self, kind: DatedKind, day: date, *, source: str = "") -> int | None:
        row = self.row_on(kind, day, source=source)
        return row.value if row is not None else None

    def least_within(self, kind: DatedKind, first: date, until: date | None) -> DatedRule | None:
        """The tightest of those that hold, or are announced to begin, from `first` on and before
        `until` (None: whenever)."""
        now = self.row_on(kind, first)
        coming = [
            row
            for row in self.rows
            if row.kind == kind
            and row.product_source == ""
            and row.starts_on > first
            and (until is None or row.starts_on < until)
        ]
        return min([*([now] if now else []), *coming], key=lambda row: row.value, default=None)


def _precedence(row: DatedRule) -> tuple[bool, date]:
    """A named source first, then what began later."""
    return row.product_source != "", row.starts_on


def read_dated_rules(*kinds: DatedKind) -> DatedRules:
    """All of them, or those of some kinds."""
    rows = DatedRule.objects.approved().order_by("starts_on", "pk")
    return DatedRules(list(rows.filter(kind__in=kinds) if kinds else rows))


@dataclass(frozen=True, slots=True)
class Figure:
    """What holds of one kind and source on a day, and what comes next."""

    row: DatedRule
    next: DatedRule | None

    @property
    def source_label(self) -> str:
        source = self.row.product_source
        return str(ProductSource(source).label) if source else ""


def figures_on(day: date, rows: Iterable[DatedRule]) -> list[Figure]:
    """One for each kind and source that has begun by `day`; `rows` in the order they began."""
    named: dict[tuple[str, str], list[DatedRule]] = {}
    for row in rows:
        named.setdefault((row.kind, row.product_source), []).append(row)
    return [figure for same in named.values() if (figure := _figure(day, same)) is not None]


def _figure(day: date, rows: Sequence[DatedRule]) -> Figure | None:
    begun = [row for row in rows if row.starts_on <= day]
    coming = [row for row in rows if row.starts_on > day]
    return Figure(begun[-1], next(iter(coming), None)) if begun else None
