"""Reference data as files, and the service that loads it.

A migration would be the wrong place: a flush drops rows that migrations wrote. Loading twice
changes nothing; rows edited in admin keep their edits, because only missing codes are added.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from portal.core import audit
from portal.core.actor import Actor
from portal.core.workdays import load_holidays
from portal.moderation.reference import load_words
from portal.parties.models import (
    AccountTerm,
    Belt,
    Category,
    CategoryMapping,
    City,
    CityYear,
    DocumentKind,
    DocumentRule,
    PermitRule,
    Region,
    ServiceType,
)
from portal.parties.selectors.reference import forget_reference
from portal.parties.staff import load_staff_groups
from portal.policies.reference import (
    load_cart_rules,
    load_ceilings,
    load_documents,
    load_fees,
    load_live_rules,
)

FOLDER = Path(__file__).parent
Loader = Callable[[Actor], int]
_loaders: list[Loader] = []


def register_reference(loader: Loader) -> None:
    """Add what an app above brings; `loader` adds missing rows and says how many."""
    _loaders.append(loader)


@transaction.atomic
def load_reference(actor: Actor) -> int:
    """Add the categories, services, regions, cities, tiers, belts, holidays, documents and staff
    groups that are missing."""
    added = _load_categories() + _load_services() + _load_regions()
    added += _load_cities() + _load_tiers()
    added += _load_belts() + load_holidays() + load_words(actor)
    added += _load_document_kinds() + _load_document_rules() + _load_permit_rules()
    added += _load_account_terms()
    added += load_documents(actor) + load_cart_rules() + load_ceilings()
    added += load_live_rules()
    added += load_fees(dict(Category.objects.values_list("code", "pk")))
    added += sum(loader(actor) for loader in _loaders)
    groups = load_staff_groups()
    forget_reference()
    if added and (first := Category.objects.first()):
        audit.record(actor, "load_reference", first, after={"rows": added, "groups": groups})
    return added


def current_category(code: str, *, since: str = "") -> str:
    """What a category code of version `since` (a year and month) is called now: every later
    mapping is followed, oldest version first."""
    later = CategoryMapping.objects.filter(version__gt=since).order_by("version")
    for old, new in later.values_list("old_code", "new_code"):
        code = new if code == old else code
    return code


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load_categories() -> int:
    known = {c.code: c for c in Category.objects.all()}
    added = 0
    for position, row in enumerate(_rows("categories")):
        if row["code"] in known:
            continue
        parent = known.get(row.pop("parent"))
        known[row["code"]] = Category.objects.create(**row, parent=parent, position=position)
        added += 1
    return added


def _load_services() -> int:
    known = set(ServiceType.objects.values_list("code", flat=True))
    new = [
        ServiceType(**row, position=position)
        for position, row in enumerate(_rows("services"))
        if row["code"] not in known
    ]
    return len(ServiceType.objects.bulk_create(new))


def _load_regions() -> int:
    known = set(Region.objects.values_list("code", flat=True))
    new = [
        Region(**row, position=position)
        for position, row in enumerate(_rows("regions"))
        if row["code"] not in known
    ]
    return len(Region.objects.bulk_create(new))


def _load_cities() -> int:
    known = set(City.objects.values_list("code", flat=True))
    new = [
        City(region_id=row.pop("region"), **row, position=position)
        for position, row in enumerate(_rows("cities"))
        if row["code"] not in known
    ]
    return len(City.objects.bulk_create(new))


def _load_tiers() -> int:
    cities = dict(City.objects.values_list("code", "pk"))
    known = set(CityYear.objects.values_list("city_id", "year"))
    new = [
        CityYear(city_id=cities[row["city"]], year=int(row["year"]), tier=row["tier"])
        for row in _rows("city_tiers")
        if (cities[row["city"]], int(row["year"])) not in known
    ]
    return len(CityYear.objects.bulk_create(new))


def _load_belts() -> int:
    cities = dict(City.objects.values_list("code", "pk"))
    categories = dict(Category.objects.values_list("code", "pk"))
    known = set(Belt.objects.values_list("code", flat=True))
    new = [
        Belt(
            code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            region_id=row["region"],
            city_id=cities[row["city"]] if row["city"] else None,
            category_id=categories[row["category"]],
            position=position,
        )
        for position, row in enumerate(_rows("belts"))
        if row["code"] not in known
    ]
    return len(Belt.objects.bulk_create(new))


def _load_document_kinds() -> int:
    known = set(DocumentKind.objects.values_list("code", flat=True))
    flags = ("must_expire", "is_personal", "is_chain")
    new = [
        DocumentKind(**row | {flag: bool(row[flag]) for flag in flags}, position=position)
        for position, row in enumerate(_rows("document_kinds"))
        if row["code"] not in known
    ]
    return len(DocumentKind.objects.bulk_create(new))


def _load_document_rules() -> int:
    kinds = dict(DocumentKind.objects.values_list("code", "pk"))
    known = set(DocumentRule.objects.values_list("party_kind", "document_id", "applies"))
    new = [
        DocumentRule(document_id=kinds[row.pop("document")], **row)
        for row in _rows("document_rules")
        if (row["party_kind"], kinds[row["document"]], row["applies"]) not in known
    ]
    return len(DocumentRule.objects.bulk_create(new))


def _load_permit_rules() -> int:
    kinds = dict(DocumentKind.objects.values_list("code", "pk"))
    categories = dict(Category.objects.values_list("code", "pk"))
    known = set(PermitRule.objects.values_list("party_kind", "category_id", "document_id"))
    new = [
        PermitRule(
            category_id=categories[row.pop("category")],
            document_id=kinds[row.pop("document")],
            **row,
        )
        for row in _rows("permit_rules")
        if (row["party_kind"], categories[row["category"]], kinds[row["document"]]) not in known
    ]
    return len(PermitRule.objects.bulk_create(new))


def _load_account_terms() -> int:
    known = {day.isoformat() for day in AccountTerm.objects.values_list("starts_on", flat=True)}
    new = [AccountTerm(**row) for row in _rows("account_terms") if row["starts_on"] not in known]
    return len(AccountTerm.objects.bulk_create(new))
