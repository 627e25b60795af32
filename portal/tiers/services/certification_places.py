"""Places of a round: given in the order of scores while one is left, taken back, given on."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.tiers import rules
from portal.tiers.certification_states import CertificationStatus, MarkEnd
from portal.tiers.models import (
    CertificationApplication,
    CertificationMark,
    CertificationRound,
)
from portal.tiers.services.certification_changes import (
    change_certification,
    lock_round,
    tell_agency,
)
from portal.tiers.services.publishing import publish_stars_of

GRANTED = gettext_noop("You hold the top-100 mark of %(year)s, place %(rank)s by score.")
NEXT = gettext_noop(
    "You passed the review for the top-100 mark of %(year)s, and all places went to higher scores. "
    "You are next in line, in the order of scores, should one become free."
)
ENDED = gettext_noop("Your top-100 mark of %(year)s was taken back. %(reason)s")
LINE = (CertificationStatus.PASSED, CertificationStatus.WAITING)


def give_places(actor: Actor, round_: CertificationRound) -> int:
    """Call it under the round's lock. To everybody who passed, until no place is left; the others
    wait. How many got one."""
    rows = CertificationApplication.objects.select_for_update(of=("self",)).filter(round=round_)
    line = list(rows.filter(status__in=LINE).whole().by_place())
    granted = [one for one in line if _give(actor, one)]
    for application in line:
        if application.status == CertificationStatus.PASSED:
            status = CertificationStatus.WAITING
            change_certification(actor, application, status, "queue_certification")
            tell_agency(application, "next", NEXT)
    publish_stars_of([one.party_id for one in granted])
    return len(granted)


def take_place(round_: CertificationRound) -> bool:
    """One statement asks whether a place is left and takes it: of two at once, the last place goes
    to one."""
    free = CertificationRound.objects.filter(pk=round_.pk, granted__lt=F("places"))
    return bool(free.update(granted=F("granted") + 1))


def _give(actor: Actor, application: CertificationApplication) -> bool:
    if not take_place(application.round):
        return False
    mark = CertificationMark.objects.create(
        application=application,
        round=application.round,
        party=application.party,
        rank=application.rank or 1,
        granted_at=clock.now(),
    )
    application.decided_at, application.reason = clock.now(), ""
    after = {"number": mark.number, "rank": mark.rank}
    change_certification(
        actor, application, CertificationStatus.GRANTED, "grant_certification", after=after
    )
    tell_agency(application, "granted", GRANTED, rank=mark.rank)
    return True


@transaction.atomic
def give_up_mark(actor: Actor, *, mark: CertificationMark) -> CertificationMark:
    """The agency's own wish; its place goes to the next in line."""
    mark = _lock(mark)
    rules.can_give_up_mark(actor, mark).require()
    _end(actor, mark, MarkEnd.GIVEN_UP, "give_up_certification", "")
    return mark


@transaction.atomic
def take_back_mark(actor: Actor, *, mark: CertificationMark, reason: str) -> CertificationMark:
    mark = _lock(mark)
    rules.can_take_back_mark(actor, mark).require()
    rules.sentence_is_sound(reason).require()
    _end(actor, mark, MarkEnd.TAKEN_BACK, "take_back_certification", reason.strip())
    tell_agency(mark.application, "ended", ENDED, reason=mark.end_reason[:200])
    return mark


def _lock(mark: CertificationMark) -> CertificationMark:
    round_ = lock_round(mark.round)
    locked = CertificationMark.objects.select_for_update(of=("self",)).whole().get(pk=mark.pk)
    locked.round = locked.application.round = round_
    locked.application.party = locked.party
    return locked


def _end(actor: Actor, mark: CertificationMark, end: MarkEnd, verb: str, reason: str) -> None:
    """Call it under the round's lock."""
    mark.ended_at, mark.ended_by = clock.now(), actor.user
    mark.end, mark.end_reason = end, reason
    mark.save(update_fields=["ended_at", "ended_by", "end", "end_reason"])
    status = CertificationStatus.LAPSED
    change_certification(actor, mark.application, status, verb, why=reason)
    CertificationRound.objects.filter(pk=mark.round_id).update(granted=F("granted") - 1)
    publish_stars_of([mark.party_id])
    if mark.round.valid_until >= clock.today():
        give_places(actor, mark.round)


def expire_marks(actor: Actor) -> int:
    """Those whose year is over, and who still waited for one of its places; how many. Safe to run
    twice."""
    over = CertificationRound.objects.published().filter(valid_until__lt=clock.today())
    running = CertificationStatus.GRANTED, CertificationStatus.WAITING
    due = over.filter(applications__status__in=running).distinct().order_by("year")
    return sum(_expire(actor, round_) for round_ in due)


@transaction.atomic
def _expire(actor: Actor, round_: CertificationRound) -> int:
    round_ = lock_round(round_)
    marks = list(CertificationMark.objects.select_for_update().running().filter(round=round_))
    now = clock.now()
    for mark in marks:
        mark.ended_at, mark.end = now, MarkEnd.EXPIRED
        mark.save(update_fields=["ended_at", "end"])
    running = CertificationStatus.GRANTED, CertificationStatus.WAITING
    rows = CertificationApplication.objects.select_for_update(of=("self",)).filter(round=round_)
    ended = list(rows.filter(status__in=running).whole().order_by("pk"))
    for application in ended:
        status = CertificationStatus.EXPIRED
        change_certification(actor, application, status, "expire_certification")
    publish_stars_of([mark.party_id for mark in marks])
    audit.record(actor, "end_certification_round", round_, after={"ended": len(ended)})
    return len(ended)
