"""A party's own affairs: its registration, who may speak for it, its documents, its roster."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated
from portal.parties.models import (
    Claim,
    Departure,
    Document,
    Invitation,
    OwnershipOffer,
    RosterEntry,
)
from portal.parties.selectors import invitations_for, offers_to
from portal.parties.states import ClaimStatus, DepartureStatus, DocumentStatus, PartyStatus

RENEW_SOON = timedelta(days=7)
OF_KIND = ("kind__code", "kind__name_zh", "kind__name_en")


def party_todos(actor: Actor) -> Iterator[Todo]:
    party = actor.party
    if party is None:
        if actor.user is not None and not actor.user.is_staff:
            yield Todo(
                title=_("Register your business"),
                detail=_(
                    "A merchant, a service provider, an agency or a creator; it takes five minutes."
                ),
                url=reverse("party_create"),
                verb=_("Register"),
            )
    elif party.status == PartyStatus.DRAFT:
        yield Todo(
            title=_("Hand in %(party)s for review") % {"party": party.name},
            detail=_("Until it is verified nobody can find or invite it."),
            url=party.get_absolute_url(),
            verb=_("Check and hand in"),
        )
    elif party.status == PartyStatus.NEED_INFO:
        yield Todo(
            title=_("Complete the application of %(party)s") % {"party": party.name},
            detail=party.status_note,
            url=party.get_absolute_url(),
            verb=_("Complete"),
            is_urgent=True,
        )


def people_todos(actor: Actor) -> Iterator[Waiting]:
    """What colleagues ask of this person."""
    yield Waiting(invitations_for(actor), _invitation)
    if actor.party is not None:
        yield Waiting(offers_to(actor), _offer)


def _invitation(invitation: Invitation) -> Todo:
    return dated(
        clock.day_of(invitation.expires_at),
        title=_("Speak for %(party)s?") % {"party": invitation.party.name},
        detail=_("You are invited as %(role)s.") % {"role": invitation.get_role_display()},
        url=invitation.get_absolute_url(),
        verb=_("Answer"),
    )


def _offer(offer: OwnershipOffer) -> Todo:
    return dated(
        clock.day_of(offer.expires_at),
        title=_("Become the owner of %(party)s?") % {"party": offer.party.name},
        detail=_("%(person)s offers it to you.") % {"person": offer.giver},
        url=reverse("party_members", args=[offer.party_id]),
        verb=_("Answer"),
    )


def claim_todos(actor: Actor) -> Iterator[Waiting]:
    """What operators ask of somebody who claims a party."""
    asked = Claim.objects.visible_to(actor).filter(status=ClaimStatus.ASKED)
    yield Waiting(asked.order_by("made_at"), _claim, ("party__name",))


def _claim(claim: Claim) -> Todo:
    return Todo(
        title=_("Your claim of %(party)s needs more") % {"party": claim.party.name},
        detail=_("Read what the operator asks, and answer."),
        url=claim.get_absolute_url(),
        verb=_("Answer"),
        is_urgent=True,
    )


def document_todos(actor: Actor) -> Iterator[Waiting]:
    """Documents that end soon, have ended, or came back after the party was verified."""
    if actor.party is not None and actor.party.is_trusted:
        rows = Document.objects.to_renew(actor.party)
        yield Waiting(rows, _document, ("status", "reason", "expires_on", "party_id", *OF_KIND))


def _document(document: Document) -> Todo:
    kind = document.kind.name
    is_back = document.status == DocumentStatus.RETURNED
    return Todo(
        title=_("%(kind)s was returned") % {"kind": kind}
        if is_back
        else _("Renew: %(kind)s") % {"kind": kind},
        detail=document.reason if is_back else "",
        url=document.get_absolute_url(),
        verb=_("Upload"),
        due=document.expires_on,
        is_urgent=is_back or _is_due(document),
    )


def _is_due(document: Document) -> bool:
    last_day = document.expires_on
    return last_day is not None and last_day <= clock.today() + RENEW_SOON


def roster_todos(actor: Actor) -> Iterator[Waiting]:
    """An agency that asks a creator to join it."""
    open_ones = RosterEntry.objects.invited().filter(creator=actor.party_id)
    yield Waiting(open_ones.order_by("expires_at"), _entry, ("expires_at", "agency__name"))


def _entry(entry: RosterEntry) -> Todo:
    return dated(
        clock.day_of(entry.expires_at),
        title=_("%(agency)s invites you to its roster") % {"agency": entry.agency.name},
        detail=_("Read the terms, then accept or decline."),
        url=entry.get_absolute_url(),
        verb=_("Answer"),
    )


def departure_todos(actor: Actor) -> Iterator[Waiting]:
    """Wishes of the other side to part early."""
    asked = Departure.objects.filter(status=DepartureStatus.ASKED).filter(
        Q(entry__agency=actor.party_id) | Q(entry__creator=actor.party_id)
    )
    others = asked.exclude(asked_by=actor.party_id).order_by("answer_by")
    yield Waiting(others, _departure, ("answer_by", "asked_by__name", "entry__id"))


def _departure(departure: Departure) -> Todo:
    return dated(
        clock.day_of(departure.answer_by),
        title=_("%(party)s asks to part early") % {"party": departure.asked_by.name},
        detail=_("Agree or object; silence counts as an objection."),
        url=departure.entry.get_absolute_url(),
        verb=_("Answer"),
    )
