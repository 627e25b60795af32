"""Making one party of two."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.parties import merges, rules, states
from portal.parties.listing import publish_listings_of
from portal.parties.models import ApiKey, Invitation, OwnershipOffer, Party
from portal.parties.services.claims import refuse_claims
from portal.parties.services.parties import tell_party
from portal.parties.states import InvitationStatus, OfferStatus, PartyStatus

MOST_WORDS = 300


@transaction.atomic
def merge_parties(actor: Actor, *, survivor: Party, absorbed: Party, why: str) -> Party:
    """Move what is `absorbed`'s to `survivor` and close it with a pointer to where it went; all of
    it or nothing. A clash refuses it with its sentence."""
    survivor, absorbed = _lock_both(survivor, absorbed)
    rules.can_merge_parties(actor, survivor, absorbed).require()
    _require_reason(why)
    merges.may_merge(survivor, absorbed).require()
    _shut_doors(actor, absorbed)
    moved = counts_of(absorbed)
    # Closed first: the database asks every other party for an owner.
    before = _close(absorbed, survivor)
    merges.move_all(survivor, absorbed)
    survivor.updated_at = clock.now()  # readers of its offer are told
    survivor.save(update_fields=["updated_at"])
    publish_listings_of([survivor.pk, absorbed.pk])
    after = {"status": absorbed.status, "merged_into": survivor.pk, "rows": moved}
    audit.record(
        actor, "merge_party", absorbed, before={"status": before}, after=after, why=why.strip()
    )
    audit.record(actor, "absorb_party", survivor, after={"party": absorbed.pk}, why=why.strip())
    tell_party(
        survivor,
        event="party.merged",
        key=f"party-merged:{absorbed.pk}",
        sentence=gettext_noop("%(other)s and %(party)s are one party now: %(party)s."),
        params={"other": absorbed.name, "party": survivor.name},
        url=survivor.get_absolute_url(),
    )
    return survivor


def counts_of(party: Party) -> dict[str, int]:
    """How many rows of each part name the party; for the preview, and kept in the trail."""
    found = {
        f"{column.model._meta.label_lower}.{column.name}": column.rows_of(party).count()
        for column in merges.columns()
    }
    return {name: count for name, count in found.items() if count}


def _lock_both(survivor: Party, absorbed: Party) -> tuple[Party, Party]:
    """In the order of their keys, so that two merges never wait for each other."""
    rows = Party.objects.select_for_update(of=("self",)).select_related("city")
    found = {row.pk: row for row in rows.filter(pk__in={survivor.pk, absorbed.pk}).order_by("pk")}
    return found[survivor.pk], found[absorbed.pk]


def _require_reason(why: str) -> None:
    if not why.strip():
        raise Refused(flawless([Flaw("why", _("Say why; it is written down."))]))
    if len(why.strip()) > MOST_WORDS:
        raise Refused(flawless([Flaw("why", _("At most 300 characters."))]))


def _shut_doors(actor: Actor, absorbed: Party) -> None:
    """Nobody comes in any more by a key, an invitation, an offer or a claim of the party."""
    now = clock.now()
    ApiKey.objects.filter(party=absorbed).live(now).update(revoked_at=now)
    Invitation.objects.pending().filter(party=absorbed).update(
        status=InvitationStatus.WITHDRAWN, ended_at=now
    )
    OwnershipOffer.objects.pending().filter(party=absorbed).update(
        status=OfferStatus.WITHDRAWN, ended_at=now
    )
    sentence = gettext_noop("It was merged with another profile of the same party.")
    refuse_claims(actor, absorbed, sentence)


def _close(absorbed: Party, survivor: Party) -> str:
    """The status it had."""
    if absorbed.status not in states.MERGEABLE:
        raise Refused(conflict(_("This is not possible in the party's present state.")))
    before, absorbed.status = absorbed.status, PartyStatus.CLOSED
    absorbed.merged_into, absorbed.updated_at = survivor, clock.now()
    absorbed.save(update_fields=["status", "merged_into", "updated_at"])
    return before
