"""How a contact or call changes: one door, a step each time, and who is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import states
from matchmaking.needs.models import Proposal, Talk, TalkStep
from matchmaking.needs.rules import side_of
from matchmaking.needs.services.talk_words import CANCELLED, DECLINED, WITHDRAWN, Telling
from matchmaking.needs.states import Side, TalkKind, TalkStatus, TalkVerb
from portal.core import audit, clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import Refused, conflict
from portal.parties.models import Party
from portal.parties.services import tell_party


def lock_parties(proposal: Proposal) -> None:
    """Both sides' rows, before anything of theirs: as whoever blocks does."""
    pair = [proposal.need.merchant_id, proposal.provider_id]
    list(Party.objects.select_for_update(no_key=True).filter(pk__in=pair).order_by("pk"))


def lock_talk(talk: Talk) -> Talk:
    """The talk as it is now, behind the parties, and its proposal with it."""
    lock_parties(talk.proposal)
    proposals = Proposal.objects.select_for_update(of=("self",), no_key=True)
    proposal = proposals.select_related("need__merchant", "provider").get(pk=talk.proposal_id)
    locked = Talk.objects.select_for_update(of=("self",), no_key=True).get(pk=talk.pk)
    locked.proposal = proposal
    return locked


def was_seen(talk: Talk, version: int | None) -> int:
    """The version an answer is about: by default that of the talk as it was passed."""
    return talk.version if version is None else version


def append_step(actor: Actor, talk: Talk, step: TalkVerb, note: str = "") -> None:
    talk.version += 1
    talk.save()
    TalkStep.objects.create(
        talk=talk,
        number=talk.version,
        side="" if actor.role == SYSTEM else side_of(actor, talk.proposal),
        by=actor.user,
        verb=step,
        times=[talk.starts_at] if talk.starts_at and not talk.times else talk.times,
        note=note.strip(),
        at=clock.now(),
    )


def change_talk_status(
    actor: Actor, talk: Talk, status: TalkStatus, step: TalkVerb, *, verb: str, note: str = ""
) -> None:
    if status not in states.TALK_TRANSITIONS[talk.status]:
        raise Refused(conflict(_("This is not possible any more.")))
    before, talk.status = talk.status, status
    if status not in states.TALKING:
        talk.ended_at, talk.answer_by, talk.remind_at = clock.now(), None, None
    append_step(actor, talk, step, note)
    after = {"status": status, "proposal": talk.proposal_id}
    audit.record(actor, verb, talk, before={"status": before}, after=after)


def tell_of_talk(talk: Talk, telling: Telling, *, by: str = "") -> None:
    """The side that did not do it; both where nobody did."""
    proposal = talk.proposal
    if by != Side.MERCHANT:
        _tell(talk, proposal.need.merchant, telling.what, telling.to_merchant)
    if by != Side.BIDDER:
        _tell(talk, proposal.provider, telling.what, telling.to_bidder)


def end_talks(actor: Actor, proposal: Proposal) -> None:
    """With the proposal nothing waits any more, and no booked call takes place."""
    for talk in _standing([proposal]):
        if talk.status == TalkStatus.PROPOSED:
            change_talk_status(actor, talk, TalkStatus.LAPSED, TalkVerb.END, verb="end_talk")
        elif _is_to_come(talk):
            _call_off(actor, talk, TalkVerb.END)
            tell_of_talk(talk, CANCELLED)


def end_talks_between(actor: Actor, proposals: Sequence[Proposal]) -> None:
    """One side wants to hear no more: as if it had answered, or taken back, each by itself. Nothing
    else is to be read from it."""
    for talk in _standing(proposals):
        side = side_of(actor, talk.proposal)
        if talk.status == TalkStatus.PROPOSED:
            is_own = side == talk.asked_by
            status = TalkStatus.WITHDRAWN if is_own else TalkStatus.DECLINED
            step = TalkVerb.WITHDRAW if is_own else TalkVerb.DECLINE
            change_talk_status(actor, talk, status, step, verb=f"{step}_talk")
            tell_of_talk(talk, WITHDRAWN if is_own else DECLINED, by=side)
        elif _is_to_come(talk):
            _call_off(actor, talk, TalkVerb.CANCEL)
            tell_of_talk(talk, CANCELLED, by=side)


def _standing(proposals: Sequence[Proposal]) -> list[Talk]:
    rows = (
        Talk.objects.select_for_update(of=("self",), no_key=True)
        .standing()
        .filter(proposal__in=proposals)
    )
    related = rows.select_related("proposal__need__merchant", "proposal__provider")
    return list(related.order_by("created_at"))


def _is_to_come(talk: Talk) -> bool:
    return talk.is_booked and talk.starts_at is not None and talk.starts_at > clock.now()


def _call_off(actor: Actor, talk: Talk, step: TalkVerb) -> None:
    talk.times = []
    change_talk_status(actor, talk, TalkStatus.CANCELLED, step, verb="cancel_call")


def _tell(talk: Talk, to: Party, what: str, sentence: str) -> None:
    proposal = talk.proposal
    tell_party(
        to,
        event=f"talk.{what}",
        key=f"talk-{what}:{talk.pk}:{talk.version}:{to.pk}:{_stamp(talk.remind_at)}",
        sentence=sentence,
        params={
            "need": proposal.need.title,
            "provider": proposal.provider.name,
            "at": _stamp(talk.starts_at),
            "t_kind": _source(talk),
        },
        url=talk.get_absolute_url(),
    )


def _stamp(at: datetime | None) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" if at else ""


def _source(talk: Talk) -> str:
    """The English source of the kind, so that each reader sees it in their own language."""
    with translation.override("en"):
        return str(TalkKind(talk.kind).label)
