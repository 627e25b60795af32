"""What operators see of what is promised to one poster alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from matchmaking.cooperation.fields import EndingFields
from matchmaking.cooperation.services import end_cooperation
from matchmaking.recruiting import services
from matchmaking.recruiting.models import Promise
from portal.core import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(merchant, creator):
    """Two promises; the cooperation of the second ended before it began."""
    made = []
    for _ in range(2):
        post = factories.open_post(creator.actor, is_exclusive=True)
        application = factories.submitted_application(merchant.actor, post, is_exclusive=True)
        made.append(services.accept_application(creator.actor, application=application))
    fields = EndingFields("plans", "档期取消", clock.today())
    end_cooperation(merchant.actor, cooperation=made[1], fields=fields)
    return made


def test_promises_are_listed_by_whether_they_hold(promised, operator):
    browser = operator.browser()
    url = reverse("admin:recruiting_promise_changelist")
    kept, over = Promise.objects.order_by("pk")
    for asked, rows in (
        ("", {kept, over}),
        ("?holds=over", {over} if over.period is None else set()),
    ):
        page = browser.get(f"{url}{asked}")
        assert page.status_code == 200
        assert set(page.context["cl"].queryset) == rows
    with clock.standing_at(clock.now() + timedelta(days=2)):
        for asked, rows in (("today", {kept}), ("over", {over}), ("later", set())):
            page = browser.get(f"{url}?holds={asked}")
            assert set(page.context["cl"].queryset) == rows
    assert kept.poster.name in browser.get(url).content.decode()
    assert (
        browser.get(reverse("admin:recruiting_promise_change", args=[kept.pk])).status_code == 200
    )
