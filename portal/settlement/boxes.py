"""What other parts of the portal put on a party's page of money, and on its statements. They stand
above this one and announce themselves:

register_box("payouts", payouts_box)
register_todos(invoice_todos)
register_tax(tax_of_statement)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from portal.core.actor import Actor
from portal.settlement.models import Statement


@dataclass(frozen=True, slots=True)
class Box:
    """A card of the page: its template, and what that is given. `button`: the label and address of
    a button in the page's head."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    button: tuple[str | Promise, str] | None = None


@dataclass(frozen=True, slots=True)
class MoneyTodo:
    """Something about money that waits for the party."""

    title: str
    note: str | Promise
    url: str
    verb: str | Promise
    icon: str = "file-invoice"
    due: date | None = None


@dataclass(frozen=True, slots=True)
class TaxRow:
    """Fen; `rate_bp` None: no tax is shown."""

    inclusive: int
    rate_bp: int | None
    exclusive: int
    tax: int


@dataclass(frozen=True, slots=True)
class StatementTaxes:
    """Of the amounts, in their order, and of all of them. `notes`: sentences beneath."""

    rows: Sequence[TaxRow]
    total: TaxRow
    notes: Sequence[str] = ()


BoxSource = Callable[[Actor], Box | None]
TodoSource = Callable[[Actor], Iterable[MoneyTodo]]
TaxSource = Callable[[Statement, Sequence[int]], StatementTaxes | None]
_boxes: dict[str, BoxSource] = {}
_todos: list[TodoSource] = []
_tax: list[TaxSource] = []


def register_box(name: str, source: BoxSource) -> None:
    _boxes[name] = source


def register_todos(source: TodoSource) -> None:
    _todos.append(source)


def register_tax(source: TaxSource) -> None:
    """The only one; the last that was announced counts."""
    _tax[:] = [source]


def boxes_of(actor: Actor) -> list[Box]:
    found = (source(actor) for source in _boxes.values())
    return [box for box in found if box is not None]


def todos_of(actor: Actor) -> Iterator[MoneyTodo]:
    for source in _todos:
        yield from source(actor)


def taxes_of(statement: Statement, amounts: Sequence[int]) -> StatementTaxes | None:
    return _tax[0](statement, amounts) if _tax and amounts else None
