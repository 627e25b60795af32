"""Who may say when a shop was opened, who may find it right, and which days can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden, unmet
from portal.parties.models import OwnedAccount, ShopOpening
from portal.parties.rules.parties import can_manage_party, may_review
from portal.parties.states import OpeningStatus, OwnedStatus, Platform

FIRST_SHOPS = date(2018, 1, 1)  # no shop there is older
LONGEST_NOTE = 200


def can_say_opening(actor: Actor, account: OwnedAccount) -> Verdict:
    if not (verdict := can_manage_party(actor, account.party)):
        return verdict
    if not (verdict := is_proven_shop(account)):
        return verdict
    if ShopOpening.objects.to_check().filter(account=account).exists():
        return conflict(_("A day is being checked already. Wait for the answer or take it back."))
    return ALLOWED


def can_withdraw_opening(actor: Actor, opening: ShopOpening) -> Verdict:
    if not (verdict := can_manage_party(actor, opening.account.party)):
        return verdict
    return _is_waiting(opening)


def may_answer_openings(actor: Actor) -> Verdict:
    """Whether this is somebody who answers any at all."""
    if not actor.has_perm("parties.review_party"):
        return forbidden(_("Only reviewers may answer applications."))
    return ALLOWED


def can_check_opening(actor: Actor, opening: ShopOpening) -> Verdict:
    if not (verdict := may_review(actor, opening.account.party)):
        return verdict
    return _is_waiting(opening)


def can_set_opening(actor: Actor, account: OwnedAccount) -> Verdict:
    """An operator who has looked it up; also in the place of a day that was wrong."""
    if not (verdict := may_review(actor, account.party)):
        return verdict
    return is_proven_shop(account)


def is_proven_shop(account: OwnedAccount) -> Verdict:
    if account.platform != Platform.SHOP:
        return conflict(_("Only a shop has an opening day."))
    if account.status != OwnedStatus.PROVEN or account.lasts_until <= clock.now():
        return unmet(_("Prove first that the shop is yours."))
    return ALLOWED


def flaws_of_opening(opened_on: date) -> Iterator[Flaw]:
    if not FIRST_SHOPS <= opened_on <= clock.today():
        sentence = _("Enter a day from %(first)s to today.")
        yield Flaw("opened_on", sentence % {"first": FIRST_SHOPS.isoformat()})


def flaws_of_note(note: str) -> Iterator[Flaw]:
    if not note.strip():
        yield Flaw("note", _("Say where you saw it."))
    elif len(note) > LONGEST_NOTE:
        yield Flaw("note", _("At most %(n)s characters.") % {"n": LONGEST_NOTE})


def _is_waiting(opening: ShopOpening) -> Verdict:
    if opening.status != OpeningStatus.SAID:
        return conflict(_("This day is not waiting for an answer."))
    return ALLOWED
