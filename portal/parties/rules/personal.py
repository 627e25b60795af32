"""Who may be erased, close a party, and see a contact in full."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.parties.models import ErasureRequest, Party, RosterEntry, User
from portal.parties.rules.parties import can_become, covers_region
from portal.parties.states import PartyStatus, Role

UNDO_WITHIN = timedelta(days=7)
EXPORT_STAYS = timedelta(hours=24)


def can_ask_export(actor: Actor) -> Verdict:
    return ALLOWED if actor.user is not None else forbidden(_("Sign in first."))


def can_ask_erasure(actor: Actor) -> Verdict:
    if actor.user is None:
        return forbidden(_("Sign in first."))
    if ErasureRequest.objects.of(actor).open().exists():
        return conflict(_("You have asked already."))
    return can_be_erased(actor.user)


def can_be_erased(person: User) -> Verdict:
    if person.is_staff:
        return conflict(_("Your staff rights must be taken back first; ask an administrator."))
    own = Party.objects.filter(membership__user=person, membership__role=Role.OWNER)
    open_ones = list(own.exclude(status=PartyStatus.CLOSED).values_list("name", flat=True)[:5])
    if open_ones:
        sentence = _("You own %(names)s: hand it over to somebody or close it first.")
        return unmet(sentence % {"names": ", ".join(open_ones)})
    return ALLOWED


def can_withdraw_erasure(actor: Actor) -> Verdict:
    if actor.user is None:
        return forbidden(_("Sign in first."))
    if not ErasureRequest.objects.of(actor).open().exists():
        return conflict(_("There is nothing to take back."))
    return ALLOWED


def can_close_party(actor: Actor, party: Party) -> Verdict:
    """The owner's alone, and nothing may be running. What other parts have running is asked of
    `holdings.may_close`."""
    if actor.role != SYSTEM and not actor.speaks_for(party.pk):
        return forbidden(_("You do not speak for this party."))
    if actor.role not in {SYSTEM, Role.OWNER}:
        return forbidden(_("Only the owner may close the party."))
    if not can_become(party, PartyStatus.CLOSED):
        return conflict(_("This is not possible in the party's present state."))
    running = RosterEntry.objects.running()
    if running.filter(agency=party).exists() or running.filter(creator=party).exists():
        return conflict(_("Contracts on the roster are still running; end them first."))
    return ALLOWED


def can_reveal_party(actor: Actor, party: Party) -> Verdict:
    """An operator's look at a party's contact."""
    if not actor.has_perm("parties.reveal_contact"):
        return forbidden(_("Your group does not see contacts in full."))
    if actor.user is not None and not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    return ALLOWED
