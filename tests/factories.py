"""Rows for tests, made through the services like everybody's."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from io import BytesIO
from itertools import count
from threading import Barrier
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.db.models import Model, QuerySet
from PIL import Image
from stdnum.cn import ric, uscc

from matchmaking.catalogue import services as catalogue
from matchmaking.catalogue.fields import ProductFields
from matchmaking.catalogue.models import Product
from matchmaking.needs import services as needs
from matchmaking.needs.fields import NeedFields, ProposalFields, ServiceOfferFields
from matchmaking.needs.models import Need, Proposal
from matchmaking.recruiting import services as recruiting
from matchmaking.recruiting.fields import ApplicationFields, PostFields
from matchmaking.recruiting.models import Application, Post
from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.core.verdict import Refused
from portal.notices import services as notices
from portal.notices.fields import AnnouncementFields
from portal.notices.models import Announcement
from portal.parties import services as parties
from portal.parties.fields import (
    DocumentFields,
    PartyFields,
    ProviderFields,
    RealNameFields,
    TakenFields,
)
from portal.parties.models import Category, City, Document, DocumentKind, Party, ServiceType, User
from portal.parties.services import PartyLife
from portal.parties.states import PartyKind
from portal.policies.services import give_first_consents

PASSWORD = "correct-horse-battery"
SYSTEM = system_actor("command")
NO_CODE = {"uscc": ""}
_numbers = count(1)


@cache
def key_of(model: type[Model], code: str) -> int:
    """Of a row of the reference data, which stays as it is: each process asks once."""
    return int(model._base_manager.values_list("pk", flat=True).get(code=code))


def user(email: str, name: str = "某人") -> User:
    person = User.objects.create_user(email, PASSWORD, name=name)
    give_first_consents(SYSTEM, user_ids=[person.pk])
    return person


def announcement(**changes: Any) -> Announcement:
    """A banner that began an hour ago and runs for a week."""
    now = clock.now()
    fields: dict[str, Any] = {
        "title_zh": "周日凌晨维护",
        "title_en": "Maintenance on Sunday night",
        "starts_at": now - timedelta(hours=1),
        "ends_at": now + timedelta(days=7),
    }
    return notices.publish_announcement(SYSTEM, fields=AnnouncementFields(**fields | changes))


def uscc_code() -> str:
    """A fresh code with its right check digit."""
    body = f"91330106MA{next(_numbers):07d}"
    return body + uscc.calc_check_digit(body)


def party_fields(name: str = "谷雨粒食品", **changes: Any) -> PartyFields:
    defaults: dict[str, Any] = {
        "name": name,
        "legal_name": f"杭州{name}有限公司",
        "uscc": uscc_code(),
        "city_id": key_of(City, "hangzhou"),
        "contact_name": "顾雨",
        "contact_phone": "13800001111",
        "intro": "",
        "shares": {key_of(Category, "food"): 100},
    }
    return PartyFields(**(defaults | changes))


def provider_fields(**changes: Any) -> ProviderFields:
    defaults: dict[str, Any] = {
        "service_ids": [key_of(ServiceType, "live-room")],
        "city_ids": [key_of(City, "hangzhou")],
        "works_remotely": True,
        "price_low_fen": 2_000_000,
        "price_high_fen": 5_000_000,
    }
    return ProviderFields(**(defaults | changes))


def draft_party(kind: PartyKind, name: str, *, has_papers: bool = True, **changes: Any) -> Party:
    """A draft with everything it needs to be handed in, or without its documents."""
    owner = user(f"owner-{next(_numbers)}@example.com", f"{name}老板")
    if kind == PartyKind.CREATOR:
        changes = NO_CODE | changes
    party = parties.register_party(
        SYSTEM,
        kind=kind,
        fields=party_fields(name, **changes),
        provider=provider_fields() if kind == PartyKind.PROVIDER else None,
        owner=owner,
    )
    return with_papers(party) if has_papers else party


def with_papers(party: Party) -> Party:
    """Everything the party is asked to show, as checked elsewhere: quick, and without files."""
    parties.attest_documents(SYSTEM, party=party, where="tests")
    return party


def id_number(born: str = "19950607") -> str:
    """A fresh resident ID number with its right check digit."""
    body = f"330106{born}{next(_numbers) % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")


def real_name_fields(**changes: Any) -> RealNameFields:
    defaults: dict[str, Any] = {"name": "林小满", "number": id_number(), "consents": True}
    return RealNameFields(**(defaults | changes))


def picture(name: str = "licence.png", side: int = 8) -> SimpleUploadedFile:
    """A small picture to upload."""
    out = BytesIO()
    Image.new("RGB", (side, side), (next(_numbers) % 256, 120, 90)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def document(
    party: Party, code: str = "licence", actor: Actor = SYSTEM, **changes: Any
) -> Document:
    """One document handed in through its service, with a real file."""
    kind = DocumentKind.objects.get(code=code)
    defaults: dict[str, Any] = {}
    if kind.must_expire:
        defaults["expires_on"] = clock.today() + timedelta(days=365)
    if kind.is_permit:
        defaults["number"] = "JY13301060000001"
    link = changes.pop("link", None)
    fields = DocumentFields(**(defaults | changes))
    return parties.hand_in_document(
        actor, party=party, kind=kind, source=picture(), fields=fields, link=link
    )


def submitted_party(kind: PartyKind, name: str, **changes: Any) -> Party:
    return parties.submit_party(SYSTEM, party=draft_party(kind, name, **changes))


def listed_party(kind: PartyKind, name: str, **changes: Any) -> Party:
    """Written as in bulk, in a third of the statements: most tests need several."""
    moment, number = clock.now(), next(_numbers)
    life = PartyLife(
        kind=kind,
        email=f"owner-{number}@example.com",
        owner_name=f"{name}老板",
        fields=party_fields(name, **(NO_CODE if kind == PartyKind.CREATOR else {}) | changes),
        provider=provider_fields() if kind == PartyKind.PROVIDER else None,
        registered_at=moment,
        submitted_at=moment,
        verified_at=moment,
    )
    [party] = parties.register_parties(SYSTEM, lives=[life])
    [owner] = party.membership_set.values_list("user_id", flat=True)
    User.objects.filter(pk=owner).update(password=make_password(PASSWORD))
    give_first_consents(SYSTEM, user_ids=[owner])
    return Party.objects.get(pk=party.pk)


def unclaimed_party(kind: PartyKind, name: str, source: str = "公开名录", **changes: Any) -> Party:
    """Listed from public data: nobody speaks for it."""
    offer = provider_fields() if kind == PartyKind.PROVIDER else None
    taken = TakenFields(kind, source, party_fields(name, contact_name="", **changes), offer)
    [party] = parties.take_parties(SYSTEM, found=[taken])
    return party


def need_fields(**changes: Any) -> NeedFields:
    today = clock.today()
    defaults: dict[str, Any] = {
        "title": "食品自播间代运营",
        "brief": "把自播间做成稳定出单的渠道。",
        "service_ids": [key_of(ServiceType, "live-room")],
        "category_ids": [key_of(Category, "food")],
        "city_id": None,
        "accepts_remote": True,
        "budget_low_fen": 2_000_000,
        "budget_high_fen": 4_000_000,
        "gmv_target_fen": 360_000_000,
        "starts_on": today + timedelta(days=30),
        "term_months": 6,
        "closes_on": today + timedelta(days=14),
    }
    return NeedFields(**(defaults | changes))


def draft_need(actor: Actor, **changes: Any) -> Need:
    return needs.create_need(actor, fields=need_fields(**changes))


def open_need(actor: Actor, **changes: Any) -> Need:
    return needs.publish_need(actor, need=draft_need(actor, **changes))


def proposal_fields(**changes: Any) -> ProposalFields:
    defaults: dict[str, Any] = {
        "plan": "第 1 个月搭建直播间，之后按周复盘。",
        "team": "2 主播 · 1 运营",
        "monthly_fee_fen": 3_800_000,
        "share_bp": 300,
        "starts_on": clock.today() + timedelta(days=30),
    }
    return ProposalFields(**(defaults | changes))


PROMISED: dict[str, dict[str, Any]] = {  # by whom the need looks for
    "creator": {"team": "", "lives": 2, "videos": 6},
    "agency": {"creators": 3},
}


def submitted_proposal(actor: Actor, need: Need, **changes: Any) -> Proposal:
    return needs.submit_proposal(
        actor, need=need, fields=proposal_fields(**PROMISED.get(need.seeks, {}) | changes)
    )


def service_offer_fields(**changes: Any) -> ServiceOfferFields:
    defaults: dict[str, Any] = {
        "title": "基础自播包",
        "scope": "每周开播 5 场，主播与脚本由我们提供。",
        "service_ids": [key_of(ServiceType, "live-room")],
        "monthly_fee_fen": 1_500_000,
        "share_bp": 200,
        "term_months": 3,
        "lead_days": 7,
        "answer_hours": 9,
        "most_open": 5,
    }
    return ServiceOfferFields(**(defaults | changes))


def product_fields(**changes: Any) -> ProductFields:
    defaults: dict[str, Any] = {
        "name": "冷榨亚麻籽油 500ml",
        "category_id": key_of(Category, "food"),
        "price_fen": 5_990,
        "commission_bp": 2_000,
        "stock": 3_000,
        "upstream_id": f"3500{next(_numbers):06d}",
        "sends_samples": True,
    }
    return ProductFields(**(defaults | changes))


def draft_product(actor: Actor, **changes: Any) -> Product:
    return catalogue.create_product(actor, fields=product_fields(**changes))


def listed_product(actor: Actor, **changes: Any) -> Product:
    """In the pool, with its public plan from today on."""
    return catalogue.list_product(actor, product=draft_product(actor, **changes))


def post_fields(**changes: Any) -> PostFields:
    today = clock.today()
    defaults: dict[str, Any] = {
        "title": "年货节零食专场",
        "brief": "厨房场景直播，粉丝以宝妈为主，要能现场试吃。",
        "category_ids": [key_of(Category, "food")],
        "price_low_fen": 2_000,
        "price_high_fen": 20_000,
        "commission_least_bp": 2_000,
        "live_on": today + timedelta(days=14),
        "closes_on": today + timedelta(days=7),
        "samples_wanted": 1,
    }
    return PostFields(**(defaults | changes))


def draft_post(actor: Actor, **changes: Any) -> Post:
    return recruiting.create_post(actor, fields=post_fields(**changes))


def open_post(actor: Actor, **changes: Any) -> Post:
    return recruiting.create_post(actor, fields=post_fields(**changes), publish=True)


def application_fields(**changes: Any) -> ApplicationFields:
    return ApplicationFields(**({"commission_bp": 2_000, "samples": 1} | changes))


def submitted_application(
    actor: Actor, post: Post, product: Product | None = None, **changes: Any
) -> Application:
    return recruiting.apply_to_post(
        actor,
        post=post,
        product=product or listed_product(actor),
        fields=application_fields(**changes),
    )


# --- two people at the same moment ------------------------------------------------------------


def at_once(*calls: Callable[[], Any], behind: QuerySet[Any] | None = None) -> list[Any]:
    """Run each call in a thread and a connection of its own, all at the same moment; their results
    or refusals, in order. Rows `behind` are held until every call waits for them, so that they
    really meet. Needs a transactional test.
    """
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait(timeout=20)
        try:
            return call()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        if behind is None:
            answers = [pool.submit(run, call) for call in calls]
        else:
            with transaction.atomic():
                list(behind.select_for_update(of=("self",)))
                answers = [pool.submit(run, call) for call in calls]
                wait_for(lambda: sessions_waiting() >= len(calls))
        return [answer.result(timeout=30) for answer in answers]


def sessions_waiting() -> int:
    """How many sessions of this database stand before a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees one moment
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])


def wait_for(condition: Callable[[], Any], seconds: float = 20) -> None:
    """Until `condition` holds; an error after `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("waited in vain")
        time.sleep(0.02)
