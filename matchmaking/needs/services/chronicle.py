"""Lives become rows: each event does in memory what its service does in the database."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop

from matchmaking.cooperation.services import cooperation_row, cooperation_snapshot
from matchmaking.needs import rules, selectors, states
from matchmaking.needs.fields import PROMISES, ProposalFields
from matchmaking.needs.models import Need, Offer, Proposal
from matchmaking.needs.services.awards import terms_of_award
from matchmaking.needs.services.lives import Event, NeedLife
from matchmaking.needs.services.losses import standings_of
from matchmaking.needs.services.needs import SENTENCES as ENDINGS
from matchmaking.needs.services.offers import terms_of
from matchmaking.needs.services.rows import Rows
from matchmaking.needs.states import (
    AskedBy,
    LossReason,
    NeedStatus,
    ProposalStatus,
    Side,
)
from matchmaking.needs.through import through
from portal.core import clock
from portal.core.actor import Actor


class Chronicle(Rows):
    """What happened in some lives, one event after the other."""

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
        row.shares_phone = selectors.share_a_phone(need.merchant, row.provider)
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
            door=through(row), merchant=need.merchant, provider=row.provider, terms=terms, at=at
        )
        cooperation.pk = next(self.keys)
        self.cooperations.append(cooperation)
        self._note(own, "begin_cooperation", cooperation, at, {}, cooperation_snapshot(cooperation))
        row.cooperation = cooperation
        categories = self._categories(need)
        row.concerns = self.past.concerns(row, clock.day_of(at), categories)
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


def _put_terms(row: Proposal, fields: ProposalFields) -> None:
    terms = ("plan", "team", "monthly_fee_fen", "share_bp", "is_guarantee", "starts_on")
    for name in (*terms, *PROMISES):
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
        is_guarantee=terms.is_guarantee,
        starts_on=terms.starts_on,
        term_months=row.need.term_months,
        by=by.user,
        at=at,
    )
