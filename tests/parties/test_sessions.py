"""Where one is signed in, who is locked out, and what a new password ends."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import devices, locks, services
from portal.parties.models import SignIn
from tests import factories

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17) AppleWebKit/605 Safari/604 MicroMessenger/8.0"


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def person():
    return factories.user("gu@example.com", "顾雨")


def sign_in(client=None, password=factories.PASSWORD, agent="Chrome Windows"):
    client = client or Client()
    data = {"login": "gu@example.com", "password": password}
    client.last = client.post(LOGIN, data, headers={"User-Agent": agent})
    return client


def is_in(client):
    return client.get("/accounts/sessions/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (WECHAT, "WeChat · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/120 Safari Edg/120", "Edge · Windows"),
        ("", "? · ?"),
    ],
)
def test_device_in_words(agent, device):
    assert devices.device_of(agent) == device


@pytest.mark.parametrize(
    ("address", "place"),
    [("198.51.100.7", "198.51.*.*"), ("2001:db8:1::7", "2001:db8::/32"), ("unix:", "?")],
)
def test_place_is_a_network_only(address, place):
    assert devices.place_of(address) == place


def test_new_device_is_told_and_a_known_one_is_not(person):
    home = sign_in()
    assert not Notice.objects.exists()  # the first one is no news
    home.post("/accounts/logout/")
    sign_in(home)
    assert not Notice.objects.exists()
    sign_in(agent=WECHAT)
    notice = Notice.objects.get(event="account.new_device")
    assert notice.params["device"] == "WeChat · iPhone"


def test_list_ends_one_or_all_others(person, stranger):
    here, phone, other = sign_in(), sign_in(agent=WECHAT), sign_in(agent="Firefox Linux")
    page = here.get("/accounts/sessions/").content.decode()
    assert page.count("/end/") == 3  # the two others, and all
    on_phone = SignIn.objects.get(device__startswith="WeChat")
    assert stranger.browser().post(f"/accounts/sessions/{on_phone.pk}/end/").status_code == 404
    here.post(f"/accounts/sessions/{on_phone.pk}/end/")
    assert [is_in(c) for c in (here, phone, other)] == [True, False, True]
    sign_in(phone)
    here.post("/accounts/sessions/others/end/")
    assert [is_in(c) for c in (here, phone, other)] == [True, False, False]
    assert SignIn.objects.filter(ended_at=None).count() == 1
    assert AuditEntry.objects.filter(verb__in=["end_session", "end_other_sessions"]).count() == 2


def test_new_password_ends_the_other_sessions(person):
    here, other = sign_in(), sign_in()
    answer = here.post(
        "/accounts/password/change/",
        {
            "oldpassword": factories.PASSWORD,
            "password1": "another-long-word",
            "password2": "another-long-word",
        },
    )
    assert answer.status_code == 302
    assert [is_in(c) for c in (here, other)] == [True, False]
    (left,) = SignIn.objects.filter(ended_at=None)
    assert left.session_key == here.session.session_key


def test_use_is_noted_now_and_then(person, django_assert_num_queries):
    client = sign_in()
    first = SignIn.objects.get().seen_at
    client.get("/accounts/sessions/")
    assert SignIn.objects.get().seen_at == first
    with clock.standing_at(clock.now() + timedelta(minutes=6)):
        client.get("/accounts/sessions/")
        assert SignIn.objects.get().seen_at > first


def test_short_password_is_refused(person):
    answer = sign_in().post(
        "/accounts/password/change/",
        {"oldpassword": factories.PASSWORD, "password1": "k7-fj2!aq", "password2": "k7-fj2!aq"},
    )
    assert "10" in str(answer.context["form"].errors)


# --- locks ---------------------------------------------------------------------------------------


def test_five_failures_lock_and_an_operator_unlocks(person, operator, stranger):
    for _ in range(5):
        assert not is_in(sign_in(password="wrong"))
    assert locks.is_locked("GU@example.com")
    assert not is_in(sign_in())
    page = operator.browser().get("/admin/parties/user/").content.decode()
    assert "icon-yes" in page
    with pytest.raises(Refused):
        services.unlock_person(stranger.actor, person=person)
    data = {"action": "unlock", "_selected_action": [person.pk]}
    assert operator.browser().post("/admin/parties/user/", data).status_code == 302
    assert not locks.is_locked("gu@example.com")
    assert is_in(sign_in())
    entry = AuditEntry.objects.get(verb="unlock_user")
    assert (entry.object_id, entry.user) == (str(person.pk), operator.user)


def test_lock_of_one_is_no_lock_of_another(person, stranger):
    for _ in range(5):
        sign_in(password="wrong")
    assert not locks.is_locked("stranger@example.com")
