"""Two people at the same moment: one answer, one count."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core import clock
from portal.core.verdict import Refused
from portal.parties.models import Party
from portal.tiers import services
from portal.tiers.certification_fields import ReviewFields
from portal.tiers.certification_states import ReviewVerdict
from portal.tiers.fields import ApplicationFields
from portal.tiers.models import (
    CertificationRound,
    CountedCreator,
    StarApplication,
    StarReview,
    StarRuleSet,
)
from portal.tiers.services.certification_places import take_place
from tests.conftest import staff_person
from tests.factories import SYSTEM, at_once
from tests.tiers import certifying
from tests.tiers.making import QUARTER, as_of_now, at, creators_of, small_rules, window_fields

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_operators_answer_one_application(agency):
    application = services.apply_for_star(
        agency.actor, review=as_of_now(agency.party), fields=ApplicationFields()
    )
    one, other = staff_person("operator").actor, staff_person("evaluation").actor
    answers = at_once(
        lambda: services.grant_star(one, application=application, reason="达到。"),
        lambda: services.refuse_star(other, application=application, reason="不足。"),
        behind=Party.objects.filter(pk=agency.party.pk),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert StarApplication.objects.get().status in ("granted", "refused")


def test_two_nights_count_everybody_once(agency):
    small_rules()
    creators_of(agency, 2)

    def compute() -> int:
        with at(date(2027, 7, 20)):
            return services.compute_quarter(SYSTEM, QUARTER)

    counts = at_once(compute, compute)
    assert sorted(counts) == [0, 1]
    assert StarReview.objects.of(QUARTER).count() == 1
    assert CountedCreator.objects.count() == 2


def test_window_that_opens_as_its_quarter_is_frozen_is_found_by_it(agency):
    """Frozen without it, nobody could apply, and the quarter takes no second window."""
    rules = small_rules()

    def compute() -> int:
        with at(date(2027, 7, 16)):
            return services.compute_quarter(SYSTEM, QUARTER)

    def open_window() -> object:
        with at(date(2027, 7, 16)):
            return services.open_star_window(SYSTEM, fields=window_fields())

    at_once(compute, open_window, behind=StarRuleSet.objects.filter(pk=rules.pk))
    assert StarReview.objects.of(QUARTER).get().window is not None


def test_last_place_of_a_round_goes_to_one_of_two_at_once(agency):
    """Two statements that give the last place at the same moment: one finds none left."""
    round_ = certifying.open_round(places=100)
    CertificationRound.objects.update(granted=99, published_at=clock.now())
    taken = at_once(
        lambda: take_place(round_),
        lambda: take_place(round_),
        behind=CertificationRound.objects.filter(pk=round_.pk),
    )
    assert sorted(taken) == [False, True]
    assert CertificationRound.objects.get().granted == 100


def test_two_verdicts_given_at_once_both_count(agency):
    certifying.worthy(agency.party)
    application = certifying.scored(agency, certifying.open_round())
    fields = ReviewFields(ReviewVerdict.PASS, "数据扎实。")
    one, other = (person.actor for person in certifying.judges(2))
    at_once(
        lambda: services.review_certification(one, application=application, fields=fields),
        lambda: services.review_certification(other, application=application, fields=fields),
        behind=Party.objects.filter(pk=agency.party.pk),
    )
    assert certifying.again(application).status == "passed"
