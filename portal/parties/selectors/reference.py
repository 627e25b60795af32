"""Reference data as every page needs it: read at most once a minute in each process."""

from __future__ import annotations

import time
from dataclasses import dataclass

from portal.parties.models import Belt, Category, City, Region, ServiceType

KEPT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Reference:
    """Rows by key (regions by code), in their order. `categories` has both levels."""

    services: dict[int, ServiceType]
    categories: dict[int, Category]
    cities: dict[int, City]
    regions: dict[str, Region]
    belts: dict[int, Belt]


_kept: tuple[float, Reference] | None = None


def reference() -> Reference:
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > KEPT_SECONDS:
        _kept = time.monotonic(), _read()
    return _kept[1]


def forget_reference() -> None:
    """Called where reference data is loaded or edited; other processes see it a minute later."""
    global _kept
    _kept = None


def _read() -> Reference:
    return Reference(
        services={row.pk: row for row in ServiceType.objects.all()},
        categories={row.pk: row for row in Category.objects.all()},
        cities={row.pk: row for row in City.objects.all()},
        regions={row.code: row for row in Region.objects.all()},
        belts={row.pk: row for row in Belt.objects.all()},
    )
