"""The product pool: searched, narrowed, counted and sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.cache import caches
from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product
from matchmaking.catalogue.search import matches
from portal.core.actor import Actor
from portal.core.web import Page, ordered_page
from portal.parties.models import Category
from portal.policies.states import ProductSource

SIZE = 20
MOST_WORDS = 80
KEPT_SECONDS = 30
PRICES = (  # fen
    ("0-50", _("Under ¥50"), 0, 5_000),
    ("50-100", _("¥50–100"), 5_000, 10_000),
    ("100-300", _("¥100–300"), 10_000, 30_000),
    ("300-1000", _("¥300–1,000"), 30_000, 100_000),
    ("1000-", _("Over ¥1,000"), 100_000, 10**14),
)
COMMISSIONS = (  # basis points
    ("0-10", _("Under 10%"), 0, 1_000),
    ("10-20", _("10–20%"), 1_000, 2_000),
    ("20-30", _("20–30%"), 2_000, 3_000),
    ("30-", _("30% and more"), 3_000, 10_001),
)
SCORES = (  # hundredths
    ("4.5-", _("4.5 and more"), 450, 501),
    ("4-4.5", _("4.0–4.5"), 400, 450),
    ("3-4", _("3.0–4.0"), 300, 400),
    ("0-3", _("Under 3.0"), 0, 300),
    ("none", _("Not rated yet"), -1, 0),
)
BANDS: Mapping[str, tuple[str, Sequence[tuple[str, Any, int, int]]]] = {
    "price": ("price_fen", PRICES),
    "commission": ("commission_bp", COMMISSIONS),
    "score": ("score", SCORES),
}
SORTS: Mapping[str, tuple[Any, str, bool]] = {  # code: words, field, whether it ascends
    "score": (_("Reputation"), "score", False),
    "new": (_("Newest"), "listed_at", False),
    "commission": (_("Commission, highest first"), "commission_bp", False),
    "cheap": (_("Price, lowest first"), "price_fen", True),
    "dear": (_("Price, highest first"), "price_fen", False),
}


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: Any
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str | Promise
    choices: list[Choice]


class Pool:
    """What one person's address asks of the pool. Of one group a row has any that is chosen."""

    def __init__(self, actor: Actor, query: QueryDict | Mapping[str, Any]) -> None:
        self.actor = actor
        self.asked = query
        self.words = str(query.get("q", ""))[:MOST_WORDS].strip()
        self.sort = query.get("sort", "") if query.get("sort", "") in SORTS else "score"

    @cached_property
    def page(self) -> Page[Product]:
        _words, field, ascends = SORTS[self.sort]
        rows = self.rows.select_related("merchant__city", "category")
        cursor = str(self.asked.get("cursor", ""))
        return ordered_page(rows, cursor, field=field, ascending=ascends, size=SIZE)

    @cached_property
    def rows(self) -> QuerySet[Product]:
        found = Product.objects.open_to(self.actor)
        if self.words:
            found = found.filter(matches(self.words))
        for narrowed in (self._of_categories, self._of_sources, *self._of_bands):
            if narrowed is not None:
                found = found.filter(narrowed)
        return found.filter(sends_samples=True) if self._chosen("samples") else found

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words) or any(self._chosen(name) for name in NAMES)

    @cached_property
    def counts(self) -> dict[str, dict[Any, int]]:
        """By group and value; of the whole pool kept for a moment."""
        if self.is_narrowed or (self.actor.party is not None and self.actor.party.is_sandbox):
            return self._count()
        kept: dict[str, dict[Any, int]] | None = caches["local"].get("pool-counts")
        if kept is None:
            kept = self._count()
            caches["local"].set("pool-counts", kept, KEPT_SECONDS)
        return kept

    @property
    def total(self) -> int:
        return sum(self.counts["source"].values())

    def facets(self) -> list[Facet]:
        categories = [
            (row.code, row.name, row.pk) for row in Category.objects.order_by("position", "pk")
        ]
        sources = [(value, label, value) for value, label in ProductSource.choices]
        found = [
            self._facet("category", _("Category"), categories),
            *(self._facet(name, LABELS[name], _codes(BANDS[name][1])) for name in BANDS),
            self._facet("source", _("Product source"), sources),
        ]
        return [facet for facet in found if facet.choices]

    # --- pieces -----------------------------------------------------------------------------------

    def _chosen(self, name: str) -> list[str]:
        if isinstance(self.asked, QueryDict):
            return [value for value in self.asked.getlist(name) if value]
        value = self.asked.get(name)
        return [value] if value else []

    @property
    def _of_categories(self) -> Q | None:
        codes = self._chosen("category")
        both = Q(category__code__in=codes) | Q(category__parent__code__in=codes)
        return both if codes else None

    @property
    def _of_sources(self) -> Q | None:
        sources = self._chosen("source")
        return Q(source__in=sources) if sources else None

    @property
    def _of_bands(self) -> list[Q | None]:
        return [self._of_band(name) for name in BANDS]

    def _of_band(self, name: str) -> Q | None:
        field, bands = BANDS[name]
        chosen = self._chosen(name)
        found = Q()
        for code, _label, low, high in bands:
            if code in chosen:
                found |= Q(**{f"{field}__gte": low, f"{field}__lt": high})
        return found if chosen and found else None

    def _count(self) -> dict[str, dict[Any, int]]:
        plain = self.rows.order_by()
        groups: dict[str, Any] = {"category": "category", "source": "source"}
        counted = {name: _by(plain, field) for name, field in groups.items()}
        for name, (field, bands) in BANDS.items():
            banded = plain.annotate(band=_band(field, bands))
            counted[name] = _by(banded, "band")
        return counted

    def _facet(
        self, name: str, label: str | Promise, values: Sequence[tuple[str, Any, Any]]
    ) -> Facet:
        counts, chosen = self.counts[name], set(self._chosen(name))
        choices = [
            Choice(code, text, counts.get(key, 0), code in chosen)
            for code, text, key in values
            if counts.get(key) or code in chosen
        ]
        return Facet(name, label, choices)


LABELS = {"price": _("Price"), "commission": _("Commission"), "score": _("Reputation")}
NAMES = ("category", "source", "samples", *BANDS)


def _codes(bands: Sequence[tuple[str, Any, int, int]]) -> list[tuple[str, Any, str]]:
    return [(code, label, code) for code, label, _low, _high in bands]


def _band(field: str, bands: Sequence[tuple[str, Any, int, int]]) -> Case:
    whens = [
        When(**{f"{field}__gte": low, f"{field}__lt": high}, then=Value(code))
        for code, _label, low, high in bands
    ]
    return Case(*whens, default=Value(""), output_field=CharField())


def _by(rows: QuerySet[Any], field: str) -> dict[Any, int]:
    return dict(rows.values_list(field).annotate(n=Count("pk")).values_list(field, "n"))
