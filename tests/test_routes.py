"""Every URL and API route × every role, against a written table of who may do what.

A row reads `METHOD route[@what]: "role status, …, * status"`; `*` is everybody who is not named,
`staff` each staff group and the administrator. A route without a row fails, and so does a row
without a route. Methods a route has no row for are refused with 405. Later parts write their rows
beside this file, in `tests/routes/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from matchmaking.needs import services
from portal.core import jobs
from portal.core.models import AuditEntry, IdempotencyKey, OutboxMessage
from portal.notices.models import Notice
from portal.parties.models import Category, City, CityYear, Party, ServiceType, StaffScope, User
from portal.parties.staff import GROUPS
from tests import factories
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.routes import Cast, parts

PEOPLE = (*("visitor", "stranger", "owner", "member", "provider", "rival", "agency", "creator"),)
STAFF = (*sorted(GROUPS), "administrator")
ROLES = (*PEOPLE, *STAFF)

# Routes that are not ours to decide about, each with its reason.
EXEMPT = {
    "mfa_index": "allauth",
    "mfa_authenticate": "allauth",
    "mfa_reauthenticate": "allauth",
    "mfa_activate_totp": "allauth",
    "mfa_deactivate_totp": "allauth",
    "mfa_view_recovery_codes": "allauth",
    "mfa_generate_recovery_codes": "allauth",
    "mfa_download_recovery_codes": "allauth",
    "mfa_list_webauthn": "allauth",
    "mfa_add_webauthn": "allauth",
    "mfa_reauthenticate_webauthn": "allauth",
    "mfa_remove_webauthn": "allauth",
    "mfa_edit_webauthn": "allauth",
    "mfa_login_webauthn": "allauth",
    "account_login": "allauth's own pages, tested by allauth; ours is their look",
    "account_logout": "allauth",
    "account_inactive": "allauth",
    "account_signup": "allauth",
    "account_reauthenticate": "allauth",
    "account_email": "allauth",
    "account_email_verification_sent": "allauth",
    "account_change_password": "allauth",
    "account_set_password": "allauth",
    "account_reset_password": "allauth",
    "account_confirm_login_code": "allauth",
    "account_confirm_email": "allauth",
    "account_reset_password_from_key_done": "allauth",
    "account_reset_password_from_key": "allauth",
    "account_reset_password_done": "allauth",
    "admin:": "Django's redirect of old admin addresses and its catch-all 404",
}

NOT_BUILT_YET = (
    *("/fairs/", "/recruiting/", "/courses/", "/method/", "/tiers/"),
    *("/certification/", "/campaigns/"),
)

# --- the table --------------------------------------------------------------------------------

PAGES = {
    "GET home": "* 200",
    "GET workbench": "visitor 302, * 200",
    "GET styleguide": "* 200",
    "GET api_docs": "* 200",
    "GET healthz": "* 200",
    "GET readyz": "* 503",  # no worker runs beside this test
    "GET metrics": "* 404",
    "POST set_language": "* 302",
    "GET job_list": "visitor 302, operator 200, administrator 200, * 403",
    "GET job_detail": "visitor 302, operator 200, administrator 200, * 403",
    "POST job_retry": "visitor 302, operator 302, administrator 302, * 403",
    "GET party_create": "visitor 302, * 200",
    "POST party_create": "visitor 302, * 200",  # an empty form comes back
    "POST party_switch": "visitor 302, owner 302, member 302, * 404",
    "GET party_detail": "visitor 302, owner 200, member 200, * 404",
    "GET party_edit": "visitor 302, owner 200, member 403, * 404",
    "POST party_edit": "visitor 302, owner 200, member 403, * 404",
    "POST party_submission": "visitor 302, owner 409, member 403, * 404",  # listed already
    "POST party_visibility": "visitor 302, owner 302, member 403, * 404",
    "GET provider_detail": "* 200",
    "GET provider_list": "* 200",
    "GET provider_compare": "* 200",
    "GET agency_list": "* 200",
    "GET agency_compare": "* 200",
    "GET agency_detail": "* 200",
    "GET creator_list": "* 200",
    "GET creator_compare": "* 200",
    "GET creator_detail": "* 200",
    "GET merchant_list": "* 200",
    "GET merchant_compare": "* 200",
    "GET merchant_detail": "* 200",
    "GET shortlist": "visitor 302, * 200",
    "POST shortlist_entry": (
        "visitor 302, owner 302, member 302, rival 302, agency 302, creator 302, "
        "provider 409, * 403"
    ),
    "GET notice_list": "visitor 302, * 200",
    "POST notice_reading": "* 302",
    "POST notice_open": "visitor 302, owner 302, * 404",
    "GET cooperation_list": "visitor 302, * 200",
    "GET cooperation_detail": "visitor 302, owner 200, member 200, provider 200, * 404",
    "POST cooperation_contact": "visitor 302, owner 200, provider 200, member 403, * 404",
    "GET need_list": "* 200",
    "GET need_create": "visitor 302, owner 200, * 403",
    "POST need_create": "visitor 302, owner 200, * 403",
    "GET need_detail": "* 200",
    "GET need_detail@draft": "owner 200, member 200, * 404",
    "GET need_detail@awarded": "owner 200, member 200, provider 200, * 404",
    "GET need_edit": "visitor 302, owner 409, member 403, * 404",
    "GET need_edit@draft": "visitor 302, owner 200, member 403, * 404",
    "POST need_edit": "visitor 302, owner 409, member 403, * 404",
    "POST need_edit@draft": "visitor 302, owner 200, member 403, * 404",
    "POST need_publication": "visitor 302, owner 409, member 403, * 404",
    "POST need_publication@draft": "visitor 302, owner 302, member 403, * 404",
    "POST need_cancellation": "visitor 302, owner 302, member 403, * 404",
    "GET need_candidates": "visitor 302, owner 200, member 200, * 404",
    "POST need_invitation": "visitor 302, owner 302, member 403, * 404",
    "GET proposal_edit": "visitor 302, provider 409, rival 200, * 403",
    "GET proposal_edit@draft": "visitor 302, owner 403, member 403, * 404",
    "POST proposal_edit": "visitor 302, provider 409, rival 200, * 403",
    "GET proposal_detail": "visitor 302, owner 200, member 200, provider 200, * 404",
    "POST proposal_shortlist": "visitor 302, owner 302, member 403, provider 403, * 404",
    "POST proposal_acceptance": "visitor 302, owner 302, member 403, provider 403, * 404",
    "POST proposal_refusal": "visitor 302, owner 302, member 403, provider 403, * 404",
    "POST proposal_withdrawal": "visitor 302, owner 403, member 403, provider 302, * 404",
}

API = {
    "GET api_root": "* 200",
    "GET schema": "* 200",
    "GET api-reference": "* 200",
    "GET api-provider-detail": "* 200",
    "GET api-directory": "* 200",
    "GET api-party-list": "visitor 401, * 200",
    "POST api-party-list": "visitor 401, * 201",  # whoever signed in may register a business
    "GET api-party-detail": "visitor 401, owner 200, member 200, * 404",
    "PUT api-party-detail": "visitor 401, owner 200, member 403, * 404",
    "POST api-party-submission": "visitor 401, owner 409, member 403, * 404",
    "GET api-notice-list": "visitor 401, * 200",
    "GET api-notice-detail": "visitor 401, owner 200, * 404",
    "POST api-notice-reading": "visitor 401, owner 200, * 404",
    "GET api-need-list": "visitor 401, * 200",
    "POST api-need-list": "visitor 401, owner 201, * 403",
    "GET api-need-detail": "visitor 401, * 200",
    "GET api-need-detail@draft": "visitor 401, owner 200, member 200, * 404",
    "GET api-need-detail@awarded": "visitor 401, owner 200, member 200, provider 200, * 404",
    "PUT api-need-detail": "visitor 401, owner 409, * 403",
    "PUT api-need-detail@draft": "visitor 401, owner 200, member 403, * 404",
    "POST api-need-publication": "visitor 401, owner 409, * 403",
    "POST api-need-publication@draft": "visitor 401, owner 200, member 403, * 404",
    "POST api-need-cancellation": "visitor 401, owner 200, * 403",
    "GET api-need-candidates": "visitor 401, owner 200, member 200, * 403",
    "POST api-need-invitations": "visitor 401, owner 201, * 403",
    "POST api-need-proposals": "visitor 401, provider 409, rival 201, * 403",
    "GET api-proposal-list": "visitor 401, * 200",
    "GET api-proposal-detail": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-proposal-shortlist": "visitor 401, owner 200, member 403, provider 403, * 404",
    "POST api-proposal-acceptance": "visitor 401, owner 201, member 403, provider 403, * 404",
    "POST api-proposal-refusal": "visitor 401, owner 200, member 403, provider 403, * 404",
    "POST api-proposal-withdrawal": "visitor 401, owner 403, member 403, provider 200, * 404",
    "GET api-cooperation-list": "visitor 401, * 200",
    "GET api-cooperation-detail": "visitor 401, owner 200, member 200, provider 200, * 404",
    "POST api-cooperation-contact": "visitor 401, owner 200, provider 200, member 403, * 404",
}

# Visitors and members are sent to sign in (and then refused); staff see what their group works on.
ADMIN = {
    "GET admin:index": "staff 200, * 302",
    "GET admin:login": "visitor 302, * 403",
    "POST admin:logout": "* 302",
    "GET admin:password_change": "staff 200, * 302",
    "GET admin:password_change_done": "staff 200, * 302",
    "GET admin:autocomplete": "staff 403, * 302",
    "GET admin:jsi18n": "staff 200, * 302",
    "GET admin:view_on_site": "staff 302, * 302",
    "GET admin:app_list": "staff 200, * 302",
    "GET admin:parties_party_review": (
        "operator 200, reviewer 200, regional operator 200, administrator 200, staff 403, * 302"
    ),
    "POST admin:parties_party_review": (
        "operator 302, reviewer 302, regional operator 302, administrator 302, staff 403, * 302"
    ),
    "GET admin:parties_user_staff": "administrator 200, staff 403, * 302",
    "POST admin:parties_user_staff": "administrator 302, staff 403, * 302",
}
EVERY_GROUP = tuple(GROUPS)
TRADE = ("operator", "risk", "auditor")
SEEN_IN_ADMIN = {  # the groups that may look at a model; nobody adds, changes or deletes
    "core_auditentry": TRADE,
    "core_outboxmessage": ("operator", "auditor"),
    "core_job": ("operator", "auditor"),
    "parties_party": EVERY_GROUP,
    "parties_user": ("operator",),
    "parties_staffscope": (),
    "cooperation_cooperation": (*TRADE, "finance maker", "finance checker"),
    "needs_need": TRADE,
    "needs_proposal": TRADE,
}
REFERENCE = ("parties_category", "parties_servicetype", "parties_city", "parties_cityyear")


def admin_rows(seen: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for model, groups in seen.items():
        may = "".join(f"{group} 200, " for group in groups) + "administrator 200, staff 403, * 302"
        nobody = "staff 403, * 302"
        yield f"GET admin:{model}_changelist", may
        yield f"GET admin:{model}_history", may
        yield f"GET admin:{model}_change", may
        yield f"POST admin:{model}_change", nobody
        yield f"GET admin:{model}_add", nobody
        yield f"POST admin:{model}_add", nobody
        yield f"GET admin:{model}_delete", nobody
        yield f"POST admin:{model}_delete", nobody


def reference_rows() -> Iterator[tuple[str, str]]:
    for model in REFERENCE:  # the administrator's, through a service
        mine, nobody = "administrator 200, staff 403, * 302", "staff 403, * 302"
        yield f"GET admin:{model}_changelist", mine
        yield f"GET admin:{model}_history", mine
        yield f"GET admin:{model}_change", mine
        yield f"POST admin:{model}_change", mine  # an empty form comes back
        yield f"GET admin:{model}_add", mine
        yield f"POST admin:{model}_add", mine
        yield f"GET admin:{model}_delete", nobody
        yield f"POST admin:{model}_delete", nobody


PARTS = parts()
ROWS = {  # by part, so that `-k fairs` walks the rows of one
    "pages": PAGES,
    "api": API,
    "admin": {**ADMIN, **dict(admin_rows(SEEN_IN_ADMIN)), **dict(reference_rows())},
    **{
        name: {**part.PAGES, **part.API, **part.ADMIN, **dict(admin_rows(part.SEEN_IN_ADMIN))}
        for name, part in PARTS.items()
    },
}
TABLE = {key: row for rows in ROWS.values() for key, row in rows.items()}

# --- the world the table speaks of ------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """Clients by role, and by route (and @what) the address's arguments and the body sent."""

    clients: dict[str, Client]
    kwargs: dict[str, dict[str, Any]]
    bodies: dict[str, dict[str, Any]]


@pytest.fixture
def world(part, merchant, colleague, provider, rival, agency, creator, stranger) -> World:
    """What the rows of `part` speak of."""
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

    people = {
        "stranger": stranger,
        "owner": merchant,
        "member": colleague,
        "provider": provider,
        "rival": rival,
        "agency": agency,
        "creator": creator,
    }
    clients = {role: person.browser() for role, person in (people | staff).items()}
    clients["visitor"], clients["administrator"] = Client(), Client()
    clients["administrator"].force_login(root)

    a_row = {
        "core_auditentry": AuditEntry.objects.first(),
        "core_outboxmessage": OutboxMessage.objects.first(),
        "core_job": job,
        "parties_party": merchant.party,
        "parties_user": stranger.user,
        "parties_staffscope": StaffScope.objects.first(),
        "parties_category": Category.objects.first(),
        "parties_servicetype": ServiceType.objects.first(),
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
        "admin:parties_user_staff": {"pk": stranger.user.pk},
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
        "POST api-proposal-refusal": {"reason": "price"},
        "POST api-proposal-withdrawal": {"reason": "capacity"},
    }
    if part in PARTS:
        arranged = PARTS[part].arrange(Cast(**people, administrator=root))
        kwargs |= arranged.kwargs
        bodies |= arranged.bodies
        for model, row in arranged.rows.items():
            for view in ("history", "delete", "change"):
                kwargs[f"admin:{model}_{view}"] = {"object_id": str(row.pk)}
    return World(clients, kwargs, bodies)


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


# --- the walk ---------------------------------------------------------------------------------


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


def ask(world: World, role: str, key: str) -> int:
    """The status this role gets; whatever the request wrote is undone."""
    method, name = key.split()
    address = reverse(name.partition("@")[0], kwargs=world.kwargs.get(name))
    body = world.bodies.get(f"{method} {name.partition('@')[0]}", {})
    as_json = {"data": json.dumps(body), "content_type": "application/json"}
    sent = as_json if "/api/" in address else {"data": body}
    client = world.clients[role]
    kept = {name: morsel.value for name, morsel in client.cookies.items()}
    call = getattr(client, method.lower())
    with transaction.atomic():
        answer = call(address) if method == "GET" else call(address, **sent)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(kept)  # some roads lead out: logging out ends a session
    return int(answer.status_code)


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
def test_every_route_answers_every_role_as_written(world, part):
    """Also: methods without a row are refused, and no refusal writes anything."""
    wrong = [*answered_otherwise(world, part), *let_in_by_another_method(world, part)]
    assert not wrong, "\n" + "\n".join(wrong)
    refusals_write_nothing(world, part)


def answered_otherwise(world: World, part: str) -> Iterator[str]:
    for key, row in ROWS[part].items():
        for role, status in expected(row).items():
            found = ask(world, role, key)
            if found != status:
                yield f"{key} as {role}: {found}, written {status}"


def let_in_by_another_method(world: World, part: str) -> Iterator[str]:
    written = {key.partition("@")[0] for key in TABLE}
    for route in {key.split()[1].partition("@")[0] for key in own_rows(part)} - {"set_language"}:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            key = f"{method} {route}"
            if key not in written and (found := ask(world, "owner", key)) != 405:
                yield f"{key}: {found}"


def refusals_write_nothing(world: World, part: str) -> None:
    """Roles that may not act leave no row in the trail, the outbox or among the answers kept."""
    before = AuditEntry.objects.count(), OutboxMessage.objects.count()
    for key, row in own_rows(part).items():
        method, name = key.split()
        if method == "GET":
            continue
        for role, status in expected(row).items():
            if status >= 400 and role in ("visitor", "stranger", "member", "rival", "auditor"):
                address = reverse(name.partition("@")[0], kwargs=world.kwargs.get(name))
                body = world.bodies.get(f"{method} {name.partition('@')[0]}", {})
                call = getattr(world.clients[role], method.lower())
                headers = {"Idempotency-Key": f"{key}"} if "/api/" in address else {}
                if "/api/" in address:
                    call(address, body, content_type="application/json", headers=headers)
                else:
                    call(address, body)
    assert (AuditEntry.objects.count(), OutboxMessage.objects.count()) == before
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("path", NOT_BUILT_YET)
def test_door_that_is_not_built_yet_is_not_there(client, path):
    assert client.get(path).status_code == 404
