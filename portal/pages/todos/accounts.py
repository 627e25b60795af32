"""Accounts and shops whose proof is under way, ends, or was not enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated
from portal.parties.models import OwnedAccount, ShopOpening
from portal.parties.states import OpeningStatus, OwnedStatus

RENEWABLE = timedelta(days=30)  # before a proof runs out


def account_todos(actor: Actor) -> Iterator[Waiting]:
    if actor.party_id is None:
        return
    own = OwnedAccount.objects.filter(party=actor.party_id)
    claimed = own.filter(status=OwnedStatus.CLAIMED)
    yield Waiting(claimed.order_by("lasts_until"), _to_prove)
    yield Waiting(own.ending(RENEWABLE).order_by("lasts_until"), _to_prove_again)
    yield from _openings(actor)
    yield Waiting(own.lapsed(RENEWABLE).order_by("decided_at"), _not_proven)


def _to_prove(account: OwnedAccount) -> Todo:
    return dated(
        clock.day_of(account.lasts_until),
        title=_("Prove %(account)s") % {"account": account},
        detail=_("Put the code into its profile, or send a picture of its back office."),
        url=reverse("party_account", args=[account.pk]),
        verb=_("Prove"),
    )


def _to_prove_again(account: OwnedAccount) -> Todo:
    return dated(
        clock.day_of(account.lasts_until),
        title=_("Prove %(account)s again") % {"account": account},
        detail=_("Its proof runs out; then your profile shows it no longer."),
        url=account.get_absolute_url(),
        verb=_("Prove"),
    )


def _not_proven(account: OwnedAccount) -> Todo:
    is_refused = account.status == OwnedStatus.REFUSED
    return Todo(
        title=_("%(account)s was not proven") % {"account": account}
        if is_refused
        else _("The proof of %(account)s has run out") % {"account": account},
        detail=account.reason if is_refused else _("Your profile shows it no longer."),
        url=account.get_absolute_url(),
        verb=_("Try again") if is_refused else _("Prove"),
        is_urgent=True,
    )


def _openings(actor: Actor) -> Iterator[Waiting]:
    """Opening days that were not found right lately, where none was said since."""
    refused = ShopOpening.objects.filter(
        account__party=actor.party_id,
        status=OpeningStatus.REFUSED,
        decided_at__gt=clock.now() - RENEWABLE,
    )
    later = ShopOpening.objects.filter(account=OuterRef("account"), said_at__gt=OuterRef("said_at"))
    rows = refused.filter(~Exists(later)).select_related("account")
    yield Waiting(rows.order_by("decided_at"), _opening)


def _opening(opening: ShopOpening) -> Todo:
    return Todo(
        title=_("The opening day of %(shop)s was not found right") % {"shop": opening.account},
        detail=opening.reason,
        url=reverse("shop_opening", args=[opening.account_id]),
        verb=_("Try again"),
    )
