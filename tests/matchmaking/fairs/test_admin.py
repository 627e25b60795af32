"""Operators ask, turn down, move and cancel in the admin by the same services as on the pages."""

from datetime import timedelta

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse
from django.utils import timezone

from matchmaking.fairs import services
from matchmaking.fairs.models import Fair, FollowUp, SignUp
from portal.core import clock, outbox
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.seats.states import Admission
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, signed_up

pytestmark = pytest.mark.django_db
SIGN_UPS, FAIRS = (reverse(f"admin:fairs_{name}_changelist") for name in ("signup", "fair"))


def act(browser, url, action, row, **said):
    sent = {"action": action, ACTION_CHECKBOX_NAME: row.pk}
    return browser.post(url, sent | ({"confirmed": "1"} | said if said else {}))


def test_sign_up_is_asked_and_turned_down_with_a_reason(creator):
    fair = open_fair(admission=Admission.CURATED)
    made, browser = signed_up(creator.actor, fair, creator.party), staff_person("fair").browser()
    assert 'name="reason"' in act(browser, SIGN_UPS, "ask", made).text
    assert act(browser, SIGN_UPS, "ask", made, reason="").status_code == 200  # once more
    assert SignUp.objects.get().status == "submitted"
    assert act(browser, SIGN_UPS, "ask", made, reason="请补充近三场数据").status_code == 302
    assert SignUp.objects.get().status == "asked"
    services.answer_sign_up(creator.actor, sign_up=SignUp.objects.whole().get(), answer="已补充")
    assert act(browser, SIGN_UPS, "reject", made, reason="类目不符").status_code == 302
    claim = SignUp.objects.get().claim
    assert (claim.status, claim.reason) == ("rejected", "类目不符")


def test_operator_of_a_region_decides_no_sign_ups_of_another(creator):
    fair = open_fair(admission=Admission.CURATED)
    made = signed_up(creator.actor, fair, creator.party)
    far = staff_person("fair", regions=["southwest"])
    assert far.browser().get(SIGN_UPS).context["cl"].result_count == 0
    act(far.browser(), SIGN_UPS, "reject", made, reason="类目不符")
    for service in (services.accept_sign_up, services.withdraw_sign_up):
        with pytest.raises(Refused) as error:
            service(far.actor, sign_up=made)
        assert error.value.verdict.status == 403
    assert SignUp.objects.get().status == "submitted"


def test_fair_moves_and_is_cancelled(creator):
    fair = open_fair(thresholds={("merchant", "commission"): 100})
    signed_up(creator.actor, fair, creator.party)
    browser, later = staff_person("fair").browser(), fair.starts_at + timedelta(days=3)
    said = f"{timezone.localtime(later, clock.SHANGHAI):%Y-%m-%dT%H:%M}"
    assert 'name="starts_at"' in act(browser, FAIRS, "move", fair).text
    assert act(browser, FAIRS, "move", fair, starts_at=said, venue="").status_code == 302
    moved = Fair.objects.get()
    assert moved.ends_at - moved.starts_at == fair.ends_at - fair.starts_at
    assert abs(moved.starts_at - later) < timedelta(minutes=1)
    assert (moved.venue, moved.title) == (fair.venue, fair.title)
    assert sorted(moved.pools.values_list("role", "pool__capacity")) == sorted(
        fair.pools.values_list("role", "pool__capacity")
    )
    assert moved.thresholds.get().least == 100
    outbox.dispatch()
    assert Notice.objects.filter(user=creator.user, event="fair.moved").exists()
    assert act(browser, FAIRS, "cancel", fair, reason="场馆停电").status_code == 302
    assert Fair.objects.get().status == "cancelled"
    assert SignUp.objects.get().status == "cancelled"


def test_follow_ups_are_read(creator):
    fair = open_fair()
    with clock.standing_at(fair.ends_at):
        services.sweep_fairs(SYSTEM)
    numbers = {"agreed": 2, "lines": 3, "net_fen": 1_234_500, "open_fen": 0}
    FollowUp.objects.create(fair=fair, days=7, made_at=clock.now(), **numbers)
    page = staff_person("fair").browser().get(reverse("admin:fairs_followup_changelist"))
    assert "¥1.23" in page.text or "12,345" in page.text
