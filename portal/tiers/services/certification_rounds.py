"""Opening rounds, scoring who applied, and publishing who holds the mark."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.core.workdays import add_working_days
from portal.tiers import rules, scoring, selectors
from portal.tiers.certification_fields import RoundFields
from portal.tiers.certification_states import CHECK_DAYS, CertificationStatus
from portal.tiers.models import (
    CertificationApplication,
    CertificationCreator,
    CertificationMethod,
    CertificationRound,
)
from portal.tiers.selectors.certification_figures import AgencyYear, YearFigures
from portal.tiers.services.certification_changes import change_certification, lock_round
from portal.tiers.services.certification_places import give_places

RANKED = ("rank", "is_tied")


@transaction.atomic
def open_certification_round(actor: Actor, *, fields: RoundFields) -> CertificationRound:
    rules.can_manage_certification(actor).require()
    method = _check(fields)
    round_ = CertificationRound(created_by=actor.user, created_at=clock.now())
    _write(round_, fields, method)
    try:
        with transaction.atomic():
            round_.save()
    except IntegrityError as error:
        raise Refused(conflict(_("This year has its round already."))) from error
    audit.record(actor, "open_certification_round", round_, after=asdict(fields))
    return round_


@transaction.atomic
def update_certification_round(
    actor: Actor, *, round_: CertificationRound, fields: RoundFields
) -> CertificationRound:
    """Until it opens; the year stays."""
    round_ = lock_round(round_)
    rules.can_change_certification_round(actor, round_).require()
    if fields.year != round_.year:
        raise Refused(conflict(_("The year of a round stays; open another one.")))
    _write(round_, fields, _check(fields))
    round_.save()
    audit.record(actor, "update_certification_round", round_, after=asdict(fields))
    return round_


def _check(fields: RoundFields) -> CertificationMethod:
    method = CertificationMethod.objects.filter(pk=fields.method).first()
    rules.round_is_sound(fields, method).require()
    assert method is not None  # the rule above
    return method


def _write(round_: CertificationRound, fields: RoundFields, method: CertificationMethod) -> None:
    for name, value in asdict(fields).items():
        if name != "method":
            setattr(round_, name, value)
    round_.method = method


@transaction.atomic
def score_certification_round(actor: Actor, *, round_: CertificationRound) -> int:
    """Everybody whose documents are in order and who is not scored yet; the places of all are told
    anew. How many were scored. Safe to run twice."""
    round_ = lock_round(round_)
    rules.can_score_round(actor, round_).require()
    if not selectors.is_frozen(round_.last):
        sentence = _("The numbers of %(quarter)s are not frozen yet; score once they are.")
        raise Refused(conflict(sentence % {"quarter": round_.last}))
    mine = CertificationApplication.objects.select_for_update(of=("self",)).filter(round=round_)
    found = list(mine.filter(status=CertificationStatus.CHECKED).whole().order_by("pk"))
    figures = selectors.year_figures(round_, [one.party_id for one in found])
    for application in found:
        _score(actor, application, figures)
    bulk.insert([row for one in found for row in _creators(one, figures)])
    rank_certification_round(round_)
    round_.scored_at = clock.now()
    round_.save(update_fields=["scored_at"])
    after = {"year": round_.year, "scored": len(found), "method": round_.method.version}
    audit.record(actor, "score_certification_round", round_, after=after)
    return len(found)


def _score(actor: Actor, application: CertificationApplication, figures: YearFigures) -> None:
    year = figures.agencies[application.party_id]
    _take(application, year)
    application.snapshot = figures.snapshot
    made = scoring.score(application)
    application.score_micro = made.micro
    application.inputs_hash, application.scores_hash = made.inputs_hash, made.scores_hash
    application.scored_at = clock.now()
    application.due_on = add_working_days(clock.today(), CHECK_DAYS)
    change_certification(
        actor,
        application,
        CertificationStatus.SCORED,
        "score_certification",
        after={"score_micro": application.score_micro},
    )


def _take(application: CertificationApplication, year: AgencyYear) -> None:
    application.net_fen, application.health = year.net_fen, year.health
    application.median_income_fen = year.median_income_fen
    application.incubated = year.incubated


def _creators(
    application: CertificationApplication, figures: YearFigures
) -> list[CertificationCreator]:
    return [
        CertificationCreator(
            application=application,
            creator_id=row.creator,
            net_fen=row.net_fen,
            struck=row.struck,
            income_fen=row.income_fen,
            is_active=row.is_active,
            is_newcomer=row.is_newcomer,
            is_incubated=row.is_incubated,
        )
        for row in figures.agencies[application.party_id].creators
    ]


def rank_certification_round(round_: CertificationRound) -> None:
    """The place of everybody who is scored and did not withdraw."""
    scored = CertificationApplication.objects.filter(round=round_, score_micro__isnull=False)
    rows = list(scored.exclude(status=CertificationStatus.WITHDRAWN).by_place())
    scoring.put_in_order(rows)
    bulk.update(rows, RANKED)


@transaction.atomic
def publish_certification_round(actor: Actor, *, round_: CertificationRound) -> int:
    """Places go out in the order of scores; who passed and finds none left is next in line. How
    many hold the mark."""
    round_ = lock_round(round_)
    rules.can_publish_certification_round(actor, round_).require()
    rank_certification_round(round_)
    round_.published_at, round_.published_by = clock.now(), actor.user
    round_.save(update_fields=["published_at", "published_by"])
    granted = give_places(actor, round_)
    after = {"year": round_.year, "granted": granted, "places": round_.places}
    audit.record(actor, "publish_certification_round", round_, after=after)
    return granted
