"""A version is written when both sides have agreed on it, with what it says in one fixed form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.db.models import prefetch_related_objects

from matchmaking.cooperation.models import Amendment, Cooperation, Version, terms_of
from matchmaking.cooperation.states import Side
from portal.core import bulk
from portal.core.actor import Actor
from portal.core.documents import digest_of

FORM = "trilink-cooperation/1"  # of the content; another one is another form


def append_version(actor: Actor, cooperation: Cooperation, amendment: Amendment | None) -> Version:
    """What holds from now on; `actor` accepted it. In the transaction of the change itself."""
    at = cooperation.agreed_at if amendment is None else amendment.answered_at
    assert at is not None
    version = _row(actor, cooperation, at, amendment)
    version.save(force_insert=True)
    return version


def append_first_versions(agreed: Iterable[tuple[Actor, Cooperation]]) -> None:
    """Of cooperations written in bulk, with who accepted each."""
    rows = list(agreed)
    prefetch_related_objects(
        [row for _actor, row in rows], "services", "categories", "products", "city"
    )
    bulk.insert([_row(actor, row, row.agreed_at, None) for actor, row in rows])


def _row(actor: Actor, cooperation: Cooperation, at: Any, amendment: Amendment | None) -> Version:
    key = uuid4()
    content = _content(cooperation, key, at)
    return Version(
        id=key,
        cooperation=cooperation,
        number=cooperation.version,
        amendment=amendment,
        content=content,
        digest=digest_of(content),
        accepted_side=(
            Side.PROVIDER if actor.speaks_for(cooperation.provider_id) else Side.MERCHANT
        ),
        accepted_by=actor.user,
        at=at,
    )


def _content(cooperation: Cooperation, key: UUID, at: Any) -> dict[str, Any]:
    return {
        "form": FORM,
        "id": str(key),
        "cooperation": cooperation.pk,
        "version": cooperation.version,
        "accepted_at": at.isoformat(),
        "merchant": cooperation.merchant_id,
        "provider": cooperation.provider_id,
        "title": cooperation.title,
        "services": sorted(service.code for service in cooperation.services.all()),
        "categories": sorted(category.code for category in cooperation.categories.all()),
        "products": sorted(product.number for product in cooperation.products.all()),
        "city": cooperation.city.code if cooperation.city else None,
        "accepts_remote": cooperation.accepts_remote,
        "team": cooperation.team,
        "starts_on": cooperation.starts_on.isoformat(),
        **terms_of(cooperation),
        **({"is_once": True} if cooperation.is_once else {}),
    }
