"""What happens to a party itself, and to its imports."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.models import ImportRun
from portal.parties.models import Party
from portal.webhooks.catalogue import register_event


def party_data(party: Party, told: int) -> dict[str, Any]:
    return {"party": party.pk, "kind": party.kind, "status": party.status}


def import_data(run: ImportRun, told: int) -> dict[str, Any]:
    names = ("kind", "state", "total", "bad", "applied")
    return {"id": str(run.pk)} | {name: getattr(run, name) for name in names}


PARTY = {"party": 12, "kind": "merchant", "status": "listed"}
RUN = {
    "id": "7f3c9a52-0c1e-4a52-9d2c-3f0c6e1f7a10",
    "kind": "activity.days",
    "state": "done",
    "total": 300,
    "bad": 2,
    "applied": 298,
}

for name, title, verbs in (
    ("party.verified", _("The party was verified"), ("approve_party",)),
    ("party.returned", _("More information is asked of the party"), ("return_party",)),
    ("party.suspended", _("The party was suspended"), ("suspend_party",)),
    ("party.resumed", _("The suspension of the party ended"), ("lift_suspension",)),
):
    register_event(
        name,
        title,
        of="parties.party",
        verbs=verbs,
        parties=lambda party: [party.pk],
        data=party_data,
        example=PARTY,
    )
for name, title, verbs in (
    ("import.checked", _("The dry run of an import ended"), ("check_import",)),
    ("import.done", _("An import ended"), ("finish_import",)),
):
    register_event(
        name,
        title,
        of="core.importrun",
        verbs=verbs,
        parties=lambda run: [run.party_id] if run.party_id else [],
        data=import_data,
        example=RUN,
    )
