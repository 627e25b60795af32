"""When a shop was opened: said, found right or not, looked up, told at sign-in, corrected."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import services
from portal.parties.models import ShopOpening
from tests import factories
from tests.conftest import person_of, staff_person
from tests.parties.test_accounts import placed, proven

pytestmark = pytest.mark.django_db
AGO = timedelta(days=40)


def shop_of(person):
    return proven(person, platform="shop", handle="shop-1")


def day(ago=AGO):
    return clock.today() - ago


def said(person, shop, ago=AGO):
    return services.say_opening(
        person.actor, account=shop, opened_on=day(ago), screenshot=factories.picture()
    )


def refused(service, *args, **kwargs):
    before = (list(ShopOpening.objects.values().order_by("pk")), AuditEntry.objects.count())
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert before == (
        list(ShopOpening.objects.values().order_by("pk")),
        AuditEntry.objects.count(),
    )
    return caught.value.verdict.status


def statuses():
    return list(ShopOpening.objects.order_by("said_at").values_list("status", flat=True))


def test_day_is_said_on_a_page_seen_and_found_right(merchant, colleague, rival, reviewer):
    shop, browser = shop_of(merchant), merchant.browser()
    page = reverse("shop_opening", args=[shop.pk])
    assert page in browser.get(reverse("party_account", args=[shop.pk])).content.decode()
    late = {"opened_on": clock.today() + timedelta(days=1), "screenshot": factories.picture()}
    assert "opened_on" in browser.post(page, late).context["form"].errors
    data = {"opened_on": day().isoformat(), "screenshot": factories.picture()}
    assert browser.post(page, data).status_code == 302
    opening = ShopOpening.objects.get()
    picture = reverse("file_read", args=[opening.screenshot_id])
    seen = {
        person: person.browser().get(picture).status_code
        for person in (merchant, reviewer, colleague, rival)
    }
    assert list(seen.values()) == [200, 200, 403, 404]
    queue = reviewer.browser().get(reverse("admin:index")).content.decode()
    assert reverse("admin:parties_shopopening_changelist") + "?status__exact=said" in queue
    check = reverse("admin:parties_shopopening_check", args=[opening.pk])
    assert reviewer.browser().post(check, {"decision": "accept"}).status_code == 302
    opening.refresh_from_db()
    assert (opening.status, opening.decided_by) == ("verified", reviewer.user)
    assert Notice.objects.filter(user=merchant.user, key__startswith="opening-verified").exists()


def test_right_day_takes_over_and_the_wrong_one_is_kept(merchant, reviewer):
    shop = shop_of(merchant)
    services.verify_opening(reviewer.actor, opening=said(merchant, shop))
    second = said(merchant, shop, AGO * 2)
    assert statuses() == ["verified", "said"]
    services.verify_opening(reviewer.actor, opening=second)
    assert statuses() == ["replaced", "verified"]
    services.set_opening(reviewer.actor, account=shop, opened_on=day(), note="店铺资质页")
    assert statuses() == ["replaced", "replaced", "verified"]
    standing = ShopOpening.objects.verified().get()
    assert (standing.source, standing.note, standing.decided_by) == (
        "look",
        "店铺资质页",
        reviewer.user,
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        ShopOpening.objects.update(opened_on=day(AGO * 3))


def test_what_an_operator_looked_up_answers_what_waits(merchant, reviewer):
    shop = shop_of(merchant)
    waiting = said(merchant, shop)
    services.set_opening(reviewer.actor, account=shop, opened_on=day(AGO * 2), note="资质页")
    waiting.refresh_from_db()
    assert waiting.status == "refused"
    assert waiting.reason


def test_day_stays_with_the_shop_when_its_proof_is_renewed(merchant, reviewer):
    shop = shop_of(merchant)
    opening = services.verify_opening(reviewer.actor, opening=said(merchant, shop))
    with clock.standing_at(shop.lasts_until - timedelta(days=20)):
        renewed = shop_of(merchant)
    opening.refresh_from_db()
    assert (opening.account, opening.status) == (renewed, "verified")
    services.release_account(merchant.actor, account=renewed)
    other = person_of(factories.listed_party("merchant", "新东家"))
    assert not shop_of(other).openings.exists(), "another party proves it anew"


def test_refused_day_waits_on_the_workbench_until_another_is_said(merchant, reviewer):
    shop = shop_of(merchant)
    opening = said(merchant, shop)
    services.refuse_opening(reviewer.actor, opening=opening, reason="图中没有开店日期")
    address, page = reverse("shop_opening", args=[shop.pk]), reverse("workbench")
    assert address in merchant.browser().get(page).content.decode()
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        services.withdraw_opening(merchant.actor, opening=said(merchant, shop))
        assert address not in merchant.browser().get(page).content.decode()


def test_who_may_not(merchant, colleague, provider, stranger, reviewer):
    shop = shop_of(merchant)
    fields = {"account": shop, "opened_on": day(), "screenshot": factories.picture()}
    for person in (provider, stranger, reviewer):
        assert refused(services.say_opening, person.actor, **fields) == 403
    member = person_of(merchant.party, colleague.user, "member")
    assert refused(services.say_opening, member.actor, **fields) == 403
    looked = {"account": shop, "opened_on": day(), "note": "资质页"}
    elsewhere = staff_person("regional operator", regions=["north"])
    for person in (merchant, elsewhere):
        assert refused(services.set_opening, person.actor, **looked) == 403
    assert refused(services.set_opening, reviewer.actor, **(looked | {"note": " "})) == 422
    ahead = looked | {"opened_on": clock.today() + timedelta(days=1)}
    assert refused(services.set_opening, reviewer.actor, **ahead) == 422
    opening = said(merchant, shop)
    assert refused(said, merchant, shop) == 409, "one waits"
    assert refused(services.verify_opening, merchant.actor, opening=opening) == 403
    assert refused(services.refuse_opening, reviewer.actor, opening=opening, reason=" ") == 422
    services.withdraw_opening(merchant.actor, opening=opening)
    assert refused(services.verify_opening, reviewer.actor, opening=opening) == 409
    account = proven(provider, handle="yunfan")
    assert refused(said, provider, account) == 409, "no shop"
    waiting = placed(provider, platform="shop", handle="shop-2")
    assert refused(said, provider, waiting) == 422, "not proven"


def test_over_the_api_a_party_says_and_a_reviewer_answers(merchant, reviewer):
    shop = shop_of(merchant)
    opening = said(merchant, shop)
    browser, answers = merchant.browser(), reviewer.browser()
    [told] = browser.get(reverse("api-shop-openings", args=[shop.pk])).json()
    assert (told["shop"], told["status"], told["known_by"]) == ("shop-1", "said", "shot")
    [waiting] = answers.get(reverse("api-shop-openings-waiting")).json()["results"]
    assert (waiting["id"], waiting["party"]) == (str(opening.pk), merchant.party.pk)
    address = reverse("api-shop-opening-refusal", args=[opening.pk])
    assert (
        answers.post(address, {"reason": "看不清"}, "application/json").json()["status"]
        == "refused"
    )
    looked = reverse("api-shop-opening-day", args=[shop.pk])
    data = {"opened_on": day().isoformat(), "note": "资质页"}
    answer = answers.post(looked, data, "application/json")
    assert (answer.status_code, answer.json()["status"]) == (201, "verified")
    assert browser.post(looked, data, "application/json").status_code == 403


def test_day_of_a_shop_that_is_theirs_no_more_is_not_found_right(merchant, reviewer):
    shop = shop_of(merchant)
    opening = said(merchant, shop)
    services.release_account(merchant.actor, account=shop)
    assert refused(services.verify_opening, reviewer.actor, opening=opening) == 422
    services.refuse_opening(reviewer.actor, opening=opening, reason="店铺已不属于你。")
    assert statuses() == ["refused"]
