"""What was agreed: its term, its two sides, its door, and who may look behind the mask."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.cooperation import services
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import months_later
from matchmaking.needs.services import accept_proposal
from portal.core.models import AuditEntry
from portal.core.verbs import VERBS
from portal.core.verdict import Refused
from tests import factories


@pytest.fixture
def cooperation(merchant, provider):
    need = factories.open_need(merchant.actor)
    return accept_proposal(
        merchant.actor, proposal=factories.submitted_proposal(provider.actor, need)
    )


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 15), 36, date(2029, 3, 15)),
    ],
)
def test_term_ends_on_the_same_day_or_the_last_one(day, months, end):
    assert months_later(day, months) == end


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(1, 36))
def test_term_is_as_many_months_as_agreed(day, months):
    end = months_later(day, months)
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day <= day.day


@pytest.mark.django_db
def test_terms_are_those_of_the_need_and_the_proposal(cooperation, merchant, provider):
    assert (cooperation.team, cooperation.gmv_target_fen) == ("2 主播 · 1 运营", 360_000_000)
    assert [service.code for service in cooperation.services.all()] == ["live-room"]
    assert [category.code for category in cooperation.categories.all()] == ["food"]
    assert (cooperation.city, cooperation.accepts_remote) == (None, True)
    assert cooperation.last_day + timedelta(days=1) == cooperation.ends_on
    for person in (merchant, provider):
        html = person.browser().get(cooperation.get_absolute_url()).content.decode()
        assert "2 主播 · 1 运营" in html
        assert f"{cooperation.last_day:%Y-%m-%d}" in html
        assert f'href="/proposals/{cooperation.door_ref}/"' in html


@pytest.mark.django_db
def test_look_at_a_contact_stands_in_the_history_at_once(cooperation, merchant, provider):
    shown = merchant.browser().post(
        f"{cooperation.get_absolute_url()}contact/",
        headers={"HX-Request": "true", "HX-Target": "contact"},
    )
    html = shown.content.decode()
    assert f'href="tel:{provider.party.contact_phone}"' in html
    with translation.override("zh-hans"):
        assert str(VERBS["reveal_contact"]) in html


@pytest.mark.django_db
def test_contact_of_the_other_side_is_told_and_written_down(cooperation, merchant, provider):
    for person, other in ((merchant, provider), (provider, merchant)):
        contact = services.reveal_contact(person.actor, cooperation=cooperation)
        assert (contact.name, contact.phone) == (
            other.party.contact_name,
            other.party.contact_phone,
        )
    revealed = AuditEntry.objects.filter(verb="reveal_contact").order_by("id")
    assert [entry.user for entry in revealed] == [merchant.user, provider.user]


@pytest.mark.django_db
def test_contact_is_refused_to_everybody_else(cooperation, colleague, rival, stranger, operator):
    for person in (colleague, rival, stranger, operator):
        with pytest.raises(Refused) as caught:
            services.reveal_contact(person.actor, cooperation=cooperation)
        assert caught.value.verdict.status == 403
    assert not AuditEntry.objects.filter(verb="reveal_contact").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": date(2020, 1, 1)},
        {"monthly_fee_fen": -1},
        {"monthly_fee_fen": 0, "share_bp": 0},
        {"share_bp": 10_001},
    ],
)
def test_cooperation_that_cannot_be_is_refused_by_the_database(cooperation, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Cooperation.objects.filter(pk=cooperation.pk).update(**wrong)


@pytest.mark.django_db
def test_cooperation_with_oneself_is_refused_by_the_database(cooperation):
    with pytest.raises(IntegrityError, match="two_sides"), transaction.atomic():
        Cooperation.objects.filter(pk=cooperation.pk).update(provider=cooperation.merchant)


@pytest.mark.django_db
def test_door_opens_once(cooperation):
    paper = cooperation.agreement
    paper.pk, paper.scope_key = uuid4(), "another"
    paper.save(force_insert=True)
    cooperation.pk, cooperation.agreement = None, paper
    with pytest.raises(IntegrityError, match="once_per_door"), transaction.atomic():
        cooperation.save(force_insert=True)
