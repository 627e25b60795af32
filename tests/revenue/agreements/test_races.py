"""Both sides press at the same moment: one wins, the other is told."""

from __future__ import annotations

import pytest

from portal.core.verdict import Refused
from portal.revenue import services
from portal.revenue.models import Acceptance, Agreement, AgreementVersion
from tests import factories

from .making import proposed, terms

pytestmark = pytest.mark.django_db(transaction=True)


def test_accepting_and_taking_back_at_once(merchant, provider):
    version = proposed(merchant, provider)
    answers = factories.at_once(
        lambda: services.accept_version(provider.actor, version=version),
        lambda: services.withdraw_version(merchant.actor, version=version),
        behind=Agreement.objects.filter(pk=version.agreement_id),
    )

    assert sum(isinstance(one, Refused) for one in answers) == 1
    version.refresh_from_db()
    assert (version.in_force is not None) == (version.status == "accepted")
    assert Acceptance.objects.count() == (2 if version.status == "accepted" else 1)


def test_two_changes_proposed_at_once(merchant, provider):
    agreement = services.withdraw_version(
        merchant.actor, version=proposed(merchant, provider)
    ).agreement
    answers = factories.at_once(
        lambda: services.propose_version(merchant.actor, agreement=agreement, terms=terms()),
        lambda: services.propose_version(provider.actor, agreement=agreement, terms=terms()),
        behind=Agreement.objects.filter(pk=agreement.pk),
    )

    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert AgreementVersion.objects.open().count() == 1


def test_accepting_twice_at_once(merchant, provider):
    version = proposed(merchant, provider)
    answers = factories.at_once(
        *[lambda: services.accept_version(provider.actor, version=version)] * 2,
        behind=Agreement.objects.filter(pk=version.agreement_id),
    )

    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert Acceptance.objects.count() == 2
