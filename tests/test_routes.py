"""Every URL and API route × every role, against a written table of who may do what.

The rows are in `tests/routes/`. A route without a row fails, and so does a row without a route.
Methods a route has no row for are refused with 405.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, partial
from http.cookies import SimpleCookie
from itertools import chain
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.safestring import SafeString

from matchmaking.needs import services
from portal.core import jobs
from portal.core.models import AuditEntry, OutboxMessage
from portal.core.verdict import ALLOWED
from portal.notices.models import Notice
from portal.parties.models import (
    Category,
    City,
    CityYear,
    Party,
    Region,
    ServiceType,
    StaffScope,
    User,
)
from portal.parties.selectors.reference import forget_reference
from portal.parties.staff import GROUPS
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import Person, colleague_of, nobodys, person_of, staff_person
from tests.factories import SYSTEM
from tests.route_table import EXEMPT, NOT_BUILT_YET, PARTS, PEOPLE, ROLES, ROWS, STAFF, TABLE
from tests.routes import Cast

TRAIL = """
    SELECT (SELECT count(*) FROM core_auditentry), (SELECT count(*) FROM core_outboxmessage),
      (SELECT count(*) FROM core_idempotencykey)
"""

# --- the world the table speaks of ------------------------------------------------------------


@dataclass(frozen=True)
class Base:
    """The people, signed in, and what the rows of the first parts speak of."""

    people: dict[str, Person]
    administrator: User
    clients: dict[str, Client]
    kwargs: dict[str, dict[str, Any]]
    bodies: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class World:
    """Clients by role, and by route (and @what) the address's arguments and the body sent."""

    clients: dict[str, Client]  # by role, and by the names of several groups one person is in
    kwargs: dict[str, dict[str, Any]]
    bodies: dict[str, dict[str, Any]]
    trail: tuple[int, ...]  # before the first request


@pytest.fixture(scope="module")
def base(django_db_setup: None, django_db_blocker: Any) -> Iterator[Base]:
    """Made once for all parts this process walks; what a part adds is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        forget_reference()
        yield make_base()
        transaction.set_rollback(True)


def make_base() -> Base:
    merchant = person_of(factories.listed_party(PartyKind.MERCHANT, "谷雨粒食品"))
    provider = person_of(factories.listed_party(PartyKind.PROVIDER, "云帆电商"))
    rival = person_of(factories.listed_party(PartyKind.PROVIDER, "北斗直播"))
    agency = person_of(factories.listed_party(PartyKind.AGENCY, "星野文化"))
    creator = person_of(factories.listed_party(PartyKind.CREATOR, "小满的厨房"))
    people = {
        "stranger": nobodys(factories.user("stranger@example.com", "路人")),
        "owner": merchant,
        "member": colleague_of(merchant),
        "provider": provider,
        "rival": rival,
        "agency": agency,
        "creator": creator,
    }
    need = factories.open_need(merchant.actor)
    services.invite_provider(merchant.actor, need=need, provider=provider.party)
    proposal = factories.submitted_proposal(provider.actor, need)
    draft = factories.draft_need(merchant.actor)
    awarded = factories.open_need(merchant.actor)
    cooperation = services.accept_proposal(
        merchant.actor, proposal=factories.submitted_proposal(provider.actor, awarded)
    )
    job = jobs.start_job(SYSTEM, kind="tests.nobody")
    jobs.run_job(str(job.pk))  # fails: nobody knows this kind
    waiting = factories.submitted_party("merchant", "沐白个护")
    notice = Notice.objects.filter(user=merchant.user).first()
    root = User.objects.create_superuser("root@example.com", factories.PASSWORD, name="root")
    staff = {group: staff_person(group) for group in GROUPS}

    staff |= {" + ".join(groups): staff_person(*groups) for groups in sorted(asked_as_one())}
    clients = {role: person.browser() for role, person in (people | staff).items()}
    clients["visitor"], clients["administrator"] = Client(), Client()
    clients["administrator"].force_login(root)

    a_row = {
        "core_auditentry": AuditEntry.objects.first(),
        "core_outboxmessage": OutboxMessage.objects.first(),
        "core_job": job,
        "parties_party": merchant.party,
        "parties_user": people["stranger"].user,
        "parties_staffscope": StaffScope.objects.first(),
        "parties_category": Category.objects.first(),
        "parties_servicetype": ServiceType.objects.first(),
        "parties_region": Region.objects.first(),
        "parties_city": City.objects.first(),
        "parties_cityyear": CityYear.objects.first(),
        "cooperation_cooperation": cooperation,
        "needs_need": need,
        "needs_proposal": proposal,
    }
    kwargs: dict[str, dict[str, Any]] = {
        f"admin:{model}_{view}": {"object_id": str(row.pk)}
        for model, row in a_row.items()
        for view in ("history", "delete", "change")
    }
    about = {
        "party_": merchant.party,
        "api-party-": merchant.party,
        "provider_": provider.party,
        "agency_": agency.party,
        "creator_": creator.party,
        "merchant_": merchant.party,
        "api-provider-": provider.party,
        "job_": job,
        "notice_": notice,
        "api-notice-": notice,
        "cooperation_": cooperation,
        "api-cooperation-": cooperation,
        "need_": need,
        "api-need-": need,
        "proposal_edit": need,
        "proposal_": proposal,
        "api-proposal-": proposal,
    }
    patterns = routes()
    for key in TABLE:
        route, _at, what = key.split()[1].partition("@")
        prefix = next((p for p in about if route.startswith(p)), None)
        if prefix and "pk" in patterns[route]:
            row = {"draft": draft, "awarded": awarded}.get(what, about[prefix])
            kwargs[f"{route}@{what}" if what else route] = {"pk": row.pk}
    kwargs |= {
        "admin:parties_party_review": {"pk": waiting.pk},
        "admin:parties_user_staff": {"pk": people["stranger"].user.pk},
        "admin:app_list": {"app_label": "parties"},
        "api-directory": {"directory": "providers"},
        "shortlist_entry": {"pk": provider.party.pk},
        "admin:view_on_site": {
            "content_type_id": ContentType.objects.get_for_model(Party).pk,
            "object_id": merchant.party.pk,
        },
    }
    bodies = {
        "POST party_switch": {"party": merchant.party.pk},
        "POST set_language": {"language": "en"},
        "POST need_invitation": {"provider": rival.party.pk},
        "POST shortlist_entry": {"kept": "1"},
        "POST proposal_acceptance": {"version": 1},
        "POST proposal_refusal": {"reason": "price"},
        "POST proposal_withdrawal": {"reason": "capacity"},
        "POST admin:parties_party_review": {"decision": "approve"},
        "POST admin:parties_user_staff": {"groups": []},
        "POST api-party-list": party_body(),
        "PUT api-party-detail": party_body(
            uscc=merchant.party.uscc, legal_name=merchant.party.legal_name
        ),
        "POST api-need-list": need_body(),
        "PUT api-need-detail": need_body(),
        "POST api-need-invitations": {"provider": rival.party.pk},
        "POST api-need-proposals": {
            "plan": "plan",
            "team": "team",
            "monthly_fee_fen": 100,
            "share_bp": 0,
            "starts_on": str(need.starts_on),
        },
        "POST api-proposal-acceptance": {"version": 1},
        "POST api-proposal-refusal": {"reason": "price"},
        "POST api-proposal-withdrawal": {"reason": "capacity"},
    }
    return Base(people, root, clients, kwargs, bodies)


@pytest.fixture
def world(db: None, base: Base, part: str) -> World:
    """What the rows of `part` speak of."""
    if part not in PARTS:
        return World(base.clients, base.kwargs, base.bodies, trail())
    # Copies, for what a part does to its people is undone in the database alone.
    people, administrator = deepcopy((base.people, base.administrator))
    arranged = PARTS[part].arrange(Cast(**people, administrator=administrator))
    rows = {
        f"admin:{model}_{view}": {"object_id": str(row.pk)}
        for model, row in arranged.rows.items()
        for view in ("history", "delete", "change")
    }
    kwargs, bodies = base.kwargs | arranged.kwargs | rows, base.bodies | arranged.bodies
    return World(base.clients, kwargs, bodies, trail())


def party_body(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "merchant",
        "name": "拾光生活",
        "legal_name": "上海拾光生活有限公司",
        "uscc": factories.uscc_code(),
        "city": City.objects.get(code="shanghai").pk,
        "contact_name": "拾光",
        "contact_phone": "13800002222",
        "category_shares": [{"category": Category.objects.get(code="food").pk, "share": 100}],
    } | changes


def need_body() -> dict[str, Any]:
    fields = factories.need_fields()
    return {
        "title": fields.title,
        "brief": fields.brief,
        "services": list(fields.service_ids),
        "categories": list(fields.category_ids),
        "budget_low_fen": fields.budget_low_fen,
        "budget_high_fen": fields.budget_high_fen,
        "starts_on": str(fields.starts_on),
        "term_months": fields.term_months,
        "closes_on": str(fields.closes_on),
    }


@pytest.fixture(autouse=True)
def _no_contexts_kept(monkeypatch):
    """Only statuses are read here; keeping every template's context would double the time."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_a, **_k: None)
    monkeypatch.setattr("portal.core.health.PROBE_SECONDS", 0.05)  # no worker will ever answer


@pytest.fixture(autouse=True)
def _consents_are_given(monkeypatch):
    """Everybody here agreed to the terms; asking for it again would be a fifth of each POST."""
    monkeypatch.setattr("portal.policies.middleware.may_write", lambda _actor: ALLOWED)


@pytest.fixture(autouse=True)
def _bare_refusals(monkeypatch):
    """Drawing the page of a refusal, which other tests look at, is a third of the time."""
    for status in (403, 404):
        page = HttpResponse(status=status)
        monkeypatch.setattr(f"django.conf.urls.handler{status}", partial(_page, page))


@dataclass
class Drawing:
    wanted: bool = True


@pytest.fixture(autouse=True)
def drawing(monkeypatch: pytest.MonkeyPatch) -> Drawing:
    """Pages are drawn for a visitor, for the first person and the first of the staff who are let
    in; how each person's pages look is for other tests, and half of the time here."""
    draw, drawing = Template.render, Drawing()

    def render(*page: Any, **of: Any) -> SafeString:
        return draw(*page, **of) if drawing.wanted else SafeString("")

    monkeypatch.setattr(Template, "render", render)
    return drawing


def _page(page: HttpResponse, *_args: object, **_kwargs: object) -> HttpResponse:
    return page


# --- the walk ---------------------------------------------------------------------------------


@cache
def routes() -> dict[str, str]:
    """Every route of the site by its full name."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], names: str, prefix: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = names + (f"{pattern.namespace}:" if pattern.namespace else "")
            yield from _walk(pattern.url_patterns, inner, prefix + str(pattern.pattern))
        else:
            assert isinstance(pattern, URLPattern)
            yield names + (pattern.name or ""), prefix + str(pattern.pattern)


def expected(row: str) -> dict[str, int]:
    """The status of each role in a row."""
    said = {}
    for cell in row.split(", "):
        who, status = cell.rsplit(" ", 1)
        said[who] = int(status)
    return {
        role: said.get(role, said.get("staff", said.get("*")) if role in STAFF else said.get("*"))
        for role in ROLES
    }


def asked(key: str) -> tuple[str, ...]:
    """The roles to try. Django answers in the admin: who is no staff is like every other there,
    and so are groups with the same permissions on the model's part."""
    name = key.split()[1].removeprefix("admin:")
    if "admin:" not in key or "_" not in name:
        return ROLES
    return ("visitor", "owner", *unlike_groups(name.partition("_")[0]), "administrator")


@cache
def unlike_groups(part: str) -> tuple[str, ...]:
    """Of the staff groups with the same permissions on a part of the models, the first."""
    alike: dict[frozenset[str], str] = {}
    for group, permissions in GROUPS.items():
        alike.setdefault(frozenset(p for p in permissions if p.startswith(f"{part}.")), group)
    return tuple(alike.values())


def ask(world: World, role: str, key: str) -> int | str:
    """The status this role gets, and whether a refusal wrote into the trail. Whatever the request
    wrote is undone."""
    method, name = key.split()
    address = reverse(name.partition("@")[0], kwargs=world.kwargs.get(name))
    client = world.clients[role]
    kept = {name: morsel.value for name, morsel in client.cookies.items()}
    call = getattr(client, method.lower())
    with transaction.atomic():
        answer = call(address, **sent_with(world, key, address))
        is_refused = answer.status_code >= 400 and method != "GET"
        did_write = is_refused and trail() != world.trail
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(kept)  # some roads lead out: logging out ends a session
    return f"{answer.status_code}, but it wrote" if did_write else int(answer.status_code)


def sent_with(world: World, key: str, address: str) -> dict[str, Any]:
    method, name = key.split()
    if method == "GET":
        return {}
    body = world.bodies.get(f"{method} {name.partition('@')[0]}", {})
    if "/api/" not in address:
        return {"data": body}
    as_json = {"data": json.dumps(body), "content_type": "application/json"}
    return as_json | {"headers": {"Idempotency-Key": key}}


def trail() -> tuple[int, ...]:
    """How much of the trail, of the outbox and of the answers kept is there; in one look, for it is
    asked thousands of times."""
    with connection.cursor() as cursor:
        cursor.execute(TRAIL)
        return cursor.fetchone()


def test_every_route_has_its_row():
    named = {key.split()[1].partition("@")[0] for key in TABLE}
    known = {name for name in routes() if not name.startswith("drf_format")}
    assert known - named - set(EXEMPT) == set(), "routes without a row"
    assert named - known == set(), "rows without a route"
    assert set(EXEMPT) - known == set(), "exemptions without a route"
    assert not named & set(EXEMPT)


def test_every_row_names_roles_that_exist():
    names = {cell.rsplit(" ", 1)[0] for row in TABLE.values() for cell in row.split(", ")}
    assert names - set(ROLES) == {"*", "staff"}
    assert len(ROLES) == len(PEOPLE) + len(GROUPS) + 1


def own_rows(part: str) -> dict[str, str]:
    """A part's rows but those of the admin, where Django answers."""
    return {key: row for key, row in ROWS[part].items() if not key.split()[1].startswith("admin:")}


@pytest.mark.django_db
@pytest.mark.parametrize("part", ROWS)
def test_every_route_answers_every_role_as_written(world, part, drawing):
    """Also: methods without a row are refused, and no refusal leaves a row in the trail, the outbox
    or among the answers kept."""
    wrong = list(answered_otherwise(world, part, drawing))
    drawing.wanted = True
    wrong += let_in_by_another_method(world, part)
    assert not wrong, "\n" + "\n".join(wrong)


def answered_otherwise(world: World, part: str, drawing: Drawing) -> Iterator[str]:
    for key, row in ROWS[part].items():
        written = expected(row)
        shown = drawn_for(written)
        for roles in together(asked(key), written):
            drawing.wanted = written[roles[0]] != 200 or roles[0] in shown
            if ask(world, " + ".join(roles), key) == written[roles[0]]:
                continue
            for role in roles:  # who of them it is
                if (found := ask(world, role, key)) != written[role]:
                    yield f"{key} as {role}: {found}, written {written[role]}"


def drawn_for(written: dict[str, int]) -> set[str]:
    """The visitor, the first person and the first of the staff, of those who are let in."""
    sides = ("visitor",), PEOPLE[1:], STAFF
    let_in = ([role for role in side if written[role] == 200] for side in sides)
    return {roles[0] for roles in let_in if roles}


def together(roles: tuple[str, ...], written: dict[str, int]) -> list[tuple[str, ...]]:
    """The roles of each request. Permissions only add up, so where somebody who stands in several
    groups is refused, each of the groups is: those are asked once."""
    refused: dict[int, list[str]] = {}
    for role in roles:
        if role in GROUPS and written[role] in (403, 404):
            refused.setdefault(written[role], []).append(role)
    alone = [(role,) for role in roles if role not in chain(*refused.values())]
    return [*alone, *(tuple(groups) for groups in refused.values())]


def asked_as_one() -> set[tuple[str, ...]]:
    """All groups that somebody stands in together for a request."""
    asked_for = (together(asked(key), expected(row)) for key, row in TABLE.items())
    return {roles for requests in asked_for for roles in requests if len(roles) > 1}


def let_in_by_another_method(world: World, part: str) -> Iterator[str]:
    written = {key.partition("@")[0] for key in TABLE}
    for route in {key.split()[1].partition("@")[0] for key in own_rows(part)} - {"set_language"}:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            key = f"{method} {route}"
            if key not in written and (found := ask(world, "owner", key)) != 405:
                yield f"{key}: {found}"


@pytest.mark.django_db
@pytest.mark.parametrize("path", NOT_BUILT_YET)
def test_door_that_is_not_built_yet_is_not_there(client, path):
    assert client.get(path).status_code == 404
