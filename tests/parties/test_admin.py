"""The operators' pages: they read, and act through services only."""

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Group
from django.urls import reverse

from portal.core.admin import ReadOnlyAdmin
from portal.core.models import AuditEntry
from portal.parties.models import City, Party, User
from tests import factories
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db
PARTIES = "/admin/parties/party/"


@pytest.fixture
def root(client):
    user = User.objects.create_superuser("root@example.com", name="root")
    client.force_login(user)
    return client


def waiting(name="沐白个护", city="hangzhou"):
    return factories.submitted_party("merchant", name, city_id=City.objects.get(code=city).pk)


def test_everything_registered_is_ours_and_on_the_site():
    rooms = {model.__module__.partition(".")[0] for model in admin.site._registry}
    assert rooms <= {"portal", "matchmaking", "training"}
    names = {model._meta.label_lower for model in admin.site._registry}
    assert names >= {"core.auditentry", "core.job", "parties.party", "needs.need"}


def test_every_list_and_row_opens(root, merchant, provider):
    need = factories.open_need(merchant.actor)
    factories.submitted_proposal(provider.actor, need)
    opened = 0
    for model, model_admin in admin.site._registry.items():
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert root.get(reverse(f"{base}_changelist")).status_code == 200
        assert root.get(reverse(f"{base}_changelist"), {"q": "x"}).status_code == (200)
        row = model._default_manager.first()
        if row is not None:
            address = reverse(f"{base}_change", args=[row.pk])
            assert root.get(address).status_code == 200
            if isinstance(model_admin, ReadOnlyAdmin):
                assert root.post(address, {"name": "x"}).status_code == 403
            opened += 1
    assert opened >= 10


def test_front_page_shows_the_queues_with_the_oldest_first(operator):
    party = waiting()
    page = operator.browser().get("/admin/").content.decode()
    assert reverse("admin:parties_party_changelist") in page
    assert party.pk
    assert reverse("admin:core_job_changelist") in page


def test_review_answers_through_the_service(reviewer):
    party = waiting()
    client, address = reviewer.browser(), f"{PARTIES}{party.pk}/review/"
    assert client.get(address).status_code == 200
    again = client.post(address, {"decision": "return", "note": " "})
    assert again.status_code == 200
    assert Party.objects.get(pk=party.pk).status == "submitted"
    client.post(address, {"decision": "return", "note": "blurred"})
    assert Party.objects.get(pk=party.pk).status == "need_info"
    entry = AuditEntry.objects.get(verb="return_party")
    assert (entry.user, entry.via, entry.why) == (reviewer.user, "admin", "blurred")


def test_review_pressed_late_shows_why_not(reviewer):
    party = waiting()
    client, address = reviewer.browser(), f"{PARTIES}{party.pk}/review/"
    client.post(address, {"decision": "approve"})
    count = AuditEntry.objects.count()
    assert client.post(address, {"decision": "approve"}).status_code == 200
    assert AuditEntry.objects.count() == count


def test_approving_many_asks_first(reviewer):
    first, second = waiting("a"), waiting("b")
    listed = factories.listed_party("merchant", "c")
    rows = [first.pk, second.pk, listed.pk]
    client = reviewer.browser()
    data = {"action": "approve", ACTION_CHECKBOX_NAME: rows}
    page = client.post(PARTIES, data)
    assert page.status_code == 200
    assert 'name="confirmed"' in page.content.decode()
    assert Party.objects.filter(status="submitted").count() == 2
    client.post(PARTIES, data | {"confirmed": "1"})
    assert not Party.objects.filter(status="submitted").exists()
    assert AuditEntry.objects.filter(verb="approve_party", user=reviewer.user).count() == 2


def test_approving_many_is_not_for_who_only_looks():
    party = waiting()
    fair = staff_person("fair")
    data = {"action": "approve", ACTION_CHECKBOX_NAME: [party.pk], "confirmed": "1"}
    fair.browser().post(PARTIES, data)
    assert Party.objects.get(pk=party.pk).status == "submitted"


def test_regional_operator_sees_their_region_only():
    east, west = waiting("东边"), waiting("西边", city="chengdu")
    person = staff_person("regional operator", regions=["southwest"])
    client = person.browser()
    page = client.get(PARTIES).content.decode()
    assert "西边" in page
    assert "东边" not in page
    assert client.get(f"{PARTIES}{east.pk}/review/").status_code == 404
    assert client.post(f"{PARTIES}{east.pk}/review/", {"decision": "approve"}).status_code == 404
    assert client.get(f"{PARTIES}{east.pk}/change/").status_code == 302  # "not there"
    data = {"action": "approve", ACTION_CHECKBOX_NAME: [east.pk], "confirmed": "1"}
    client.post(PARTIES, data)
    assert Party.objects.get(pk=east.pk).status == "submitted"
    assert client.get(f"{PARTIES}{west.pk}/review/").status_code == 200


def test_phone_is_in_no_admin_page(root, merchant):
    party = waiting()
    for address in (PARTIES, f"{PARTIES}{party.pk}/change/", f"{PARTIES}{party.pk}/review/"):
        assert "13800001111" not in root.get(address).content.decode()
    found = root.get(PARTIES, {"q": "13800001111"}).context["cl"].result_count
    assert found == 0, "nor can it be searched"


@pytest.mark.parametrize(
    ("address", "lookup"),
    [
        (PARTIES, {"contact_phone__startswith": "138"}),
        (PARTIES, {"contact_phone": "13800001111"}),
        ("/admin/parties/user/", {"password__startswith": "md5"}),
        ("/admin/needs/need/", {"merchant__contact_phone__startswith": "138"}),
        ("/admin/core/auditentry/", {"user__password__startswith": "md5"}),
    ],
)
def test_what_is_hidden_cannot_be_found_by_filtering(root, merchant, address, lookup):
    assert root.get(address, lookup).status_code == 400


def test_reference_is_edited_through_its_service(root):
    city = City.objects.get(code="hangzhou")
    data = {
        "code": city.code,
        "name_zh": "杭州",
        "name_en": "Hang",
        "region": "east",
        "position": 9,
    }
    root.post(f"/admin/parties/city/{city.pk}/change/", data)
    assert City.objects.get(pk=city.pk).name_en == "Hang"
    entry = AuditEntry.objects.get(verb="save_reference")
    assert entry.after["name_en"] == "Hang"


def test_staff_rights_are_given_by_the_administrator(root, stranger, operator):
    address = f"/admin/parties/user/{stranger.user.pk}/staff/"
    assert operator.browser().post(address, {"groups": []}).status_code == 403
    group = Group.objects.get(name="reviewer")
    root.post(address, {"groups": [group.pk], "regions": ["east"]})
    person = User.objects.get(pk=stranger.user.pk)
    assert person.is_staff
    assert person.staffscope.regions == ["east"]


@pytest.mark.parametrize(
    "asked", ["created_at__year=0", "created_at__year=99999", "status__exact=%00", "kind__in=%00"]
)
def test_filter_that_no_row_can_pass_shows_the_whole_list(operator, asked):
    address = reverse("admin:parties_party_changelist")
    answer = operator.browser().get(f"{address}?{asked}")
    assert (answer.status_code, answer["Location"]) == (302, f"{address}?e=1")


def test_party_page_leads_to_what_belongs_to_it_and_shows_its_history(operator, merchant):
    shown = operator.browser().get(f"{PARTIES}{merchant.party.pk}/change/").content.decode()
    for address in (
        f"/merchants/{merchant.party.pk}/",
        f"/admin/parties/document/?party={merchant.party.pk}",
        f"/admin/parties/ownedaccount/?party={merchant.party.pk}",
        f"/admin/core/auditentry/?object_type=parties.party&amp;object_id={merchant.party.pk}",
    ):
        assert f'href="{address}' in shown
        assert operator.browser().get(address.replace("&amp;", "&")).status_code == 200
    assert '<ul class="trail">' in shown
    assert merchant.party.contact_phone not in shown


def test_list_of_people_offers_no_page_that_would_refuse(operator, root, merchant):
    rights = reverse("admin:parties_user_staff", args=[merchant.user.pk])
    assert rights not in operator.browser().get("/admin/parties/user/").content.decode()
    assert rights in root.get("/admin/parties/user/").content.decode()
