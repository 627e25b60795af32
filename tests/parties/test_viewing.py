"""Operators who see the site as a person: read-only, half an hour, every page written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matchmaking.needs.models import Exposure
from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.parties import holdings, rules, services
from portal.parties.models import City, Invitation, Party, SignIn, User, Viewing
from portal.parties.states import PartyStatus, Role
from portal.parties.viewing import VIEWING
from tests import factories
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db
WHY = "对方说看不到方案，帮忙核对。"


def refused(status, actor, person, reason=WHY):
    before = Viewing.objects.count(), AuditEntry.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        services.begin_viewing(actor, person=person, reason=reason)
    assert caught.value.verdict.status == status
    assert (Viewing.objects.count(), AuditEntry.objects.count()) == before


def looking(operator, person):
    """The operator's browser, in which a look has begun."""
    browser = operator.browser()
    url = reverse("admin:parties_user_view_as", args=[person.user.pk])
    answer = browser.post(url, {"reason": WHY})
    assert answer["Location"] == "/workbench/"
    return browser


def pages_of(viewing):
    rows = AuditEntry.objects.filter(verb="view_page", after__viewing=str(viewing.pk))
    return [(row.user_id, row.object_id, row.after["path"]) for row in rows.order_by("pk")]


# --- who may --------------------------------------------------------------------------------------


def test_who_may_not_look(operator, reviewer, merchant, stranger):
    root = User.objects.create_superuser("root@example.com", factories.PASSWORD, name="root")
    for person in (reviewer, merchant, stranger):
        refused(403, person.actor, stranger.user)
    for target in (reviewer.user, root, operator.user):
        refused(403, operator.actor, target)
        refused(403, Actor(root, None, "operator", "admin"), target)
    refused(422, operator.actor, merchant.user, reason=" ")
    refused(422, operator.actor, merchant.user, reason="x" * 301)
    stranger.user.is_active = False
    refused(403, operator.actor, stranger.user)


def test_regional_operator_looks_inside_their_regions(merchant, stranger):
    east = staff_person("operator", regions=["east"])
    services.begin_viewing(east.actor, person=merchant.user, reason=WHY)
    refused(403, east.actor, stranger.user)
    Party.objects.filter(pk=merchant.party.pk).update(city=City.objects.get(code="chengdu"))
    refused(403, east.actor, merchant.user)


def test_one_look_at_a_time(operator, merchant, provider):
    first = services.begin_viewing(operator.actor, person=merchant.user, reason=WHY)
    services.begin_viewing(operator.actor, person=provider.user, reason=WHY)
    first.refresh_from_db()
    assert first.ended_at is not None
    assert Viewing.objects.filter(ended_at=None).count() == 1


def test_database_keeps_looks_consistent(operator, merchant):
    viewing = services.begin_viewing(operator.actor, person=merchant.user, reason=WHY)
    for broken in (
        {"reason": ""},
        {"person": operator.user},
        {"ends_at": viewing.begun_at},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Viewing.objects.filter(pk=viewing.pk).update(**broken)


# --- what it is like ------------------------------------------------------------------------------


def test_operator_sees_what_the_person_sees(operator, merchant):
    browser = looking(operator, merchant)
    page = browser.get(merchant.party.get_absolute_url())
    assert page.status_code == 200
    text = page.content.decode()
    assert "viewing-bar" in text
    assert WHY in text
    assert reverse("viewing_end") in text
    assert browser.get("/api/v1/parties/").json()["results"][0]["id"] == merchant.party.pk
    viewing = Viewing.objects.get()
    own = (operator.user.pk, str(merchant.user.pk))
    assert pages_of(viewing) == [
        (*own, merchant.party.get_absolute_url()),
        (*own, "/api/v1/parties/"),
    ]
    assert viewing.pages == 2
    assert "viewing-bar" not in merchant.browser().get("/workbench/").content.decode()


def test_nothing_is_changed_in_the_persons_name(operator, merchant):
    need = factories.open_need(merchant.actor)
    browser = looking(operator, merchant)
    before = AuditEntry.objects.count()
    for path in (
        f"/parties/{merchant.party.pk}/visibility/",
        f"/needs/{need.pk}/cancellation/",
        "/parties/switch/",
        "/i18n/setlang/",
        "/accounts/logout/",
        f"/api/v1/needs/{need.pk}/cancellation/",
    ):
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(browser, method)(path)
            assert answer.status_code == 403, (method, path)
    assert AuditEntry.objects.count() == before
    assert Party.objects.get(pk=merchant.party.pk).status == PartyStatus.LISTED
    assert browser.post("/api/v1/parties/").json()["detail"]


def test_what_opens_an_account_stays_closed(operator, merchant):
    browser = looking(operator, merchant)
    for path in (
        "/accounts/email/",
        "/accounts/sessions/",
        "/accounts/data/",
        "/accounts/2fa/recovery-codes/",
        f"/parties/{merchant.party.pk}/keys/",
        "/admin/",
        "/exports/",
        "/imports/",
        "/notices/bots/",
        f"/parties/{merchant.party.pk}/webhooks/",
        f"/parties/{merchant.party.pk}/payout/",
        "/webhooks/events/",
        "/help/link/x/",
        "/api/v1/personal-data/",
        "/api/v1/imports/",
        "/api/v1/webhooks/",
        "/api/v1/webhook-deliveries/",
        "/api/v1/chat-bots/",
    ):
        assert browser.get(path).status_code == 403, path


def test_link_whose_holder_may_act_is_not_shown(operator, merchant, stranger):
    services.invite_member(
        merchant.actor, party=merchant.party, role=Role.MEMBER, email=stranger.user.email
    )
    link = Invitation.objects.get().get_absolute_url()
    EmailAddress.objects.create(user=stranger.user, email=stranger.user.email, verified=True)
    assert link in stranger.browser().get("/workbench/").content.decode()
    browser = looking(operator, stranger)
    assert link not in browser.get("/workbench/").content.decode()
    assert browser.get(link).status_code == 403


def test_what_a_page_writes_is_undone(operator, merchant, provider):
    """Who was shown to a merchant is counted; an operator's look is nobody's."""
    need = factories.open_need(merchant.actor)
    browser = looking(operator, merchant)
    assert browser.get(f"/needs/{need.pk}/candidates/").status_code == 200
    assert not Exposure.objects.exists()
    assert merchant.browser().get(f"/needs/{need.pk}/candidates/").status_code == 200
    assert Exposure.objects.exists()


def test_way_out(operator, merchant):
    browser = looking(operator, merchant)
    answer = browser.post(reverse("viewing_end"))
    assert answer["Location"] == reverse("admin:parties_user_change", args=[merchant.user.pk])
    viewing = Viewing.objects.get()
    assert viewing.ended_at is not None
    assert browser.get("/admin/").status_code == 200
    assert browser.get(merchant.party.get_absolute_url()).status_code == 404
    verbs = list(AuditEntry.objects.filter(verb__endswith="_viewing").values_list("verb", "user"))
    assert verbs == [("begin_viewing", operator.user.pk), ("end_viewing", operator.user.pk)]
    assert browser.post(reverse("viewing_end"))["Location"] == "/workbench/"


def test_half_an_hour_and_no_longer(operator, merchant):
    browser = looking(operator, merchant)
    with clock.standing_at(clock.now() + timedelta(minutes=31)):
        answer = browser.get(merchant.party.get_absolute_url())
        assert (answer.status_code, "/admin/parties/user/" in answer["Location"]) == (302, True)
        assert browser.get(merchant.party.get_absolute_url()).status_code == 404
    viewing = Viewing.objects.get()
    assert viewing.ended_at == viewing.ends_at


@pytest.mark.parametrize("method", ["post", "get"])
def test_lapsed_look_changes_nothing_and_tells_machines(operator, merchant, method):
    browser = looking(operator, merchant)
    path = f"/parties/{merchant.party.pk}/visibility/" if method == "post" else "/api/v1/parties/"
    with clock.standing_at(clock.now() + timedelta(minutes=31)):
        assert getattr(browser, method)(path).status_code == 403
    assert VIEWING not in browser.session


def test_fragment_of_a_lapsed_look_leads_out_whole(operator, merchant):
    browser = looking(operator, merchant)
    with clock.standing_at(clock.now() + timedelta(minutes=31)):
        answer = browser.get("/workbench/", headers={"HX-Request": "true"})
    assert (answer.status_code, "/admin/" in answer["HX-Redirect"]) == (204, True)


def test_look_ends_when_either_side_changed(operator, merchant):
    browser = looking(operator, merchant)
    merchant.user.is_staff = True
    merchant.user.save()
    assert browser.get("/workbench/").status_code == 302
    merchant.user.is_staff = False
    merchant.user.save()
    browser = looking(operator, merchant)
    operator.user.groups.clear()
    assert browser.get("/workbench/").status_code == 302


def test_members_see_no_more_than_their_role(operator, colleague, merchant):
    browser = looking(operator, colleague)
    assert browser.get(f"/parties/{merchant.party.pk}/edit/").status_code == 403
    assert rules.can_manage_party(colleague.actor, merchant.party).status == 403
    assert colleague.actor.role == Role.MEMBER


def test_who_needs_a_second_factor_is_seen_without_theirs(operator, merchant, settings):
    browser = looking(operator, merchant)
    settings.MFA_REQUIRED = True
    assert browser.get("/workbench/").status_code == 200


# --- what the person learns -----------------------------------------------------------------------


def test_person_reads_who_looked_and_why(operator, merchant):
    looking(operator, merchant).get("/workbench/")
    text = merchant.browser().get(reverse("session_list")).content.decode()
    assert WHY in text
    assert operator.user.name not in text
    holding = next(one for one in holdings.holdings() if one.name == "viewings")
    [told] = holding.tell(merchant.user)
    assert (told["reason"], told["pages"]) == (WHY, 1)
    holding.forget(merchant.user, [])
    assert holding.tell(merchant.user)[0]["reason"] != WHY


def test_look_is_no_sign_in_of_the_person(operator, merchant):
    before = SignIn.objects.filter(user=merchant.user).count()
    last = User.objects.get(pk=merchant.user.pk).last_login
    looking(operator, merchant).get("/workbench/")
    assert SignIn.objects.filter(user=merchant.user).count() == before
    assert User.objects.get(pk=merchant.user.pk).last_login == last


def test_key_beside_a_look_is_no_way_round(operator, merchant):
    """The session is asked first: the look stays read-only."""
    browser = looking(operator, merchant)
    headers = {"Authorization": "Bearer tlk_whatever"}
    assert browser.post("/api/v1/parties/", headers=headers).status_code == 403


def test_operators_page_offers_it(operator, merchant, reviewer):
    page = operator.browser().get(reverse("admin:parties_user_change", args=[merchant.user.pk]))
    url = reverse("admin:parties_user_view_as", args=[merchant.user.pk])
    assert url in page.content.decode()
    assert operator.browser().get(url).status_code == 200
    assert reviewer.browser().get(url).status_code == 403
    staff = reverse("admin:parties_user_view_as", args=[reviewer.user.pk])
    assert operator.browser().get(staff).status_code == 403
    looking(operator, merchant)
    assert WHY in staff_person("auditor").browser().get("/admin/parties/viewing/").content.decode()


def test_nobody_else_pays_for_it(merchant):
    browser = merchant.browser()
    browser.get("/workbench/")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/workbench/")
    assert not any("parties_viewing" in query["sql"] for query in queries)
