"""Many needs at once, for the demo: the rows are those of the single services.

Each need is told as a life: what was done to it, by whom and when. The same states and the same
soundness judge it; what differs is that tables are written a batch at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_noop

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import cooperation_row, cooperation_snapshot
from matchmaking.needs import rules, selectors, states
from matchmaking.needs.fields import NeedFields, ProposalFields
from matchmaking.needs.models import Need, Offer, Proposal, ResponseFact
from matchmaking.needs.services.awards import terms_of_award
from matchmaking.needs.services.changes import telling
from matchmaking.needs.services.losses import standings_of
from matchmaking.needs.services.needs import SENTENCES as ENDINGS
from matchmaking.needs.services.needs import plain_fields
from matchmaking.needs.services.offers import terms_of
from matchmaking.needs.services.responses import MINUTE
from matchmaking.needs.states import (
    AskedBy,
    LossReason,
    NeedStatus,
    ProposalStatus,
    Side,
)
from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verdict import Refused, conflict
from portal.core.workdays import working_days
from portal.core.workhours import working_time
from portal.notices.models import Notice
from portal.notices.services import notify_many
from portal.parties import states as party_states
from portal.parties.models import Membership, Party


@dataclass(frozen=True, slots=True)
class Event:
    """What was done at a moment: publish, invite, submit, withdraw, shortlist, decline, accept,
    cancel or expire; to whose answer, where it is about one."""

    at: datetime
    what: str
    bidder: Party | None = None
    offer: ProposalFields | None = None
    reason: LossReason | None = None


@dataclass(frozen=True, slots=True)
class NeedLife:
    """A need to be, from its draft on; `acting` gives the actor who speaks for a party."""

    merchant: Party
    fields: NeedFields
    created_at: datetime
    events: Sequence[Event] = ()


Acting = Callable[[Party], Actor]


@transaction.atomic
def write_needs(actor: Actor, *, lives: Sequence[NeedLife], acting: Acting) -> list[Need]:
    """All of them, or none."""
    rules.can_write_in_bulk(actor).require()
    writer = _Writer(actor, acting, lives)
    for need, life in zip(writer.needs, lives, strict=True):
        writer.tell(need, life)
    writer.write()
    return writer.needs


@dataclass
class _Writer:
    """What will be written, as it comes to be."""

    actor: Actor
    acting: Acting
    lives: Sequence[NeedLife]
    needs: list[Need] = field(default_factory=list)
    proposals: dict[int, dict[int, Proposal]] = field(default_factory=dict)  # need, bidder
    offers: list[Offer] = field(default_factory=list)
    facts: list[ResponseFact] = field(default_factory=list)
    cooperations: list[Cooperation] = field(default_factory=list)
    entries: list[AuditEntry] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.needs = [_need(life) for life in self.lives]
        bulk.number(self.needs)
        told = zip(self.needs, self.lives, strict=True)
        self.categories = {need.pk: life.fields.category_ids for need, life in told}
        bids = [
            (need, bidder, life)
            for need, life in zip(self.needs, self.lives, strict=True)
            for bidder in dict.fromkeys(e.bidder for e in life.events if e.bidder)
        ]
        rows = [
            Proposal(need=need, provider=bidder, created_at=_first(life, bidder))
            for need, bidder, life in bids
        ]
        bulk.number(rows)
        for row in rows:
            self.proposals.setdefault(row.need_id, {})[row.provider_id] = row
        parties = {bidder.pk: bidder for _need, bidder, _life in bids}
        self.managers = _managers([*parties, *(life.merchant.pk for life in self.lives)])
        self.past = selectors.Past.of(list(parties.values()))
        moments = [e.at for life in self.lives for e in life.events]
        days = [clock.day_of(moment) for moment in moments] or [clock.today()]
        self.days: set[date] = set(working_days(min(days), max(days)))

    # --- one life -------------------------------------------------------------------------------

    def tell(self, need: Need, life: NeedLife) -> None:
        own = self.acting(life.merchant)
        self._note(own, "create_need", need, life.created_at, {}, {"title": need.title})
        for event in life.events:
            getattr(self, f"_{event.what}")(need, event)

    def _publish(self, need: Need, event: Event) -> None:
        need.published_at = event.at
        own = self.acting(need.merchant)
        self._change_need(own, need, NeedStatus.OPEN, "publish_need", event.at)

    def _invite(self, need: Need, event: Event) -> None:
        row = self._bid(need, event)
        row.status, row.invited_at = ProposalStatus.INVITED, event.at
        after = {"provider": row.provider_id}
        self._note(self.acting(need.merchant), "invite_provider", row, event.at, {}, after)
        sentence = gettext_noop("%(merchant)s invites you to answer “%(need)s”.")
        self._inform(row, row.provider, "invited", sentence, event.at)

    def _submit(self, need: Need, event: Event) -> None:
        row, fields = self._bid(need, event), event.offer
        assert fields is not None
        with clock.standing_at(event.at):
            rules.proposal_is_sound(fields, need).require()
        row.status = row.status or ProposalStatus.APPLIED
        self._answered(row, event.at)
        _put_terms(row, fields)
        row.submitted_at, row.version, row.offered_by = event.at, 1, Side.BIDDER
        row.term_months = need.term_months
        by = self.acting(row.provider)
        self.offers.append(_first_offer(row, by, event.at))
        self._change_bid(by, row, ProposalStatus.SUBMITTED, "submit_proposal", event.at)
        if need.status == NeedStatus.OPEN:
            self._change_need(by, need, NeedStatus.MATCHED, "match_need", event.at)
        sentence = gettext_noop("%(provider)s sent a proposal for “%(need)s”.")
        self._inform(row, need.merchant, "submitted", sentence, event.at)

    def _withdraw(self, need: Need, event: Event) -> None:
        row = self._bid(need, event)
        self._answered(row, event.at)
        by, ended = self.acting(row.provider), ProposalStatus.WITHDRAWN
        self._end_bid(by, row, ended, event.reason, "withdraw_proposal", event.at)
        sentence = gettext_noop("%(provider)s stepped back from “%(need)s”: %(t_reason)s.")
        self._inform(row, need.merchant, "withdrawn", sentence, event.at)

    def _shortlist(self, need: Need, event: Event) -> None:
        row, own = self._bid(need, event), self.acting(need.merchant)
        self._change_bid(own, row, ProposalStatus.SHORTLISTED, "shortlist_proposal", event.at)
        sentence = gettext_noop("Your proposal for “%(need)s” is on the shortlist.")
        self._inform(row, row.provider, "shortlisted", sentence, event.at)

    def _decline(self, need: Need, event: Event) -> None:
        row = self._bid(need, event)
        self._decided(row, event.at)
        self._lose(row, event.reason, event.at)

    def _accept(self, need: Need, event: Event) -> None:
        row, own, at = self._bid(need, event), self.acting(need.merchant), event.at
        self._decided(row, at)
        with clock.standing_at(at):
            terms = terms_of_award(row)
        cooperation = cooperation_row(
            merchant=need.merchant, provider=row.provider, ref=row.pk, terms=terms, at=at
        )
        bulk.number([cooperation])
        self.cooperations.append(cooperation)
        self._note(own, "begin_cooperation", cooperation, at, {}, cooperation_snapshot(cooperation))
        row.cooperation = cooperation
        categories = self._categories(need)
        row.concerns = self.past.concerns(need, row.provider, clock.day_of(at), categories)
        self.past.add(cooperation, categories)
        self._change_bid(own, row, ProposalStatus.ACCEPTED, "accept_proposal", at)
        self._change_need(own, need, NeedStatus.AWARDED, "award_need", at)
        url = cooperation.get_absolute_url()
        sentence = gettext_noop("%(merchant)s accepted your proposal for “%(need)s”.")
        self._inform(row, row.provider, "accepted", sentence, at, url)
        sentence = gettext_noop("Cooperation with %(provider)s on “%(need)s” has begun.")
        self._inform(row, need.merchant, "accepted", sentence, at, url)
        every = self.proposals[need.pk].values()
        for other, standing in standings_of(row, [p for p in every if p.submitted_at]):
            other.lost_by = standing
        for other in self._live(need):
            if other.status in states.ANSWERABLE:
                self._lose(other, LossReason.ANOTHER, at)
            else:
                self._lapse(own, other, LossReason.ANOTHER, at)
                sentence = gettext_noop("The need “%(need)s” was awarded to somebody else.")
                self._inform(other, other.provider, "lapsed", sentence, at)

    def _cancel(self, need: Need, event: Event) -> None:
        own = self.acting(need.merchant)
        self._close(own, need, NeedStatus.CANCELLED, "cancel_need", event.at)

    def _expire(self, need: Need, event: Event) -> None:
        self._close(self.actor, need, NeedStatus.EXPIRED, "expire_need", event.at)
        told = {
            "event": "need.expired",
            "key": f"need-expired:{need.pk}",
            "sentence": ENDINGS[NeedStatus.EXPIRED],
            "params": {"need": need.title},
            "url": need.get_absolute_url(),
        }
        self._put_notices(need.merchant, told, event.at)

    # --- what the events have in common ---------------------------------------------------------

    def _close(self, by: Actor, need: Need, status: NeedStatus, verb: str, at: datetime) -> None:
        self._change_need(by, need, status, verb, at)
        for row in self._live(need):
            self._lapse(by, row, LossReason.CHANGED, at)
            self._inform(row, row.provider, status, ENDINGS[status], at)

    def _lapse(self, by: Actor, row: Proposal, reason: LossReason, at: datetime) -> None:
        if row.invited_at is not None and row.submitted_at is None:
            self._fact(row, row.provider, AskedBy.INVITATION, str(row.pk), row.invited_at, None, at)
        self._end_bid(by, row, ProposalStatus.EXPIRED, reason, "expire_proposal", at)

    def _lose(self, row: Proposal, reason: LossReason | None, at: datetime) -> None:
        own = self.acting(row.need.merchant)
        self._end_bid(own, row, ProposalStatus.DECLINED, reason, "decline_proposal", at)
        sentence = gettext_noop("Your proposal for “%(need)s” was declined: %(t_reason)s.")
        self._inform(row, row.provider, "declined", sentence, at)

    def _answered(self, row: Proposal, at: datetime) -> None:
        if row.invited_at is not None and row.submitted_at is None:
            self._fact(row, row.provider, AskedBy.INVITATION, str(row.pk), row.invited_at, at, at)

    def _decided(self, row: Proposal, at: datetime) -> None:
        assert row.submitted_at is not None
        ref = f"{row.pk}:{row.version}"
        self._fact(row, row.need.merchant, AskedBy.OFFER, ref, row.submitted_at, at, at)

    def _fact(
        self,
        row: Proposal,
        party: Party,
        kind: AskedBy,
        ref: str,
        asked_at: datetime,
        answered_at: datetime | None,
        at: datetime,
    ) -> None:
        self.facts.append(
            ResponseFact(
                party=party,
                kind=kind,
                ref=ref,
                asked_at=asked_at,
                answered_at=answered_at,
                minutes=working_time(asked_at, at, self.days) // MINUTE,
                at=at,
            )
        )

    def _bid(self, need: Need, event: Event) -> Proposal:
        assert event.bidder is not None
        return self.proposals[need.pk][event.bidder.pk]

    def _live(self, need: Need) -> list[Proposal]:
        rows = self.proposals.get(need.pk, {}).values()
        return [row for row in sorted(rows, key=lambda p: p.pk) if row.status in states.LIVE]

    def _categories(self, need: Need) -> Sequence[int]:
        return self.categories[need.pk]

    def _change_need(
        self, by: Actor, need: Need, status: NeedStatus, verb: str, at: datetime
    ) -> None:
        if status not in states.NEED_TRANSITIONS[need.status]:
            raise Refused(conflict(f"{need.status} → {status}"))
        before, need.status = need.status, status
        need.ended_at = at if status in states.ENDED else None
        self._note(by, verb, need, at, {"status": before}, {"status": status})

    def _change_bid(
        self,
        by: Actor,
        row: Proposal,
        status: ProposalStatus,
        verb: str,
        at: datetime,
        why: str = "",
    ) -> None:
        if status not in states.PROPOSAL_TRANSITIONS[row.status]:
            raise Refused(conflict(f"{row.status} → {status}"))
        before, row.status = row.status, status
        self._note(by, verb, row, at, {"status": before}, {"status": status}, why)

    def _end_bid(
        self,
        by: Actor,
        row: Proposal,
        status: ProposalStatus,
        reason: LossReason | None,
        verb: str,
        at: datetime,
    ) -> None:
        assert reason is not None
        row.reason, row.ended_at = reason, at
        self._change_bid(by, row, status, verb, at, reason)

    def _note(
        self,
        by: Actor,
        verb: str,
        obj: models.Model,
        at: datetime,
        before: dict[str, Any],
        after: dict[str, Any],
        why: str = "",
    ) -> None:
        self.entries.append(audit.entry(by, verb, obj, at=at, before=before, after=after, why=why))

    def _inform(
        self, row: Proposal, to: Party, what: str, sentence: str, at: datetime, url: str = ""
    ) -> None:
        self._put_notices(to, telling(row, to, what, sentence, url), at)

    def _put_notices(self, to: Party, told: dict[str, Any], at: datetime) -> None:
        self.notices += [
            Notice(user_id=user_id, party_id=to.pk, created_at=at, **told)
            for user_id in self.managers.get(to.pk, ())
        ]

    # --- writing --------------------------------------------------------------------------------

    def write(self) -> None:
        bulk.insert(self.needs)
        fields = [(need.pk, life.fields) for need, life in zip(self.needs, self.lives, strict=True)]
        _link(Need.services.through, "need_id", "servicetype_id", fields, "service_ids")
        _link(Need.categories.through, "need_id", "category_id", fields, "category_ids")
        bulk.insert(self.cooperations)
        bids = [row for rows in self.proposals.values() for row in rows.values()]
        of_need = {need.pk: life.fields for need, life in zip(self.needs, self.lives, strict=True)}
        hired = [(row.cooperation_id, of_need[row.need_id]) for row in bids if row.cooperation_id]
        terms = Cooperation.services.through, Cooperation.categories.through
        _link(terms[0], "cooperation_id", "servicetype_id", hired, "service_ids")
        _link(terms[1], "cooperation_id", "category_id", hired, "category_ids")
        bulk.insert(bids)
        bulk.insert(self.offers)
        bulk.insert(self.facts)
        audit.record_many(self.entries)
        notify_many(self.notices)


def _need(life: NeedLife) -> Need:
    with clock.standing_at(life.created_at):
        rules.need_is_sound(life.fields, life.merchant).require()
    return Need(merchant=life.merchant, created_at=life.created_at, **plain_fields(life.fields))


def _first(life: NeedLife, bidder: Party) -> datetime:
    return next(e.at for e in life.events if e.bidder == bidder)


def _put_terms(row: Proposal, fields: ProposalFields) -> None:
    for name in ("plan", "team", "monthly_fee_fen", "share_bp", "starts_on"):
        setattr(row, name, getattr(fields, name))
    row.ladder = [list(step) for step in fields.ladder]


def _first_offer(row: Proposal, by: Actor, at: datetime) -> Offer:
    terms = terms_of(row)
    return Offer(
        proposal=row,
        number=1,
        side=Side.BIDDER,
        monthly_fee_fen=terms.monthly_fee_fen,
        share_bp=terms.share_bp,
        ladder=row.ladder,
        starts_on=terms.starts_on,
        term_months=row.need.term_months,
        by=by.user,
        at=at,
    )


def _managers(party_ids: Sequence[int]) -> dict[int, list[int]]:
    rows = Membership.objects.filter(party__in=party_ids, role__in=party_states.MANAGING)
    found: dict[int, list[int]] = {}
    for party_id, user_id in rows.order_by("pk").values_list("party_id", "user_id"):
        found.setdefault(party_id, []).append(user_id)
    return found


def _link(
    through: Any, own: str, other: str, rows: Sequence[tuple[int, NeedFields]], name: str
) -> None:
    bulk.insert(
        [
            through(**{own: pk, other: key})
            for pk, fields in rows
            for key in dict.fromkeys(getattr(fields, name))
        ]
    )
