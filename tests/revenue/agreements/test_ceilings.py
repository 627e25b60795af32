"""Commission and service fees are held to the figures of their days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.verdict import Refused
from portal.policies import services as policies
from portal.policies.fields import DatedFields
from portal.policies.states import DatedKind
from portal.revenue import engine, services
from portal.revenue.models import Acceptance, AgreementVersion
from portal.revenue.order_fields import LineFacts
from tests.conftest import staff_person
from tests.revenue.agreements.making import FEE, agreed, proposed

pytestmark = pytest.mark.django_db


def share(rate_bp):
    return {"components": [FEE | {"rate_bp": rate_bp}]}


def above(act):
    known = Acceptance.objects.count()
    with pytest.raises(Refused) as error:
        act()
    assert [flaw.field for flaw in error.value.verdict.flaws] == ["components"]
    assert Acceptance.objects.count() == known


def lower(kind, value, days):
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    fields = DatedFields(kind, value, clock.today() + timedelta(days=days), "公告")
    rule = policies.propose_dated_rule(maker.actor, fields=fields)
    return policies.approve_dated_rule(checker.actor, rule=rule)


@pytest.mark.parametrize(("role", "most"), [("commission", 5000), ("recruiting_fee", 4000)])
def test_a_paper_above_its_ceiling_is_refused(merchant, creator, role, most):
    above(lambda: proposed(merchant, creator, role=role, **share(most + 1)))
    assert proposed(merchant, creator, role=role, **share(most)).pk


def test_a_provider_has_no_ceiling(merchant, provider):
    assert agreed(merchant, provider, **share(9000)).pk


def test_both_together_are_held_to_theirs(merchant, creator, agency):
    lower(DatedKind.TOGETHER_MOST, 6000, 8)
    agreed(merchant, agency, role="recruiting_fee", days=9, **share(3000))
    above(lambda: proposed(merchant, creator, role="commission", days=9, **share(3001)))
    other = {"scope_kind": "shop", "scope_key": "8"}
    above(lambda: proposed(merchant, creator, role="commission", days=9, **other, **share(3001)))
    assert proposed(merchant, creator, role="commission", days=9, **share(3000)).pk


def test_an_announced_ceiling_binds_the_term_it_falls_in(merchant, creator):
    lower(DatedKind.COMMISSION_MOST, 2000, 30)
    above(lambda: proposed(merchant, creator, role="commission", **share(2500)))
    until = clock.today() + timedelta(days=30)
    assert proposed(merchant, creator, role="commission", ends_on=until, **share(2500)).pk


def test_acceptance_asks_again(merchant, creator):
    version = proposed(merchant, creator, role="commission", **share(2500))
    lower(DatedKind.COMMISSION_MOST, 2000, 30)
    above(lambda: services.accept_version(creator.actor, version=version))
    assert AgreementVersion.objects.get(pk=version.pk).status == "open"


def test_an_order_is_held_to_the_day_it_was_paid(merchant, creator):
    version = agreed(merchant, creator, role="commission", **share(2500))
    rule = lower(DatedKind.COMMISSION_MOST, 2000, 30)
    line = LineFacts("D1", "1", merchant.party.pk, creator_id=creator.party.pk)
    book = services.TermsBook([line])
    begins = clock.now() + timedelta(days=2)
    made_of = book.resolve(line, begins).terms.made_of
    assert str(version.pk) in {one["id"] for one in made_of}
    with pytest.raises(engine.Unjoinable, match="ceiling"):
        book.resolve(line, begins + timedelta(days=31))
    with pytest.raises(engine.Unjoinable, match="ceiling"):
        book.resolve(line, begins + (rule.starts_on - clock.day_of(begins)))
