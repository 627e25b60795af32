"""From a fact to the row behind it. The parts that have such rows stand above this one and say:

register_row_link("cooperation.review", url_of_review, _("Review"))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.core.actor import Actor

Find = Callable[[Actor, str], str | None]


@dataclass(frozen=True, slots=True)
class RowLink:
    """`find(actor, ref_id)`: the address of the row's page, None where this person may not see it
    or it is gone. `title`: what kind of row it is."""

    find: Find
    title: str | Promise


_links: dict[str, RowLink] = {}


def register_row_link(ref_kind: str, find: Find, title: str | Promise) -> None:
    _links[ref_kind] = RowLink(find, title)


def row_link(ref_kind: str) -> RowLink | None:
    return _links.get(ref_kind)
