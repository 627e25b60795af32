"""A round of the mark around today, an agency that may apply, and each step of an application."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from portal.core import clock
from portal.core.actor import OPERATOR, Actor
from portal.evaluation.models import Rating, Snapshot
from portal.parties.models import Party, User
from portal.parties.staff import grant_staff
from portal.tiers import services
from portal.tiers.certification_fields import (
    ApplyingFields,
    CheckFields,
    PaperFields,
    ReviewFields,
    RoundFields,
)
from portal.tiers.certification_states import PaperKind, PapersAnswer, ReviewVerdict
from portal.tiers.engine import quarter_of
from portal.tiers.models import (
    CertificationApplication,
    CertificationMethod,
    CertificationRound,
    CountedCreator,
    StarReview,
)
from tests import factories
from tests.conftest import Person, person_of
from tests.factories import SYSTEM
from tests.tiers.making import as_of_now, rated, standing_now

NUMBERS = count(1)
PASS, REFUSE = ReviewVerdict.PASS, ReviewVerdict.REFUSE


def round_fields(**changes: Any) -> RoundFields:
    today = clock.today()
    last = quarter_of(today).later(-2)
    defaults: dict[str, Any] = {
        "year": today.year,
        "opens_on": today,
        "closes_on": today + timedelta(days=14),
        "publishes_on": today + timedelta(days=40),
        "valid_until": today + timedelta(days=400),
        "last_year": last.year,
        "last_quarter": last.number,
        "method": CertificationMethod.objects.approved().earliest("pk").pk,
        "least_stars": 1,
        "least_days": 0,
    }
    return RoundFields(**(defaults | changes))


def open_round(**changes: Any) -> CertificationRound:
    return services.open_certification_round(SYSTEM, fields=round_fields(**changes))


def close(round_: CertificationRound) -> CertificationRound:
    """As if its window had closed yesterday and its results were due today."""
    today = clock.today()
    days = {
        "opens_on": today - timedelta(days=20),
        "closes_on": today - timedelta(days=1),
        "publishes_on": today,
    }
    CertificationRound.objects.filter(pk=round_.pk).update(**days)
    return CertificationRound.objects.get(pk=round_.pk)


def worthy(agency: Party, *, net: int = 10**12, stars: int = 1) -> StarReview:
    """It holds a star, is rated, and has a frozen quarter with one creator who sold all of it."""
    review = as_of_now(agency, before=stars, result=stars, reached=stars, net_fen=net)
    standing_now(review, stars=stars)
    snapshot = Snapshot.objects.official("agency").first()
    if snapshot is None:
        rated(agency)
    elif not Rating.objects.filter(snapshot=snapshot, party=agency).exists():
        Rating.objects.create(
            snapshot=snapshot, party=agency, own_segment="all", segment="all", segment_rated=1,
            is_home=True, score=80.0, coverage=1, rank=1,
        )  # fmt: skip
    creator = factories.listed_party("creator", f"{agency.name[:4]}达人")
    CountedCreator.objects.create(review=review, creator=creator, net_fen=net)
    return review


def paper_fields(kind: PaperKind, **changes: Any) -> PaperFields:
    until = clock.today() + timedelta(days=500) if kind == PaperKind.LICENCE else None
    defaults = {"kind": kind, "file": factories.picture(f"{kind}.png"), "expires_on": until}
    return PaperFields(**(defaults | changes))


def drafted(agency: Person, round_: CertificationRound) -> CertificationApplication:
    """With its words and documents, ready to be handed in."""
    draft = services.start_certification(agency.actor, round_=round_)
    fields = ApplyingFields("每位达人有专属经纪人。", "年货节专场。")
    services.save_certification(agency.actor, application=draft, fields=fields)
    for kind in (PaperKind.LICENCE, PaperKind.PLEDGE):
        services.add_certification_paper(agency.actor, application=draft, fields=paper_fields(kind))
    return draft


def submitted(agency: Person, round_: CertificationRound) -> CertificationApplication:
    draft = drafted(agency, round_)
    return services.submit_certification(agency.actor, application=draft)


def checked(application: CertificationApplication, by: Person | None = None):
    """By one person, whoever else may be asked for."""
    by = by or staff("operator")
    return services.check_certification(
        by.actor, application=application, fields=CheckFields(PapersAnswer.ACCEPT)
    )


def scored(agency: Person, round_: CertificationRound) -> CertificationApplication:
    """The window is closed afterwards."""
    application = checked(submitted(agency, round_))
    services.score_certification_round(SYSTEM, round_=close(round_))
    return again(application)


def again(application: CertificationApplication) -> CertificationApplication:
    return CertificationApplication.objects.whole().get(pk=application.pk)


def staff(group: str = "evaluation") -> Person:
    """Each time somebody else."""
    user = factories.user(f"staff{next(NUMBERS)}@example.com", group)
    grant_staff(SYSTEM, person=user, groups=[Group.objects.get(name=group)])
    user = User.objects.get(pk=user.pk)
    return Person(user, None, Actor(user=user, party=None, role=OPERATOR, via="web"))


def judges(number: int = 3) -> list[Person]:
    """People of the evaluation, each somebody else."""
    return [staff() for _ in range(number)]


def reviewed(application: CertificationApplication, *verdicts: ReviewVerdict):
    for person, verdict in zip(judges(len(verdicts)), verdicts, strict=True):
        services.review_certification(
            person.actor,
            application=application,
            fields=ReviewFields(verdict, "数据扎实。" if verdict == PASS else "孵化案例不足。"),
        )
    return again(application)


def published(round_: CertificationRound) -> int:
    return services.publish_certification_round(SYSTEM, round_=round_)


def rival_agency(name: str, net: int) -> Person:
    other = person_of(factories.listed_party("agency", name))
    assert other.party is not None
    worthy(other.party, net=net)
    return other
