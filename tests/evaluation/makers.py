"""Methods, facts and snapshots for tests, made through the services like everybody's."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from portal.core import clock
from portal.core.actor import Actor
from portal.evaluation import services
from portal.evaluation.computing import compute
from portal.evaluation.documents import MethodFields
from portal.evaluation.fields import FactFields
from portal.evaluation.models import NOTICE, Method, Snapshot
from portal.evaluation.starting import starting_method
from portal.evaluation.states import Grade, SnapshotKind
from portal.parties.models import Party, ServiceType
from portal.parties.states import PartyKind
from tests import factories as parties
from tests.factories import SYSTEM


def method_fields(
    code: str = "provider", *, version: str = "2026-1", **document: Any
) -> MethodFields:
    """The starting method, with other values at its top."""
    start = starting_method(code)
    changed = deepcopy(dict(start.document)) | {"version": version, "draws": 50} | document
    return MethodFields(changed, deepcopy(dict(start.gathering)), "改了权重。", "Other weights.")


def drafted_method(code: str = "provider", **changes: Any) -> Method:
    return services.draft_method(SYSTEM, fields=method_fields(code, **changes))


def announced_method(code: str = "provider", **changes: Any) -> Method:
    return services.announce_method(
        SYSTEM,
        method=drafted_method(code, **changes),
        comes_into_force_at=clock.now() + NOTICE + timedelta(hours=1),
    )


def method_in_force(code: str = "provider", **changes: Any) -> Method:
    """Announced long enough ago."""
    with clock.standing_at(clock.now() - NOTICE - timedelta(days=1)):
        method = announced_method(code, **changes)
    services.bring_methods_into_force(SYSTEM)
    method.refresh_from_db()
    return method


SMALL = ("C1", "C3", "H1", "H5")
HEALTH = {"connection", "health"}


def small_fields(version: str = "2026-1", **document: Any) -> MethodFields:
    """Two dimensions of two indicators each, so that a few facts rate somebody."""
    fields = method_fields(version=version, **document)
    dimensions = [one for one in fields.document["dimensions"] if one["code"] in HEALTH]
    for one in dimensions:
        one["indicators"] = [own for own in one["indicators"] if own["code"] in SMALL]
    gathered = fields.gathering["indicators"]
    return MethodFields(
        dict(fields.document) | {"dimensions": dimensions},
        dict(fields.gathering) | {"indicators": {code: gathered[code] for code in SMALL}},
        fields.change_zh,
        fields.change_en,
    )


def small_method_in_force(version: str = "2026-1", **document: Any) -> Method:
    with clock.standing_at(clock.now() - NOTICE - timedelta(days=1)):
        draft = services.draft_method(SYSTEM, fields=small_fields(version, **document))
        begins = clock.now() + NOTICE + timedelta(hours=1)
        services.announce_method(SYSTEM, method=draft, comes_into_force_at=begins)
    services.bring_methods_into_force(SYSTEM)
    draft.refresh_from_db()
    return draft


def providers_with_facts(number: int = 9, *, service: str = "live-room") -> list[Party]:
    """Providers, the first the best, each with four merchants' facts of the last month."""
    merchants = [parties.listed_party(PartyKind.MERCHANT, f"商家{at}号") for at in range(4)]
    providers = [parties.listed_party(PartyKind.PROVIDER, f"服务商{at}号") for at in range(number)]
    service_id = ServiceType.objects.get(code=service).pk
    facts = [
        fact
        for place, provider in enumerate(providers)
        for merchant in merchants
        for fact in _facts(provider, merchant, service_id, 1 - place / number)
    ]
    with clock.standing_at(clock.now() - timedelta(hours=1)):
        services.record_facts(SYSTEM, facts=facts)
    return providers


def _facts(provider: Party, merchant: Party, service_id: int, quality: float) -> list[FactFields]:
    ends_on = clock.today().replace(day=1) - timedelta(days=1)
    rows = {
        "merchant_served": (1.0, 1, service_id),
        "lead_signed": (round(10 + 35 * quality, 1), 15, service_id),
        "satisfaction": (round(3.2 + 1.6 * quality, 2), 6, service_id),
        "statement_on_time": (round(70 + 28 * quality, 1), 5, None),
        "net_gmv": (1_000_000.0, 1, service_id),
    }
    return [
        FactFields(
            party_id=provider.pk,
            measure=measure,
            value=value,
            sample=sample,
            counterpart_id=merchant.pk,
            service_id=service,
            starts_on=ends_on.replace(day=1),
            ends_on=ends_on,
            grade=Grade.PLATFORM,
            ref_kind="test.row",
            ref_id=f"{measure}:{merchant.pk}",
        )
        for measure, (value, sample, service) in rows.items()
    ]


def computed(snapshot: Snapshot) -> Snapshot:
    """As its job would leave it."""
    services.write_snapshot(SYSTEM, snapshot=snapshot, result=compute(snapshot))
    return Snapshot.objects.select_related("method").get(pk=snapshot.pk)


def quarter() -> tuple[str, date]:
    """The last quarter that is over, ending where the facts end or before."""
    ends_on = clock.today().replace(day=1) - timedelta(days=1)
    return f"{ends_on.year}-Q{(ends_on.month + 2) // 3}", ends_on


def started_official(method: Method, actor: Actor = SYSTEM) -> Snapshot:
    period, ends_on = quarter()
    return services.start_snapshot(
        actor, method=method, kind=SnapshotKind.OFFICIAL, period=period, ends_on=ends_on
    )


def announced_change(version: str = "2026-2") -> Method:
    """The next version, tried on the facts there are."""
    fields = small_fields(version)
    fields.document["dimensions"][0]["weight"] = 60
    draft = services.draft_method(SYSTEM, fields=fields)
    services.try_method(SYSTEM, method=draft, ends_on=quarter()[1])
    for one in Snapshot.objects.filter(kind=SnapshotKind.TRIAL):
        computed(one)
    begins = clock.now() + NOTICE + timedelta(hours=1)
    return services.announce_method(SYSTEM, method=draft, comes_into_force_at=begins)


def published_official(method: Method) -> Snapshot:
    return services.publish_snapshot(SYSTEM, snapshot=computed(started_official(method)))
