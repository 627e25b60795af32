"""A change that is written down may be one of a name: the index hears of each."""

from __future__ import annotations

from django.db import models

from portal.core.actor import Actor
from portal.search.findables import kept_kinds
from portal.search.services import keep_entry


def hear(_actor: Actor, _verb: str, obj: models.Model) -> None:
    for finder in kept_kinds():
        if isinstance(obj, finder.model):
            keep_entry(finder, obj)
