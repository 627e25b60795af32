"""Every page in a small demo world, as its person sees it: accessible, no wider than the screen,
no error in the console, no foreign request. The pictures of the README and the guide are made
here (`make pictures`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import demo as needs_demo
from matchmaking.needs.models import Need, Proposal
from portal.core.actor import system_actor
from portal.core.jobs import start_job
from portal.parties import demo as parties_demo
from portal.parties.demo import demo_user
from portal.parties.models import Party
from portal.parties.states import PartyKind, PartyStatus
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small_world(live_server) -> None:
    """The cast, a dozen providers, a few merchants, needs on their way, one application waiting."""
    world = parties_demo.read_world()
    parties_demo.make_operator(factories.PASSWORD)
    for kind in parties_demo.CAST:
        parties_demo.make_cast_party(world, kind, factories.PASSWORD)
    parties_demo.make_parties(world, PartyKind.PROVIDER, range(1, 25))
    parties_demo.make_parties(world, PartyKind.MERCHANT, range(1, 4))
    parties_demo.make_parties(world, PartyKind.CREATOR, range(1, 7))
    parties_demo.make_cast_roster(world)
    needs_demo.make_cast_need(world)
    needs_demo.make_needs(world, needs_demo.stories(12), merchants=4)
    factories.submitted_party(PartyKind.PROVIDER, "粮仓新媒")
    start_job(system_actor("command"), kind="demo.load")


def pages_of(login: str) -> Iterator[tuple[str, str]]:
    """Path and picture name of what a person of the cast opens."""
    ranked = Need.objects.filter(seeks="provider", only_for=None, status="matched")
    cast_need = ranked.filter(merchant__name="谷雨粒食品").latest("created_at")
    if login == "":
        provider = Party.objects.get(name="云帆电商")
        yield from [
            ("/", "home"),
            ("/needs/", "needs-public"),
            (f"/needs/{cast_need.pk}/", "need-public"),
            (f"/providers/{provider.pk}/", "provider-public"),
            ("/accounts/login/", "login"),
            ("/accounts/signup/", "signup"),
            ("/accounts/password/reset/", "password-reset"),
            ("/styleguide/", "styleguide"),
            ("/docs/", ""),
            ("/nowhere/", "not-found"),
        ]
        return
    yield from [("/workbench/", "workbench"), ("/notices/", "notices")]
    if login == "merchant":
        draft = Need.objects.get(merchant__name="谷雨粒食品", status="draft")
        proposal = cast_need.proposals.exclude(submitted_at=None).first()
        assert proposal is not None
        party = cast_need.merchant
        yield from [
            ("/needs/", "needs"),
            ("/needs/new/", "need-new"),
            (f"/needs/{cast_need.pk}/", "need"),
            (f"/needs/{cast_need.pk}/candidates/", "candidates"),
            (f"/needs/{draft.pk}/", "need-draft"),
            (f"/needs/{draft.pk}/edit/", "need-edit"),
            (f"/proposals/{proposal.pk}/", "proposal-received"),
            ("/cooperations/", "cooperations-empty"),
            (f"/parties/{party.pk}/", "party"),
            ("/parties/new/", "party-new"),
        ]
    if login == "provider":
        own = Proposal.objects.filter(provider__name="云帆电商")
        invited = own.filter(status="invited").order_by("pk")[0]
        party = Party.objects.get(name="云帆电商")
        yield from [
            ("/needs/", "needs-answered"),
            ("/needs/?view=open", "needs-open"),
            (f"/needs/{invited.need_id}/", "need-brief"),
            (f"/needs/{invited.need_id}/proposal/", "proposal-write"),
            (f"/proposals/{invited.pk}/", "proposal-invited"),
            (f"/parties/{party.pk}/", "party-provider"),
            (f"/parties/{party.pk}/edit/", "party-edit"),
        ]
    if login in {"agency", "creator"}:
        own = Party.objects.get(membership__user=demo_user(login))
        yield from [
            (f"/parties/{own.pk}/", "party"),
            (f"/parties/{own.pk}/documents/", "documents"),
            (f"/parties/{own.pk}/roster/", "roster"),
            ("/parties/new/?kind=" + own.kind, "party-form"),
        ]
    if login == "operator":
        waiting = Party.objects.get(status=PartyStatus.SUBMITTED)
        yield from [
            ("/jobs/", "jobs"),
            ("/admin/", "admin"),
            ("/admin/parties/party/?status__exact=submitted", "admin-parties"),
            (f"/admin/parties/party/{waiting.pk}/review/", "admin-review"),
        ]


LOGINS = ("", "merchant", "provider", "agency", "creator", "operator")
VARIANTS = {
    "wide": {},
    "wide-en": {"english": True},
    "phone-dark": {"phone": True, "dark": True},
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_page_is_sound(small_world, open_page, check_page, picture, faults, variant):
    faults.expected_statuses.add(404)  # the page that is not there is looked at, too
    for login in LOGINS:
        page = open_page(demo_user(login) if login else None, **VARIANTS[variant])
        for path, name in pages_of(login):
            page.goto(path)
            if name:
                picture(page, f"{variant}/{login or 'visitor'}-{name}")
            if name and not path.startswith("/admin/"):
                check_page(page)
        page.context.close()


def test_cooperation_page_is_sound(small_world, open_page, check_page, picture):
    cooperation = Cooperation.objects.select_related("provider").first()
    assert cooperation is not None
    owner = cooperation.provider.membership_set.get().user
    page = open_page(owner)
    page.goto(f"/cooperations/{cooperation.pk}/")
    check_page(page)
    picture(page, "wide/provider-cooperation")
