"""A sign-up that is prepared is there on return, and one press sends it in the opening second."""

from datetime import timedelta

import pytest
from django.urls import reverse

from matchmaking.fairs import services
from matchmaking.fairs.models import SignUp, SignUpDraft
from portal.core import clock
from portal.core.verdict import Refused
from portal.pages.todos import todos_of
from portal.pages.todos.fairs import fair_todos
from tests import factories
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, pool_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ahead():
    return open_fair(opens_at=clock.now() + timedelta(hours=1))


def typed(fair, merchant):
    product = factories.listed_product(merchant.actor)
    return {
        "key": "wish-1",
        "party": merchant.party.pk,
        "pool": pool_of(fair, "merchant").pk,
        "products": [product.pk],
        "note": "带两件样品",
    }


def test_prepared_sign_up_is_sent_with_one_press_in_the_opening_second(ahead, merchant):
    form = reverse("sign_up_create", args=[ahead.pk])
    browser, values = merchant.browser(), typed(ahead, merchant)
    kept = browser.post(
        reverse("sign_up_autosave", args=[ahead.pk]), values, HTTP_HX_REQUEST="true"
    )
    assert (kept.status_code, kept["HX-Replace-Url"]) == (200, form)
    draft = SignUpDraft.objects.get()
    shown = browser.get(form).context["form"]
    assert (shown["note"].value(), shown["key"].value()) == ("带两件样品", "wish-1")
    assert shown["products"].value() == [str(values["products"][0])]
    assert reverse("sign_up_create", args=[ahead.pk]) in browser.get(ahead.get_absolute_url()).text
    early = browser.post(form, values | {"draft": draft.pk, "draft_seen": 1})
    assert early.status_code in (200, 409)
    assert (SignUp.objects.count(), SignUpDraft.objects.count()) == (0, 1)
    assert [todo.detail for todo in todos_of(merchant.actor, [fair_todos])] == [ahead.title]
    with clock.standing_at(ahead.occasion.opens_at):
        page = browser.get(ahead.get_absolute_url()).text
        assert f'name="draft" value="{draft.pk}"' in page
        assert 'name="key" value="wish-1"' in page
        sent = browser.post(form, values | {"draft": draft.pk, "draft_seen": 1})
    assert sent.status_code == 302
    assert SignUp.objects.get().status == "confirmed"
    assert not SignUpDraft.objects.exists()


def test_draft_is_its_partys_own_and_goes_with_sign_up(ahead, merchant, creator, colleague):
    draft = services.PREPARING.keep(merchant.actor, values={"note": ["a"]}, subject=ahead)
    with pytest.raises(Refused):  # somebody else kept one meanwhile
        services.PREPARING.keep(merchant.actor, values={"note": ["b"]}, subject=ahead, seen=0)
    with pytest.raises(Refused):
        services.PREPARING.keep(colleague.actor, values={"note": ["b"]}, subject=ahead, seen=1)
    removal = reverse("sign_up_draft_removal", args=[draft.pk])
    assert creator.browser().post(removal).status_code == 404
    assert (
        creator.browser().get(reverse("sign_up_create", args=[ahead.pk])).context["draft"] is None
    )
    services.PREPARING.keep(creator.actor, values={"note": ["c"]}, subject=ahead)
    assert merchant.browser().post(removal).status_code == 302
    assert SignUpDraft.objects.get().party == creator.party
    with clock.standing_at(ahead.occasion.closes_at + timedelta(minutes=1)):
        services.sweep_fairs(SYSTEM)
    assert not SignUpDraft.objects.exists()
    ahead.refresh_from_db()
    with pytest.raises(Refused):
        services.PREPARING.keep(creator.actor, values={"note": ["d"]}, subject=ahead)
