"""One key for many merchants: what each allows, no more, and as long as it does."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import services as needs
from matchmaking.needs.models import Need
from portal.core import clock
from portal.core.models import AuditEntry, IdempotencyKey
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import services
from portal.parties.fields import GrantFields, KeyFields
from portal.parties.models import KeyGrant, Membership, User
from portal.parties.states import PartyKind, PartyStatus, Scope
from tests import factories
from tests.parties.test_roster import invited
from tests.test_routes import need_body

pytestmark = pytest.mark.django_db
EVERYTHING = list(Scope.values)
TRADE = ["trade:read", "trade:write"]


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def erp(provider):
    """A provider's key: the ERP."""
    fields = KeyFields("ERP", EVERYTHING, 300)
    key, plain = services.make_key(provider.actor, party=provider.party, fields=fields)
    return key, plain


def give(person, key, scopes=TRADE, days=30):
    fields = GrantFields(key.prefix, scopes, days)
    return services.give_grant(person.actor, party=person.party, fields=fields)


def ask(plain, path, party, method="get", body=None, **headers):
    sent = {"Authorization": f"Bearer {plain}", "X-Trilink-Party": str(party.pk), **headers}
    if method == "get":
        return Client().get(f"/api/v1{path}", headers=sent)
    call = getattr(Client(), method)
    return call(f"/api/v1{path}", body or {}, content_type="application/json", headers=sent)


def test_key_acts_for_a_merchant_that_lets_it_and_the_trail_says_whose_it_is(
    merchant, provider, erp
):
    key, plain = erp
    assert ask(plain, "/needs/", merchant.party).status_code == 403
    give(merchant, key)
    made = ask(plain, "/needs/", merchant.party, "post", need_body())
    assert made.status_code == 201
    assert Need.objects.get().merchant == merchant.party
    entry = AuditEntry.objects.get(verb="create_need")
    assert (entry.party_id, entry.key_party_id) == (merchant.party.pk, provider.party.pk)
    assert (entry.user, entry.via) == (provider.user, "api")
    page = merchant.browser().get(Need.objects.get().get_absolute_url()).content.decode()
    assert provider.user.name not in page
    rows = ask(plain, "/needs/?view=ours", merchant.party).json()["results"]
    assert [row["merchant"] for row in rows] == [merchant.party.pk]


def test_key_opens_what_both_sides_allow(merchant, provider, erp):
    key, plain = erp
    give(merchant, key, ["trade:read"])
    assert ask(plain, "/needs/", merchant.party).status_code == 200
    refused = ask(plain, "/needs/", merchant.party, "post", need_body())
    assert refused.status_code == 403
    assert ask(plain, f"/parties/{merchant.party.pk}/", merchant.party).status_code == 403
    fields = KeyFields("weak", ["party:read"], 30)
    _weak, weak = services.make_key(provider.actor, party=provider.party, fields=fields)
    assert ask(weak, "/needs/", merchant.party).status_code == 403
    assert not Need.objects.exists()


@pytest.mark.parametrize(
    "path", ["/files/", "/imports/", "/exports/", "/webhooks/", "/webhook-deliveries/", "/notices/"]
)
def test_key_of_another_party_does_not_open_what_hangs_on_people(merchant, erp, path):
    key, plain = erp
    give(merchant, key, EVERYTHING)
    assert ask(plain, path, merchant.party).status_code == 403


@pytest.mark.parametrize(
    "inner", ["documents", "real-name", "members", "keys", "appeals", "recall"]
)
def test_key_of_another_party_opens_no_papers_and_names(merchant, erp, inner):
    key, plain = erp
    give(merchant, key, EVERYTHING)
    path = f"/parties/{merchant.party.pk}/"
    assert ask(plain, path, merchant.party).status_code == 200
    assert ask(plain, f"{path}{inner}/", merchant.party).status_code == 403
    assert ask(plain, f"{path}{inner}/", merchant.party, "put").status_code == 403


def test_key_carries_no_rights_of_staff(merchant, operator):
    """Whoever made it may be of the platform's own people; their key is not."""
    Membership.objects.create(
        user=operator.user, party=merchant.party, role="manager", created_at=clock.now()
    )
    actor = merchant.actor.__class__(operator.user, merchant.party, "manager", "web")
    assert actor.has_perm("parties.review_party")
    key, _plain = services.make_key(
        actor, party=merchant.party, fields=KeyFields("x", EVERYTHING, 30)
    )
    assert not services.actor_of_key(key).has_perm("parties.review_party")


def test_key_of_another_party_makes_no_keys_and_lets_nobody_in(merchant, erp):
    key, plain = erp
    give(merchant, key, EVERYTHING)
    base = f"/parties/{merchant.party.pk}"
    body = {"prefix": key.prefix, "scopes": TRADE, "days": 30}
    assert ask(plain, f"{base}/grants/", merchant.party, "post", body).status_code == 403
    invite = {"email": "x@example.com", "role": "member"}
    assert ask(plain, f"{base}/invitations/", merchant.party, "post", invite).status_code == 403
    assert KeyGrant.objects.count() == 1


@pytest.mark.parametrize("side", ["merchant", "provider"])
def test_either_side_ends_it_at_once_and_the_other_is_told(merchant, provider, erp, side):
    key, plain = erp
    grant = give(merchant, key)
    Notice.objects.all().delete()
    person, other = (merchant, provider) if side == "merchant" else (provider, merchant)
    services.end_grant(person.actor, grant=grant)
    assert ask(plain, "/needs/", merchant.party).status_code == 403
    assert Notice.objects.get().user == other.user
    grant.refresh_from_db()
    assert grant.ended_by == person.party
    with pytest.raises(Refused) as caught:
        services.end_grant(person.actor, grant=grant)
    assert caught.value.verdict.status == 409


def test_it_ends_with_its_day_its_keys_and_its_keys_maker(merchant, provider, erp):
    key, plain = erp
    give(merchant, key, days=30)
    with clock.standing_at(clock.now() + timedelta(days=31)):
        assert ask(plain, "/needs/", merchant.party).status_code == 403
    User.objects.filter(pk=provider.user.pk).update(is_active=False)
    assert ask(plain, "/needs/", merchant.party).status_code == 403


def test_answers_kept_for_repeats_are_of_one_merchant(merchant, erp):
    key, plain = erp
    other = factories.listed_party(PartyKind.MERCHANT, "拾光生活")
    give(merchant, key)
    actor = merchant.actor.__class__(other.membership_set.get().user, other, "owner", "web")
    fields = GrantFields(key.prefix, TRADE, 30)
    services.give_grant(actor, party=other, fields=fields)
    body, once = need_body(), {"Idempotency-Key": "one"}
    first = ask(plain, "/needs/", merchant.party, "post", body, **once).json()
    second = ask(plain, "/needs/", other, "post", body, **once).json()
    assert first["merchant"] == merchant.party.pk
    assert second["merchant"] == other.pk
    assert IdempotencyKey.objects.count() == 2


def test_giving_again_replaces_what_was_given(merchant, erp):
    key, _plain = erp
    first, second = give(merchant, key), give(merchant, key, ["trade:read"])
    first.refresh_from_db()
    assert first.ended_at is not None
    assert KeyGrant.objects.get(ended_at=None) == second
    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        KeyGrant.objects.filter(pk=first.pk).update(ended_at=None, ended_by=None)


@pytest.mark.parametrize(
    ("prefix", "scopes", "days"),
    [("", TRADE, 30), ("tlk_nothing123", TRADE, 30), ("own", TRADE, 30), ("its", [], 30)],
)
def test_grant_that_cannot_be_is_refused(merchant, erp, prefix, scopes, days):
    key, _plain = erp
    fields = KeyFields("own", EVERYTHING, 30)
    own, _own_plain = services.make_key(merchant.actor, party=merchant.party, fields=fields)
    given = {"own": own.prefix, "its": key.prefix}.get(prefix, prefix)
    with pytest.raises(Refused) as caught, transaction.atomic():
        services.give_grant(
            merchant.actor, party=merchant.party, fields=GrantFields(given, scopes, days)
        )
    assert caught.value.verdict.status == 422
    assert not KeyGrant.objects.exists()


def test_grants_are_the_managers(merchant, colleague, rival, erp):
    key, _plain = erp
    grant = give(merchant, key)
    for person in (colleague, rival):
        with pytest.raises(Refused) as caught:
            services.end_grant(person.actor, grant=grant)
        assert caught.value.verdict.status == 403
    fields = GrantFields(key.prefix, TRADE, 30)
    with pytest.raises(Refused):
        services.give_grant(colleague.actor, party=merchant.party, fields=fields)


def test_page_gives_and_ends(merchant, provider, erp):
    _key, plain = erp
    browser = merchant.browser()
    base = f"/parties/{merchant.party.pk}"
    form = {"key": plain, "scopes": TRADE, "days": "30"}  # people paste all of a key
    assert browser.post(f"{base}/grants/", form).status_code == 302
    grant = KeyGrant.objects.get()
    assert provider.party.name in browser.get(f"{base}/keys/").content.decode()
    theirs = provider.browser().get(f"/parties/{provider.party.pk}/keys/").content.decode()
    assert f"X-Trilink-Party: {merchant.party.pk}" in theirs
    wrong = browser.post(f"{base}/grants/", form | {"key": "tlk_x"})
    with translation.override("zh-hans"):
        assert wrong.status_code == 200
    assert browser.post(f"{base}/grants/{grant.pk}/end/").status_code == 302
    assert KeyGrant.objects.get().ended_at is not None


# --- sandboxes ------------------------------------------------------------------------------------


@pytest.fixture
def sandbox(merchant):
    return services.make_sandbox(merchant.actor, party=merchant.party)


def acting(person, party):
    return person.actor.__class__(person.user, party, "owner", "web")


def test_sandbox_is_made_in_one_click_and_its_keys_show_it(merchant):
    browser = merchant.browser()
    made = browser.post(f"/parties/{merchant.party.pk}/sandbox/")
    own, other = merchant.party.sandboxes.order_by("pk")
    assert made["Location"] == f"/parties/{own.pk}/keys/"
    assert (own.kind, other.kind) == (PartyKind.MERCHANT, PartyKind.PROVIDER)
    shown = browser.post(made["Location"], {"name": "x", "scopes": ["trade:read"], "days": "30"})
    assert shown.context["made"][1].startswith("tls_")
    with pytest.raises(Refused) as caught:
        services.make_sandbox(merchant.actor, party=merchant.party)
    assert caught.value.verdict.status == 409
    with pytest.raises(Refused):
        services.make_sandbox(acting(merchant, own), party=own)


def test_whole_way_goes_inside_a_sandbox_and_nobody_sees_it(merchant, provider, rival, sandbox):
    shop, seller = (acting(merchant, party) for party in sandbox)
    before = rival.browser().get("/").context["counts"]
    need = factories.open_need(shop)
    proposal = factories.submitted_proposal(seller, need)
    needs.accept_proposal(shop, proposal=proposal)
    again = factories.open_need(shop)
    assert provider.browser().get(again.get_absolute_url()).status_code == 404
    assert again.title not in rival.browser().get("/needs/").content.decode()
    assert rival.browser().get("/").context["counts"] == before
    assert {notice.user for notice in Notice.objects.filter(event__startswith="proposal.")} == {
        merchant.user
    }


def test_sandbox_and_the_world_do_not_meet(merchant, provider, rival, sandbox):
    shop, seller = (acting(merchant, party) for party in sandbox)
    real = factories.open_need(merchant.actor)
    with pytest.raises(Refused) as caught:
        factories.submitted_proposal(seller, real)
    assert caught.value.verdict.status == 422
    own = factories.open_need(shop)
    for call in (
        lambda: factories.submitted_proposal(provider.actor, own),
        lambda: needs.invite_provider(shop, need=own, provider=rival.party),
    ):
        with pytest.raises(Refused) as caught, transaction.atomic():
            call()
        assert caught.value.verdict.status == 422


def test_only_a_verified_party_has_a_sandbox(stranger):
    draft = factories.draft_party(PartyKind.MERCHANT, "未核验")
    owner = draft.membership_set.get().user
    with pytest.raises(Refused) as caught:
        services.make_sandbox(acting_for(stranger, owner, draft), party=draft)
    assert caught.value.verdict.status == 422
    assert not draft.sandboxes.exists()


def acting_for(person, user, party):
    return person.actor.__class__(user, party, "owner", "web")


def test_no_cooperation_begins_across_the_fence(merchant, provider, sandbox):
    """Whatever door forgets to ask."""
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    Need.objects.filter(pk=need.pk).update(merchant=sandbox[0])
    with pytest.raises(Refused), transaction.atomic():
        needs.accept_proposal(acting(merchant, sandbox[0]), proposal=proposal)
    assert not Cooperation.objects.exists()


def test_creator_of_a_sandbox_joins_no_real_agency(creator, agency):
    own, _other = services.make_sandbox(creator.actor, party=creator.party)
    entry = invited(agency, None, phone="13900001111")
    with pytest.raises(Refused) as caught, transaction.atomic():
        services.join_roster(acting(creator, own), entry=entry)
    assert caught.value.verdict.status == 409


def test_sandbox_is_never_listed(merchant, sandbox):
    shop = sandbox[0]
    with pytest.raises(Refused) as caught:
        services.list_party(acting(merchant, shop), party=shop)
    assert caught.value.verdict.status == 409
    with pytest.raises(IntegrityError, match="never_listed"), transaction.atomic():
        shop.__class__.objects.filter(pk=shop.pk).update(status=PartyStatus.LISTED)


def test_sandbox_gives_no_rights_and_takes_none(merchant, provider, sandbox, erp):
    key, _plain = erp
    shop = sandbox[0]
    fields = GrantFields(key.prefix, TRADE, 30)
    with pytest.raises(Refused):
        services.give_grant(acting(merchant, shop), party=shop, fields=fields)
    own, _own_plain = services.make_key(
        acting(merchant, shop), party=shop, fields=KeyFields("x", EVERYTHING, 30)
    )
    with pytest.raises(Refused), transaction.atomic():
        give(provider, own)
    assert not KeyGrant.objects.exists()
