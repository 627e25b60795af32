"""Which product sources may be shown where on a day: the platform's dated rules, as a post needs
them. Goods that need a Star Map order come by that door, not by an application."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from matchmaking.recruiting.states import Carrier
from portal.policies.dated import DatedRules, read_dated_rules
from portal.policies.sources import LIVE, LiveUse, SourceUse, use_of
from portal.policies.states import ProductSource

EVERY = frozenset(ProductSource.values)


@dataclass(frozen=True, slots=True)
class SourceRules:
    rules: DatedRules

    def allowed(self, carrier: str, day: date) -> frozenset[str]:
        return EVERY - {use.source.value for use in self._kept_out(carrier, day, ProductSource)}

    def refusal(self, carrier: str, day: date, sources: Iterable[str]) -> str:
        """Why the first of these that may not be shown may not; empty if all may."""
        asked = [source for source in ProductSource if source in set(sources)]
        first = next(iter(self._kept_out(carrier, day, asked)), None)
        if first is None or first.rule is None:
            return ""
        return _("%(source)s: %(use)s since %(day)s.") % {
            "source": first.source.label,
            "use": first.use.label,
            "day": first.rule.starts_on.isoformat(),
        }

    def _kept_out(
        self, carrier: str, day: date, sources: Iterable[ProductSource]
    ) -> list[SourceUse]:
        if carrier != Carrier.LIVE:
            return []
        uses = (use_of(self.rules, source, day) for source in sources)
        return [use for use in uses if use.use is not LiveUse.FREE]


def read_source_rules() -> SourceRules:
    return SourceRules(read_dated_rules(*LIVE))
