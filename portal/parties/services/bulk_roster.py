"""Many roster entries at once, for imports and the demo: the rows are those of the single services.

Each is told as a life: invited, joined, perhaps shown, perhaps over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, bulk, clock
from portal.core.actor import Actor, system_actor
from portal.core.models import AuditEntry
from portal.core.verdict import Refused, Verdict, conflict, unmet
from portal.notices.models import Notice
from portal.notices.services import notify_many
from portal.parties import rules, states
from portal.parties.fields import RosterFields
from portal.parties.listing import refresh_facets
from portal.parties.models import Membership, Party, RosterEntry
from portal.parties.services.roster import one_agency_at_a_time, side_told, snapshot
from portal.parties.states import PartyKind, Role, RosterStatus


@dataclass(frozen=True, slots=True)
class Signing:
    """A creator's time with an agency. A moment that is None has not come."""

    agency: Party
    creator: Party
    fields: RosterFields
    invited_at: datetime
    joined_at: datetime
    shown_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def moments(self) -> list[datetime]:
        told = (self.invited_at, self.joined_at, self.shown_at, self.ended_at)
        return [moment for moment in told if moment is not None]


Owners = Mapping[int, Sequence[Membership]]  # party → who manages it, its owner first


@transaction.atomic
def sign_creators(actor: Actor, *, signings: Sequence[Signing]) -> list[RosterEntry]:
    """All of them, or none: a refusal names the first that is not sound."""
    rules.can_register_in_bulk(actor).require()
    for number, signing in enumerate(signings, start=1):
        verdict = _is_sound(signing)
        if not verdict:
            sentence = _("Row %(row)s: %(reason)s") % {"row": number, "reason": verdict.reason}
            raise Refused(Verdict(verdict.kind, sentence, verdict.flaws))
    managers = _managers(signings)
    told = [(_entry(signing, managers), signing) for signing in signings]
    entries = [entry for entry, _signing in told]
    bulk.number(entries)
    with one_agency_at_a_time():
        bulk.insert(entries)
    refresh_facets({entry.agency_id for entry in entries})
    audit.record_many([row for entry, s in told for row in _trail(actor, entry, s, managers)])
    notify_many([row for entry, s in told for row in _notices(entry, s, managers)])
    return entries


def _is_sound(signing: Signing) -> Verdict:
    agency, creator, fields = signing.agency, signing.creator, signing.fields
    if not (verdict := rules.can_invite_creator(system_actor("command"), agency)):
        return verdict
    if creator.kind != PartyKind.CREATOR or not creator.is_trusted:
        return conflict(_("Your creator profile must be verified before you join an agency."))
    if signing.moments != sorted(signing.moments):
        return unmet(_("A creator is invited, joins and leaves, in this order."))
    if signing.ended_at and clock.day_of(signing.ended_at) <= fields.last_day:
        return unmet(_("The contract is not over before its last day."))
    with clock.standing_at(signing.invited_at):
        return rules.roster_is_sound(fields)


def _managers(signings: Sequence[Signing]) -> Owners:
    sides = {party.pk for signing in signings for party in (signing.agency, signing.creator)}
    rows = Membership.objects.filter(party__in=sides, role__in=states.MANAGING)
    found: dict[int, list[Membership]] = {}
    for row in rows.select_related("user").order_by("pk"):
        found.setdefault(row.party_id, []).append(row)
    return {key: sorted(rows, key=lambda r: r.role != Role.OWNER) for key, rows in found.items()}


def _entry(signing: Signing, managers: Owners) -> RosterEntry:
    fields, is_over = signing.fields, signing.ended_at is not None
    return RosterEntry(
        agency=signing.agency,
        creator=signing.creator,
        name=fields.name.strip(),
        account=fields.account.strip(),
        phone=fields.phone,
        period=DateRange(fields.starts_on, fields.last_day + timedelta(days=1)),
        terms=fields.terms.strip(),
        status=RosterStatus.ENDED if is_over else RosterStatus.ACTIVE,
        invited_by_id=managers[signing.agency.pk][0].user_id,
        invited_at=signing.invited_at,
        expires_at=signing.invited_at + rules.INVITATION_LASTS,
        answered_by_id=managers[signing.creator.pk][0].user_id,
        answered_at=signing.joined_at,
        ended_at=signing.ended_at,
        is_shown=signing.shown_at is not None and not is_over,
    )


def _trail(
    actor: Actor, entry: RosterEntry, signing: Signing, managers: Owners
) -> Iterator[AuditEntry]:
    """The audit rows of this life: each side acts through its owner, the clock ends it."""
    agency = _owner(signing.agency, managers, actor.via)
    creator = _owner(signing.creator, managers, actor.via)
    invited = snapshot(entry) | {"status": RosterStatus.INVITED, "creator": signing.creator.pk}
    active = snapshot(entry) | {"status": RosterStatus.ACTIVE}
    at = signing.invited_at
    yield audit.entry(agency, "invite_creator", entry, at=at, after=invited)
    before, at = {"status": RosterStatus.INVITED}, signing.joined_at
    yield audit.entry(creator, "join_roster", entry, at=at, before=before, after=active)
    if (at_shown := signing.shown_at) is not None:
        after = {"is_shown": True}
        yield audit.entry(creator, "show_entry", entry, at=at_shown, after=after)
    if (at_end := signing.ended_at) is not None:
        before, after = {"status": RosterStatus.ACTIVE}, snapshot(entry)
        yield audit.entry(actor, "end_membership", entry, at=at_end, before=before, after=after)


def _owner(party: Party, managers: Owners, via: str) -> Actor:
    owner = managers[party.pk][0]
    return Actor(user=owner.user, party=party, role=owner.role, via=via)


def _notices(entry: RosterEntry, signing: Signing, managers: Owners) -> Iterator[Notice]:
    agency, creator = signing.agency, signing.creator
    yield from _tell(
        entry, creator, signing.invited_at, "invited",
        gettext_noop("%(agency)s invites you to its roster."), managers,
    )  # fmt: skip
    yield from _tell(
        entry, agency, signing.joined_at, "accepted",
        gettext_noop("%(creator)s joined the roster of %(agency)s."), managers,
    )  # fmt: skip
    if signing.ended_at is not None:
        for side in (agency, creator):
            yield from _tell(
                entry, side, signing.ended_at, "ended",
                gettext_noop("The contract of %(creator)s with %(agency)s has ended."), managers,
            )  # fmt: skip


def _tell(
    entry: RosterEntry, side: Party, at: datetime, what: str, sentence: str, managers: Owners
) -> Iterator[Notice]:
    for manager in managers[side.pk]:
        told = side_told(entry, side, what, sentence)
        yield Notice(user_id=manager.user_id, party_id=side.pk, created_at=at, **told)
