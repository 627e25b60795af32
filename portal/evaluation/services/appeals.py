"""Appeals against ratings: filing, examining, deciding, and the clock behind them."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.core.workdays import add_working_days
from portal.evaluation import calendar, rules
from portal.evaluation.fields import AppealFields, Correction, Evidence
from portal.evaluation.models import Appeal, Fact, IndicatorValue, Rating
from portal.evaluation.services.corrections import correct_fact
from portal.evaluation.states import APPEAL_TRANSITIONS, AppealOutcome, AppealStatus
from portal.notices.services import notify
from portal.parties.models import Party, User
from portal.parties.services import lock_party, tell_party

RATING_EVIDENCE = "rating-evidence"
DECIDED = {
    AppealOutcome.KEEP: gettext_noop("Appeal against %(indicator)s: the number stands. %(why)s"),
    AppealOutcome.DATA: gettext_noop(
        "Appeal against %(indicator)s: you were right, the data are corrected. %(why)s"
    ),
    AppealOutcome.RULE: gettext_noop(
        "Appeal against %(indicator)s: the rule is looked at for the next version. %(why)s"
    ),
}


@transaction.atomic
def file_rating_appeal(
    actor: Actor, *, rating: Rating, indicator: str, fields: AppealFields
) -> Appeal:
    """Object to one number of a preview. Under the party's lock, so that it is filed once."""
    party = lock_party(rating.party)
    rating.party = party
    rules.can_file_appeal(actor, rating, indicator).require()
    rules.appeal_is_sound(fields).require()
    row = IndicatorValue.objects.get(rating=rating, indicator=indicator)
    appeal = Appeal.objects.create(
        party=party,
        rating=rating,
        indicator=indicator,
        value=row.value,
        scaled=row.scaled,
        text=fields.text.strip(),
        filed_at=clock.now(),
        filed_by=actor.user,
        due_on=add_working_days(clock.today(), calendar.ANSWER_DAYS),
    )
    appeal.evidence.set([keep_evidence(actor, party, piece) for piece in fields.evidence])
    after = {"rating": rating.pk, "indicator": indicator, "due_on": appeal.due_on}
    audit.record(actor, "file_rating_appeal", appeal, after=after)
    _tell(
        appeal,
        "filed",
        gettext_noop("Your appeal against %(indicator)s is filed; it is answered by %(day)s."),
        day=appeal.due_on.isoformat(),
    )
    return appeal


@transaction.atomic
def withdraw_rating_appeal(actor: Actor, *, appeal: Appeal) -> Appeal:
    """Take it back before it is decided; within the time another one may be filed."""
    appeal = _lock(appeal)
    rules.can_withdraw_appeal(actor, appeal).require()
    _change_status(actor, appeal, AppealStatus.WITHDRAWN, verb="withdraw_rating_appeal")
    return appeal


@transaction.atomic
def examine_rating_appeal(
    actor: Actor, *, appeal: Appeal, finding: str, proposed: AppealOutcome
) -> Appeal:
    """The first person: what the rows say, and what to do. Only operators read it."""
    appeal = _lock(appeal)
    rules.can_examine_appeal(actor, appeal).require()
    rules.finding_is_sound(finding, proposed).require()
    appeal.finding, appeal.proposed = finding.strip(), proposed
    appeal.examiner, appeal.examined_at = actor.user, clock.now()
    _change_status(actor, appeal, AppealStatus.EXAMINED, verb="examine_rating_appeal")
    return appeal


@transaction.atomic
def decide_rating_appeal(
    actor: Actor,
    *,
    appeal: Appeal,
    outcome: AppealOutcome,
    sentence: str,
    correction: Correction | None = None,
) -> Appeal:
    """The second person answers. With `DATA` the row that stands in for the wrong one is appended
    in the same transaction; the preview is made again in the night (`start_due_snapshots`)."""
    appeal = _lock(appeal)
    rules.can_decide_appeal(actor, appeal).require()
    rules.sentence_is_sound(sentence).require()
    if correction is not None and outcome != AppealOutcome.DATA:
        raise Refused(flawless([Flaw("fact", _("Only corrected data correct a row."))]))
    appeal.sentence, appeal.outcome = sentence.strip(), outcome
    appeal.decider, appeal.decided_at = actor.user, clock.now()
    if correction is not None:
        appeal.correction = _correct(actor, appeal, correction)
    _change_status(
        actor, appeal, AppealStatus.DECIDED, verb="decide_rating_appeal", why=appeal.sentence
    )
    _tell(appeal, "decided", DECIDED[outcome], why=appeal.sentence[:200])
    return appeal


def remind_of_appeals(actor: Actor) -> int:
    """Tell those who decide, once, of each appeal whose day has passed. How many."""
    late = Appeal.objects.running().filter(due_on__lt=clock.today(), is_overdue_told=False)
    return sum(_remind(actor, appeal) for appeal in late.order_by("due_on"))


@transaction.atomic
def _remind(actor: Actor, appeal: Appeal) -> int:
    appeal = _lock(appeal)
    if appeal.is_overdue_told or not appeal.is_running:
        return 0
    appeal.is_overdue_told = True
    appeal.save(update_fields=["is_overdue_told"])
    staff = User.objects.filter(is_staff=True, is_active=True)
    notify(
        [one.pk for one in staff if one.has_perm("evaluation.decide_appeal")],
        party_id=None,
        event="rating_appeal.late",
        key=f"rating-appeal-late:{appeal.pk}",
        sentence=gettext_noop("The appeal of %(party)s against %(indicator)s is overdue."),
        params={"party": appeal.party.name, "indicator": appeal.indicator},
        url=f"/admin/evaluation/appeal/{appeal.pk}/answer/",
    )
    audit.record(actor, "remind_of_appeal", appeal)
    return 1


def keep_evidence(actor: Actor, party: Party, piece: Evidence) -> StoredFile:
    """A file handed in with an appeal or an item of a plan, kept for its party."""
    if isinstance(piece, uuid.UUID):
        file = take_file(actor, file_id=piece, purpose=RATING_EVIDENCE, field="evidence")
        file.party_id = party.pk
        file.save(update_fields=["party_id"])
        return file
    file = store_file(actor, upload=piece, purpose=RATING_EVIDENCE, party_id=party.pk)
    return attach_file(actor, file=file)


def _correct(actor: Actor, appeal: Appeal, correction: Correction) -> Fact:
    """The party's own fact, and no other's."""
    fact = Fact.objects.filter(pk=correction.fact_id, party=appeal.party_id).first()
    if fact is None:
        raise Refused(flawless([Flaw("fact", _("This party has no such fact."))]))
    return correct_fact(
        actor,
        fact=fact,
        value=correction.value,
        is_void=correction.value is None,
        why=appeal.sentence[:300],
    )


def _lock(appeal: Appeal) -> Appeal:
    """Under its party's lock, so that two answers come one by one."""
    party = lock_party(appeal.party)
    fresh = Appeal.objects.select_for_update(of=("self",), no_key=True).select_related(
        "rating__snapshot"
    )
    locked = fresh.get(pk=appeal.pk)
    locked.party = party
    return locked


def _change_status(
    actor: Actor, appeal: Appeal, status: AppealStatus, *, verb: str, why: str = ""
) -> None:
    if status not in APPEAL_TRANSITIONS[appeal.status]:
        raise Refused(conflict(_("This appeal has ended already.")))
    before: dict[str, Any] = {"status": appeal.status}
    if status == AppealStatus.WITHDRAWN:  # what was found meanwhile is in the audit trail
        before |= {"finding": appeal.finding, "examiner": appeal.examiner_id}
        appeal.finding, appeal.proposed = "", ""
        appeal.examiner, appeal.examined_at = None, None
    appeal.status = status
    appeal.save()
    after = {"status": status, "outcome": appeal.outcome}
    audit.record(actor, verb, appeal, before=before, after=after, why=why)


def _tell(appeal: Appeal, news: str, sentence: str, **params: str) -> None:
    tell_party(
        appeal.party,
        event=f"rating_appeal.{news}",
        key=f"rating-appeal-{news}:{appeal.pk}",
        sentence=sentence,
        params={"indicator": appeal.indicator, **params},
        url=appeal.get_absolute_url(),
    )
