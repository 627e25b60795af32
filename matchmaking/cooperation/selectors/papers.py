"""A version as paper, and what whoever holds the paper compares it with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matchmaking.catalogue.models import Product
from matchmaking.cooperation.models import Cooperation, Version
from matchmaking.cooperation.selectors.terms import NOTHING, TERMS, changes_between
from matchmaking.cooperation.states import Side
from portal.core.clock import SHANGHAI
from portal.core.documents import qr_drawing
from portal.parties.models import Category, City, ServiceType


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a paper of this version says: short facts, then texts, as label and value. `newest` is
    the version that holds now."""

    version: Version
    cooperation: Cooperation
    sides: list[tuple[str, str, int]]
    facts: list[tuple[str, str]]
    texts: list[tuple[str, str]]
    newest: int

    @property
    def is_sandbox(self) -> bool:
        return self.cooperation.merchant.sandbox_of_id is not None


def facts_of_paper(version: Version) -> PaperFacts:
    cooperation, values = version.cooperation, version.content
    merchant, provider = cooperation.merchant, cooperation.provider
    return PaperFacts(
        version=version,
        cooperation=cooperation,
        sides=[
            (_("Merchant"), merchant.name, values["merchant"]),
            (str(provider.get_kind_display()), provider.name, values["provider"]),
        ],
        facts=list(_facts(values)),
        texts=[(str(t.label), t.words(values)) for t in TERMS if t.is_long],
        newest=cooperation.version,
    )


def paper_of(version: Version) -> dict[str, Any]:
    """The data of the PDF, in the reader's language: the same version makes the same paper."""
    said = facts_of_paper(version)
    address = f"{settings.SITE_URL}{reverse('paper_check')}?digest={version.digest}"
    change = version.amendment
    changes = (
        changes_between(change.before, change.after, is_once=said.cooperation.is_once)
        if change
        else []
    )
    accepted = said.sides[version.accepted_side == Side.PROVIDER]
    return {
        "lang": "en" if (get_language() or "").startswith("en") else "zh",
        "title": _("Cooperation agreement"),
        "name": version.content["title"],
        "number": _("Cooperation %(pk)s · version %(n)s")
        % {"pk": version.cooperation_id, "n": version.number},
        "made": _("Accepted %(at)s by %(side)s; proposed by the other side.")
        % {"at": _moment(version.at), "side": accepted[1]},
        "foot": f"Trilink · {version.cooperation_id} v{version.number}",
        "sides": [[role, name, _("No. %(n)s") % {"n": key}] for role, name, key in said.sides],
        "facts": [list(pair) for pair in said.facts],
        "texts": [list(pair) for pair in said.texts],
        "changes": [[str(c.label), c.old, c.new] for c in changes if not c.is_long],
        "rewritten": [str(c.label) for c in changes if c.is_long],
        "labels": _labels(),
        "address": address,
        "drawing": qr_drawing(address),
        "digest": version.digest,
    }


def _labels() -> dict[str, str]:
    return {
        "sides": _("Both sides"),
        "facts": _("What was agreed"),
        "changes": _("What this version changed"),
        "old": _("Before"),
        "new": _("From this version on"),
        "rewritten": _("Written anew"),
        "digest": _("SHA-256 of the content"),
        "check": _(
            "Whoever holds this paper can check it: open the address in the code, or type the "
            "SHA-256 there, and compare what is shown with what stands here."
        ),
    }


def _facts(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield _("Services"), _names(ServiceType, values["services"])
    yield _("Categories"), _names(Category, values["categories"])
    yield _("Only these products"), _goods(values.get("products", []))
    yield _("Place"), _place(values)
    yield _("Team"), values["team"] or NOTHING
    for term in TERMS:
        if not term.is_long and term.names != ("title",):
            yield str(term.label), term.words(values)


def _names(model: type[ServiceType] | type[Category], codes: list[str]) -> str:
    found = {row.code: row.name for row in model.objects.filter(code__in=codes)}
    return " · ".join(found.get(code, code) for code in codes) or NOTHING


def _goods(numbers: list[str]) -> str:
    """By the numbers the paper was accepted with; names may have changed."""
    named = Product.objects.filter(pk__in=[int(number[1:]) for number in numbers])
    found = {product.number: product.name for product in named}
    return " · ".join(f"{number} {found.get(number, '')}".strip() for number in numbers) or NOTHING


def _place(values: dict[str, Any]) -> str:
    city = City.objects.filter(code=values["city"]).first() if values["city"] else None
    named = [city.name] if city else []
    return " · ".join([*named, _("Remote")] if values["accepts_remote"] else named) or NOTHING


def _moment(at: datetime) -> str:
    """With its year, whenever it is read: a paper is kept."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} (UTC+8)"
