"""Recruitment rounds and the applications to them."""

from __future__ import annotations

from django.contrib.auth.models import Group

from portal.core.actor import OPERATOR, Actor
from portal.parties.models import User
from portal.parties.staff import grant_staff
from tests import factories
from tests.conftest import Person
from tests.factories import SYSTEM
from tests.recruitment.conftest import applied, published
from tests.routes import Arranged, Cast

PAGES = {
    "GET round_list": "* 200",
    "GET round_detail": "* 200",
    "GET round_application": "visitor 302, provider 409, rival 200, * 403",
    "POST round_application": "visitor 302, provider 409, rival 200, * 403",  # an empty form
    "GET application_detail": "visitor 302, provider 200, * 404",
    "POST application_withdrawal": "visitor 302, provider 302, * 404",
}
API = {
    "GET api-round-list": "* 200",
    "GET api-round-detail": "* 200",
    "GET api-round-conditions": "* 200",
    "POST api-round-applications": "visitor 403, provider 409, rival 201, * 403",
    "GET api-application-list": "visitor 401, * 200",
    "GET api-application-detail": "visitor 401, provider 200, * 404",
    "POST api-application-withdrawal": "visitor 401, provider 200, * 404",
}
RECRUITS = "operator {0}, administrator {0}, staff 403, * 302"
ADMIN = {
    "GET admin:recruitment_round_write": RECRUITS.format(200),
    "POST admin:recruitment_round_write": RECRUITS.format(200),  # an empty form comes back
    "GET admin:recruitment_round_edit": RECRUITS.format(200),
    "POST admin:recruitment_round_edit": RECRUITS.format(200),
    "GET admin:recruitment_round_steps": RECRUITS.format(200),
    "POST admin:recruitment_round_steps": RECRUITS.format(302),
    "GET admin:recruitment_application_answer": RECRUITS.format(200),
    "POST admin:recruitment_application_answer": RECRUITS.format(302),
}
SEEN_IN_ADMIN = {
    "recruitment_round": ("operator",),
    "recruitment_application": ("operator",),
}


def arrange(cast: Cast) -> Arranged:
    lead = _lead()
    round_ = published(lead)
    application = applied(cast.provider, round_)
    pk, own = {"pk": round_.pk}, {"pk": application.pk}
    kwargs = {
        "round_detail": pk,
        "round_application": pk,
        "application_detail": own,
        "application_withdrawal": own,
        "api-round-detail": pk,
        "api-round-conditions": pk,
        "api-round-applications": pk,
        "api-application-detail": own,
        "api-application-withdrawal": own,
        "admin:recruitment_round_edit": pk,
        "admin:recruitment_round_steps": pk,
        "admin:recruitment_application_answer": own,
    }
    return Arranged(
        kwargs=kwargs,
        bodies={
            "POST api-round-applications": {"pitch": "三年经验。", "answers": ["谷雨粒。"]},
            "POST admin:recruitment_round_steps": {"step": "close"},
            "POST admin:recruitment_application_answer": {"decision": "talk"},
        },
        rows={"recruitment_round": round_, "recruitment_application": application},
    )


def _lead() -> Person:
    """Beside the one whose requests are walked."""
    user = factories.user("lead@example.com", "招募负责人")
    grant_staff(SYSTEM, person=user, groups=[Group.objects.get(name="operator")])
    user = User.objects.get(pk=user.pk)
    return Person(user, None, Actor(user=user, party=None, role=OPERATOR, via="web"))
