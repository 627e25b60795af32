"""The confidential part of a brief, promises to keep it, and colleagues' opinions."""

from __future__ import annotations

from typing import cast

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.choosing import rules
from matchmaking.choosing.fields import OpinionFields
from matchmaking.choosing.models import ConfidentialBrief, Disclosure, Opinion
from matchmaking.needs.models import Need, Proposal
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import flawless
from portal.parties.models import Party, User
from portal.parties.services import tell_party


@transaction.atomic
def write_confidential(actor: Actor, *, need: Need, text: str) -> ConfidentialBrief:
    """Write it, or another version of it; who promised already is told of the change."""
    need = (
        Need.objects.select_for_update(of=("self",), no_key=True)
        .select_related("merchant")
        .get(pk=need.pk)
    )
    rules.can_write_confidential(actor, need).require()
    flawless(rules.flaws_of_confidential(text)).require()
    now = clock.now()
    brief, is_new = ConfidentialBrief.objects.get_or_create(
        need=need, defaults={"text": text.strip(), "written_at": now}
    )
    if not is_new and brief.text != text.strip():
        brief.text, brief.written_at = text.strip(), now
        brief.version += 1
        brief.save()
        _tell_readers(brief)
    audit.record(actor, "write_confidential", need, after={"version": brief.version})
    return brief


@transaction.atomic
def open_confidential(actor: Actor, *, proposal: Proposal) -> Disclosure:
    """The bidder promises to keep it to itself, and may read it from now on."""
    row = _lock(proposal)
    rules.can_open_confidential(actor, row).require()
    brief = ConfidentialBrief.objects.get(need=row.need_id)
    promise = Disclosure.objects.create(
        brief=brief,
        party=row.provider,
        person=cast("User", actor.user),  # the rule above
        version=brief.version,
        at=clock.now(),
    )
    audit.record(actor, "open_confidential", row, after={"version": brief.version})
    tell_party(
        row.need.merchant,
        event="need.disclosed",
        key=f"need-disclosed:{promise.pk}",
        sentence=gettext_noop("%(bidder)s agreed to keep the confidential part of “%(need)s”."),
        params={"bidder": row.provider.name, "need": row.need.title},
        url=row.get_absolute_url(),
    )
    return promise


@transaction.atomic
def give_opinion(actor: Actor, *, proposal: Proposal, fields: OpinionFields) -> Opinion:
    """What this colleague thinks; said again, it replaces what they said."""
    row = _lock(proposal)
    rules.can_give_opinion(actor, row).require()
    flawless(rules.flaws_of_opinion(fields)).require()
    opinion, _is_new = Opinion.objects.update_or_create(
        proposal=row,
        person_id=actor.user_id,
        defaults={
            "plan": fields.plan,
            "price": fields.price,
            "team": fields.team,
            "note": fields.note.strip()[:300],
            "at": clock.now(),
        },
    )
    audit.record(actor, "give_opinion", opinion, after={"proposal": row.pk})
    return opinion


def _lock(proposal: Proposal) -> Proposal:
    """The need first, as everywhere, so that an award and this do not wait for each other."""
    Need.objects.select_for_update(no_key=True).get(pk=proposal.need_id)
    rows = Proposal.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("need__merchant", "provider").get(pk=proposal.pk)


def _tell_readers(brief: ConfidentialBrief) -> None:
    proposals = Proposal.objects.filter(need=brief.need_id).select_related("need")
    mine = {proposal.provider_id: proposal for proposal in proposals}
    readers = Party.objects.filter(disclosures__brief=brief, pk__in=mine)
    for party in readers:
        proposal = mine[party.pk]
        tell_party(
            party,
            event="need.confidential",
            key=f"need-confidential:{brief.pk}:{brief.version}:{party.pk}",
            sentence=gettext_noop("The confidential part of “%(need)s” was changed."),
            params={"need": proposal.need.title},
            url=proposal.get_absolute_url(),
        )
