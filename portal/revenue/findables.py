"""Agreements, bills and order lines, as the search shows them: one's own, and to operators of money
those that they may read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.templatetags.ui import day, moment, money
from portal.revenue import rules
from portal.revenue.models import Agreement, AgreementQuerySet, Bill, Feed, OrderLine
from portal.revenue.selectors import lines_read_by
from portal.search.findables import Hit, Keys, Rows, of_a_party, register_finder
from portal.search.matching import with_named
from portal.search.said import Said


def _papers_read_by(actor: Actor) -> AgreementQuerySet:
    if actor.party_id is None and actor.user is not None and _may_read_papers(actor):
        return Agreement.objects.in_scope_of(actor.user)
    return Agreement.objects.visible_to(actor)


def _may_read_papers(actor: Actor) -> bool:
    return actor.party is not None or actor.has_perm("revenue.view_agreement")


def _paper(actor: Actor, row: Agreement) -> Hit:
    if actor.party_id is None:
        url = reverse("admin:revenue_agreement_change", args=[row.pk])
        return Hit(str(row), url, row.subject, str(row.pk))
    return Hit(row.other_name(actor.party_id), row.get_absolute_url(), row.subject)


def _by_number_or_other(actor: Actor, said: Said) -> Iterator[Keys]:
    """The number at the foot of a paper is its key."""
    with suppress(ValueError):
        yield Agreement.objects.filter(pk=UUID(said.text.split(" ")[0])).values("pk")
    if actor.party_id is not None:
        own = Agreement.objects.filter(Q(payer=actor.party_id) | Q(payee=actor.party_id))
        yield from with_named(own, actor, said.text, "payer", "payee")


def _bill(actor: Actor, row: Bill) -> Hit:
    said = (row.title, money(row.amount_fen), str(row.get_status_display()), day(row.due_on))
    return Hit(row.other_side(actor.party_id).name, row.get_absolute_url(), " · ".join(said))


def _by_bill_or_other(actor: Actor, said: Said) -> Iterator[Keys]:
    """By its part or what it is for, by the other side, or by its agreement's number."""
    own = Bill.objects.visible_to(actor)
    yield own.filter(Q(code__iexact=said.text) | Q(key__iexact=said.text)).values("pk")
    with suppress(ValueError):
        yield own.filter(agreement=UUID(said.text.split(" ")[0])).values("pk")
    yield from with_named(own, actor, said.text, "payer", "payee")


def _may_read_lines(actor: Actor) -> bool:
    return actor.party is not None or bool(rules.can_see_all_orders(actor))


def _line(_actor: Actor, row: OrderLine) -> Hit:
    paid = moment(row.paid_at) if row.paid_at else row.merchant.name
    return Hit(row.order, row.get_absolute_url(), f"{row.product} · {paid}".strip(" ·"), row.line)


def _by_order(_actor: Actor, said: Said) -> Iterator[Keys]:
    feeds = Feed.objects.values("code")  # the index of orders begins with their feed
    yield OrderLine.objects.filter(feed__in=feeds, order=said.text).values("pk")


register_finder(
    Rows(
        kind="agreement",
        title=_("Agreements"),
        icon="file-text",
        rank=70,
        model=Agreement,
        visible=_papers_read_by,
        hit=_paper,
        also=_by_number_or_other,
        order="created_at",
        related=("payer", "payee"),
        is_for=_may_read_papers,
    )
)
register_finder(
    Rows(
        kind="bill",
        title=_("Bills"),
        icon="coin",
        rank=72,
        model=Bill,
        visible=lambda actor: Bill.objects.visible_to(actor),
        hit=_bill,
        also=_by_bill_or_other,
        order="raised_at",
        related=("payer", "payee"),
        is_for=of_a_party,
    )
)
register_finder(
    Rows(
        kind="order",
        title=_("Sales orders"),
        icon="receipt",
        rank=75,
        model=OrderLine,
        visible=lines_read_by,
        hit=_line,
        also=_by_order,
        related=("merchant",),
        is_for=_may_read_lines,
    )
)
