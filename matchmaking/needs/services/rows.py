"""The rows of lives, collected until they are written together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import rules, selectors, states
from matchmaking.needs.models import Need, Offer, Proposal, ResponseFact
from matchmaking.needs.services.changes import telling
from matchmaking.needs.services.lives import Acting, Event, NeedLife
from matchmaking.needs.services.needs import plain_fields
from matchmaking.needs.services.responses import MINUTE
from matchmaking.needs.states import (
    AskedBy,
    LossReason,
    NeedStatus,
    ProposalStatus,
)
from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verdict import Refused, conflict
from portal.core.workdays import working_days
from portal.core.workhours import working_time
from portal.notices.models import Notice
from portal.parties import states as party_states
from portal.parties.models import Membership, Party


@dataclass
class Rows:
    """What some lives will have written, as it comes to be."""

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
        hired = [Cooperation() for life in self.lives for e in life.events if e.what == "accept"]
        bulk.number(hired)
        self.keys = iter([row.pk for row in hired])
        self.managers = _managers([*parties, *(life.merchant.pk for life in self.lives)])
        self.past = selectors.Past.of(list(parties.values()))
        moments = [e.at for life in self.lives for e in life.events]
        days = [clock.day_of(moment) for moment in moments] or [clock.today()]
        self.days: set[date] = set(working_days(min(days), max(days)))

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


def _need(life: NeedLife) -> Need:
    with clock.standing_at(life.created_at):
        rules.need_is_sound(life.fields, life.merchant).require()
    return Need(merchant=life.merchant, created_at=life.created_at, **plain_fields(life.fields))


def _first(life: NeedLife, bidder: Party) -> datetime:
    return next(e.at for e in life.events if e.bidder == bidder)


def _managers(party_ids: Sequence[int]) -> dict[int, list[int]]:
    rows = Membership.objects.filter(party__in=party_ids, role__in=party_states.MANAGING)
    found: dict[int, list[int]] = {}
    for party_id, user_id in rows.order_by("pk").values_list("party_id", "user_id"):
        found.setdefault(party_id, []).append(user_id)
    return found
