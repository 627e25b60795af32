"""Statements, as the search shows them: a party's own, and all of them to finance."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.templatetags.ui import money
from portal.search.findables import Hit, Keys, Rows, register_finder
from portal.search.matching import with_named
from portal.search.said import Said
from portal.settlement import rules
from portal.settlement.models import Statement


def _may_read(actor: Actor) -> bool:
    rule = rules.can_list_statements if actor.party is not None else rules.can_see_settlements
    return bool(rule(actor))


def _statement(actor: Actor, row: Statement) -> Hit:
    said = [f"{row.month:%Y-%m}", money(row.total), str(row.get_status_display())]
    if actor.party_id is None:
        said.insert(0, row.party.name)
    return Hit(row.number, row.get_absolute_url(), " · ".join(said))


def _by_number_or_party(actor: Actor, said: Said) -> Iterator[Keys]:
    yield Statement.objects.filter(number=said.text.upper()).values("pk")
    if actor.party_id is None:
        yield from with_named(Statement.objects.all(), actor, said.text, "party")


register_finder(
    Rows(
        kind="statement",
        title=_("Statements"),
        icon="file-invoice",
        rank=73,
        model=Statement,
        visible=lambda actor: Statement.objects.visible_to(actor),
        hit=_statement,
        also=_by_number_or_party,
        related=("party",),
        is_for=_may_read,
    )
)
