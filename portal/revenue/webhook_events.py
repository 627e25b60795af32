"""What machines are told of agreements: both sides the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.revenue.models import Agreement
from portal.webhooks.catalogue import register_event


def agreement_data(agreement: Agreement, told: int) -> dict[str, Any]:
    version = agreement.versions.first()
    return {
        "agreement": str(agreement.pk),
        "payer": agreement.payer_id,
        "payee": agreement.payee_id,
        "role": agreement.role,
        "scope_kind": agreement.scope_kind,
        "scope_key": agreement.scope_key,
        "version": version.number if version else None,
        "status": version.status if version else None,
        "sha256": version.sha256 if version else None,
    }


def both_sides(agreement: Agreement) -> Iterator[int]:
    yield agreement.payer_id
    yield agreement.payee_id


EXAMPLE = {
    "agreement": "0b9f6a52-5a1e-4c39-9c0a-6a3f6f1f2f10",
    "payer": 1,
    "payee": 61,
    "role": "provider_fee",
    "scope_kind": "whole",
    "scope_key": "",
    "version": 2,
    "status": "accepted",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}

for name, title, verbs in (
    ("agreement.proposed", _("A version of an agreement was proposed"), ("propose_version",)),
    ("agreement.accepted", _("A version of an agreement was accepted"), ("accept_version",)),
    (
        "agreement.closed",
        _("A version of an agreement came to nothing"),
        ("decline_version", "withdraw_version", "expire_version"),
    ),
):
    register_event(
        name,
        title,
        of="revenue.agreement",
        verbs=verbs,
        parties=both_sides,
        data=agreement_data,
        example=EXAMPLE,
    )
