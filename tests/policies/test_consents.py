"""Consents: given by one's own hand, asked again for a new version, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.parties.models import Party, User
from portal.policies import rules, selectors, services
from portal.policies.models import Consent, Version, Withdrawal
from portal.policies.states import DocumentKind
from tests import factories
from tests.policies.test_documents import announce
from tests.test_routes import party_body

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/signup/"
ASK = "/accounts/consents/asked/"
DATA = {"name": "某人", "email": "new@example.com", "password1": factories.PASSWORD}


def test_sign_up_shows_two_unticked_boxes(client):
    page = client.get(SIGNUP)
    form = page.context["form"]
    assert not form["terms"].value()
    assert not form["privacy"].value()
    assert 'href="/terms/terms/"' in page.content.decode()
    assert 'href="/terms/privacy/"' in page.content.decode()


@pytest.mark.parametrize("ticked", [{}, {"terms": "on"}, {"privacy": "on"}])
def test_sign_up_without_both_boxes_makes_nobody(client, ticked):
    assert client.post(SIGNUP, DATA | ticked).status_code == 200
    assert not User.objects.exists()


def test_sign_up_keeps_both_consents(client):
    answer = client.post(SIGNUP, DATA | {"terms": "on", "privacy": "on"})
    assert answer.status_code == 302
    rows = Consent.objects.order_by("version__kind").values_list(
        "version__kind", "version__number", "ip_prefix"
    )
    assert list(rows) == [("privacy", 1, "127.0.0.0/24"), ("terms", 1, "127.0.0.0/24")]


def test_identity_is_asked_where_it_is_needed(merchant):
    verdict = rules.require_consent(merchant.actor, DocumentKind.IDENTITY)
    assert verdict.status == 422
    client = merchant.browser()
    ask = f"{ASK}?kind=identity&next=/workbench/"
    assert client.get(ask).status_code == 200
    assert client.post(ask, {}).status_code == 200
    assert not rules.require_consent(merchant.actor, DocumentKind.IDENTITY)
    assert client.post(ask, {"identity": "on"}).url == "/workbench/"
    assert rules.require_consent(merchant.actor, DocumentKind.IDENTITY)
    assert client.get(ask).url == "/workbench/"  # nothing left to ask


def test_next_leads_nowhere_else(merchant):
    ask = f"{ASK}?kind=identity&next=//evil.example/"
    assert merchant.browser().post(ask, {"identity": "on"}).url == "/accounts/consents/"


def test_new_version_is_asked_softly_and_then_before_writing(merchant):
    version = announce(days=8)
    client = merchant.browser()
    assert "/accounts/consents/asked/" in client.get("/workbench/").content.decode()
    visible = {"listed": "0"}
    address = f"/parties/{merchant.party.pk}/visibility/"
    assert client.post(address, visible).url == f"/parties/{merchant.party.pk}/"
    with clock.standing_at(version.effective_from):
        assert client.get("/workbench/").status_code == 200
        answer = client.post(address, {"listed": "1"}, headers={"Referer": "http://x/parties/1/"})
        assert answer.url == "/accounts/consents/asked/?next=%2Fparties%2F1%2F"
        assert Party.objects.get(pk=merchant.party.pk).status == "hidden"
        client.post(ASK, {"terms": "on"})
        client.post(address, {"listed": "1"})
    assert Party.objects.get(pk=merchant.party.pk).status == "listed"


def test_agreeing_ahead_counts_for_both(merchant):
    version = announce(days=8)
    services.give_consents(merchant.actor, versions=[version])
    assert rules.may_write(merchant.actor)
    with clock.standing_at(version.effective_from):
        assert rules.may_write(merchant.actor)
    assert "/accounts/consents/asked/" not in merchant.browser().get("/workbench/").content.decode()


def test_api_says_what_is_missing(merchant):
    version = announce(days=8)
    client = merchant.browser()
    with clock.standing_at(version.effective_from):
        answer = client.post("/api/v1/parties/", party_body(), content_type="application/json")
        assert answer.status_code == 403
        assert answer.json()["detail"]
        given = client.post(
            "/api/v1/consents/", {"document": "terms", "number": 2}, content_type="application/json"
        )
        assert given.status_code == 201
        answer = client.post("/api/v1/parties/", party_body(), content_type="application/json")
        assert answer.status_code == 201


def test_api_agrees_to_no_outdated_version(merchant):
    version = announce(days=8)
    with clock.standing_at(version.effective_from):
        answer = merchant.browser().post(
            "/api/v1/consents/", {"document": "terms", "number": 1}, content_type="application/json"
        )
    assert answer.status_code == 422


def test_staff_are_not_held_up(operator):
    assert Consent.objects.filter(user=operator.user).exists()
    assert rules.may_write(operator.actor)


def test_withdrawing_says_what_follows_and_then_stops_writing(merchant):
    consent = Consent.objects.get(user=merchant.user, version__kind="terms")
    client, address = merchant.browser(), f"/accounts/consents/{consent.pk}/withdrawal/"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert Withdrawal.objects.get().consent == consent
    assert not rules.may_write(merchant.actor)
    assert AuditEntry.objects.filter(verb="withdraw_consent").count() == 1
    assert client.post(address).status_code == 409
    assert client.post(ASK, {"terms": "on"}).status_code == 302
    assert rules.may_write(merchant.actor)
    assert Consent.objects.filter(user=merchant.user, version__kind="terms").count() == 2


def test_nobody_withdraws_for_another(merchant, provider):
    consent = Consent.objects.filter(user=merchant.user).first()
    with pytest.raises(Refused):
        services.withdraw_consent(provider.actor, consent=consent)
    assert (
        provider.browser().post(f"/accounts/consents/{consent.pk}/withdrawal/").status_code == 404
    )
    assert not Withdrawal.objects.exists()


def test_agreeing_twice_is_one_consent(merchant):
    versions = list(Version.objects.filter(kind="identity"))
    for _twice in range(2):
        services.give_consents(merchant.actor, versions=versions)
    assert Consent.objects.filter(user=merchant.user, version__kind="identity").count() == 1


def test_consents_cannot_be_changed_or_deleted(merchant):
    rows = Consent.objects.filter(user=merchant.user)
    for change in (
        lambda: rows.update(given_at=clock.now() - timedelta(days=9)),
        lambda: rows._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_visitors_sign_in_first():
    assert Client().get("/accounts/consents/").status_code == 302
    assert selectors.asked_versions(factories.SYSTEM) == []


def test_who_came_before_the_first_version_agrees_to_it():
    person = User.objects.create_user("early@example.com", factories.PASSWORD)
    with clock.standing_at(clock.now() - timedelta(days=700)):
        services.give_first_consents(factories.SYSTEM, user_ids=[person.pk])
    actor = Actor(user=person, party=None, role="person", via="web")
    assert rules.may_write(actor)
