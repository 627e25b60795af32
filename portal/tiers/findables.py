"""Annual frameworks, as the search shows them: an agency's own, and those of an operator's
regions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.states import PartyKind
from portal.search.findables import Hit, Keys, Rows, register_finder
from portal.search.matching import named_parties
from portal.search.said import Said
from portal.tiers import rules
from portal.tiers.models import Framework

MONTH = re.compile(r"(20\d\d)(?:-(0?[1-9]|1[0-2]))?")


def _framework(_actor: Actor, row: Framework) -> Hit:
    first, *_between, last = row.months
    return Hit(row.party.name, row.get_absolute_url(), f"{first} – {last}", str(row.agreement_id))


def _by_agency_month_or_paper(actor: Actor, said: Said) -> Iterator[Keys]:
    """By its agency, by the year or month it begins in (2027, 2027-01), or by its paper."""
    seen = Framework.objects.visible_to(actor)
    yield seen.filter(party__in=named_parties(said.text, PartyKind.AGENCY)).values("pk")
    yield seen.filter(party__name__icontains=said.text).values("pk")
    if begins := MONTH.fullmatch(said.text):
        year, month = begins.groups()
        of_year = seen.filter(starts_on__year=int(year))
        yield (of_year.filter(starts_on__month=int(month)) if month else of_year).values("pk")
    with suppress(ValueError):
        yield seen.filter(agreement=UUID(said.text)).values("pk")


register_finder(
    Rows(
        kind="framework",
        title=_("Annual frameworks"),
        icon="file-text",
        rank=71,
        model=Framework,
        visible=lambda actor: Framework.objects.visible_to(actor),
        hit=_framework,
        also=_by_agency_month_or_paper,
        order="created_at",
        related=("party",),
        is_for=lambda actor: bool(rules.can_see_frameworks(actor)),
    )
)
