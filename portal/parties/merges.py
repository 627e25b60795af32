"""What becomes of the rows that name a party when it turns out to be another one's double.

A part with rows of its own says so in its `merging.py`, for each column that names a party: they
move to the party that stays, they stay where they are as history, or a function of the part knows.
What cannot be moved is a clash, and refuses the merge; so does a column nobody answers for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.models import Party

SOFT = "party_id"  # the column of parts that know no parties
Move = Callable[[Party, Party], object]
Clash = Callable[[Party, Party], Verdict]  # who stays, who goes


class Fate(Enum):
    MOVES = _("move to the party that stays")
    FITS = _("move as far as the party that stays has none of its own")
    STAYS = _("stay with the closed party, as history")
    LOGS = "written"
    GOES = "made anew"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that names a party, and what becomes of its rows."""

    model: type[models.Model]
    name: str
    fate: Fate
    move: Move
    what: str | Promise

    def rows_of(self, party: Party) -> models.QuerySet[Any]:
        return self.model._base_manager.filter(**{self.name: party.pk})


_columns: dict[tuple[str, str], Column] = {}
_clashes: list[Clash] = []


def moves(model: type[models.Model], *names: str) -> None:
    """Their rows name the party that stays from now on."""
    for name in names:
        _register(model, name, Fate.MOVES, _updates(model, name))


def stays(model: type[models.Model], *names: str) -> None:
    """Their rows go on naming the closed party."""
    for name in names:
        _register(model, name, Fate.STAYS, lambda survivor, absorbed: None)


def logs(model: type[models.Model], *names: str) -> None:
    """The same, of what the site writes for itself: no preview names it."""
    for name in names:
        _register(model, name, Fate.LOGS, lambda survivor, absorbed: None)


def goes(model: type[models.Model], *names: str) -> None:
    """Their rows are made of others, or mean nothing without their party."""
    for name in names:
        _register(model, name, Fate.GOES, _deletes(model, name))


def moves_by(
    model: type[models.Model], name: str, fate: Fate = Fate.FITS, *, what: str | Promise = ""
) -> Callable[[Move], Move]:
    """The function below knows how: it is called with who stays and who goes. `what`: the rows in
    words, where the model's own are none."""

    def register(move: Move) -> Move:
        _register(model, name, fate, move, what)
        return move

    return register


def register_clash(clash: Clash) -> Clash:
    """Something of both parties that cannot become one party's."""
    _clashes.append(clash)
    return clash


def columns() -> list[Column]:
    return list(_columns.values())


def may_merge(survivor: Party, absorbed: Party) -> Verdict:
    """The first clash's refusal; or that a part has rows nobody answers for."""
    for check in _clashes:
        if not (verdict := check(survivor, absorbed)):
            return verdict
    for model, name in unanswered():
        if model._base_manager.filter(**{name: absorbed.pk}).exists():
            sentence = _("Not possible yet: %(what)s of the other party cannot be moved.")
            return conflict(sentence % {"what": model._meta.verbose_name_plural})
    return ALLOWED


def move_all(survivor: Party, absorbed: Party) -> None:
    """Within a transaction that holds both parties."""
    for column in columns():
        column.move(survivor, absorbed)


def unanswered() -> list[tuple[type[models.Model], str]]:
    """Columns that name a party and that no part has registered."""
    return [
        (model, name)
        for model, name in naming_columns()
        if (model._meta.label_lower, name) not in _columns
    ]


def naming_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of every table that names a party."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.related_model is Party or field.name == SOFT:
                yield model, field.name


def _register(
    model: type[models.Model], name: str, fate: Fate, move: Move, what: str | Promise = ""
) -> None:
    words = what or model._meta.verbose_name_plural or ""
    _columns[model._meta.label_lower, name] = Column(model, name, fate, move, words)


def _updates(model: type[models.Model], name: str) -> Move:
    rows = model._base_manager
    return lambda survivor, absorbed: rows.filter(**{name: absorbed.pk}).update(
        **{name: survivor.pk}
    )


def _deletes(model: type[models.Model], name: str) -> Move:
    rows = model._base_manager
    return lambda survivor, absorbed: rows.filter(**{name: absorbed.pk}).delete()
