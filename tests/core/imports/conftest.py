"""A kind of import that writes down each row it applied."""

from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.imports import Column, ImportKind, register_import
from portal.core.imports.parsers import day, text, whole
from portal.core.jobs import run_job
from portal.core.models import IdempotencyKey, ImportRun
from portal.core.verdict import ALLOWED, Flaw, forbidden
from tests.core.files.samples import upload


def may_import(actor):
    is_owner = actor.role in {"owner", "system"}
    return ALLOWED if is_owner else forbidden("Only the owner imports.")


def check(actor, rows):
    known = set(
        IdempotencyKey.objects.filter(key__in=[r.values["name"] for r in rows]).values_list(
            "key", flat=True
        )
    )
    for row in rows:
        if row.values["name"] in known:
            yield row.line, Flaw("name", "There is one of this name.")


class Breaks:
    """How often applying breaks off, after which row."""

    after: str = ""


def apply(actor, rows):
    IdempotencyKey.objects.bulk_create(
        IdempotencyKey(
            credential=f"party:{actor.party_id}",
            key=row["name"],
            body_hash=str(row["count"]),
            status=200,
            answer={},
            created_at=clock.now(),
        )
        for row in rows
    )
    if any(row["name"] == Breaks.after for row in rows):
        raise RuntimeError("broke off")
    return len(rows)


KIND = ImportKind(
    name="tests.names",
    title="Names",
    columns=[
        Column("name", _("Name"), required=True, parse=text(20)),
        Column("day", _("Day"), parse=day),
        Column("count", "Count", required=True, parse=whole(0, 1000)),
    ],
    may=may_import,
    check=check,
    apply=apply,
    key=("name",),
    examples=[{"name": "=茶", "day": "2026-05-31", "count": 3}],
)


@pytest.fixture(autouse=True)
def _kind(settings, tmp_path):
    register_import(KIND)
    Breaks.after = ""
    settings.MEDIA_ROOT = str(tmp_path / "media")


def applied() -> list[str]:
    return sorted(IdempotencyKey.objects.values_list("key", flat=True))


def table(*rows: str, header: str = "name,day,count") -> bytes:
    return "\n".join([header, *rows]).encode()


def run_of(actor: Any, data: bytes, name: str = "名单.csv") -> ImportRun:
    from portal.core.imports import start_import

    run = start_import(actor, kind=KIND, upload=upload(data, name))
    run_job(str(run.job_id))
    return now_of(run)


def now_of(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_related("job", "file").get(pk=run.pk)
