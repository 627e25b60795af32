"""Editing reference data: by an administrator, through one service that leaves an audit row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, forbidden

Follower = Callable[[Actor], object]
_followers: dict[type[models.Model], list[Follower]] = {}


def follow_reference(table: type[models.Model], follower: Follower) -> None:
    """Call `follower` in the transaction of each edit of this table: what is made of it is made
    again."""
    _followers.setdefault(table, []).append(follower)


def can_edit_reference(actor: Actor, model: type[models.Model]) -> Verdict:
    """What holds for everybody is changed by an administrator, by a command, or by the group whose
    work that table is."""
    if actor.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
        return ALLOWED
    return forbidden(_("Only an administrator may change reference data."))


@transaction.atomic
def save_reference(actor: Actor, *, row: models.Model, changed: Sequence[str]) -> None:
    """Write a row as it was edited, with what it was before."""
    can_edit_reference(actor, type(row)).require()
    row.full_clean()
    before = _values(type(row)._default_manager.filter(pk=row.pk).first(), changed)
    row.save()
    audit.record(actor, "save_reference", row, before=before, after=_values(row, changed))
    for follower in _followers.get(type(row), ()):
        follower(actor)


def _values(row: models.Model | None, names: Sequence[str]) -> dict[str, Any]:
    return {name: str(getattr(row, name)) for name in names} if row is not None else {}
