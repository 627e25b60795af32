"""Operators read the needs of their regions, also ended ones and those for one party alone."""

from __future__ import annotations

import pytest

from matchmaking.needs import services
from tests import factories
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db


def test_operator_reads_a_need_that_ended(merchant, operator, stranger):
    need = factories.open_need(merchant.actor, brief="把自播间做成稳定出单的渠道。")
    services.cancel_need(merchant.actor, need=need)
    page = operator.browser().get(f"/needs/{need.pk}/")
    assert need.brief in page.content.decode()
    assert merchant.party.name in page.content.decode()
    assert stranger.browser().get(f"/needs/{need.pk}/").status_code == 404


def test_operator_reads_no_draft(merchant, operator):
    need = factories.draft_need(merchant.actor)
    assert operator.browser().get(f"/needs/{need.pk}/").status_code == 404


def test_operator_of_another_region_does_not(merchant):
    need = factories.open_need(merchant.actor)
    services.cancel_need(merchant.actor, need=need)
    elsewhere = staff_person("regional operator", regions=["southwest"])
    assert elsewhere.browser().get(f"/needs/{need.pk}/").status_code == 404
