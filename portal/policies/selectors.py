"""Documents and consents as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.core.actor import Actor
from portal.policies.models import CartRule, Consent, Version
from portal.policies.states import (
    AT_SIGN_UP,
    CONSEQUENCES,
    DEFAULT_CONSEQUENCE,
    DocumentKind,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody agreed to of a document, and whether that is its present version."""

    kind: DocumentKind
    consent: Consent | None
    current: Version | None

    @property
    def is_current(self) -> bool:
        if self.consent is None or self.current is None:
            return False
        return self.consent.version.number >= self.current.number

    @property
    def consequence(self) -> str:
        return str(CONSEQUENCES.get(self.kind, DEFAULT_CONSEQUENCE))


def documents_in_force() -> dict[str, Version]:
    """The version of each kind that holds now, in the order of the kinds."""
    found = {version.kind: version for version in Version.objects.in_force(clock.now())}
    return {kind: found[kind] for kind in DocumentKind.values if kind in found}


def asked_versions(actor: Actor, kinds: Iterable[str] = AT_SIGN_UP) -> list[Version]:
    """What the person has still to agree to, now or soon; what is to come last."""
    if actor.user is None:
        return []
    lacking = Version.objects.filter(kind__in=list(kinds)).not_replaced(clock.now())
    return list(lacking.without_consent_of(actor.user.pk).order_by("effective_from", "pk"))


def standings(actor: Actor) -> list[Standing]:
    """Every document this person was asked about, or would be."""
    given = Consent.objects.visible_to(actor).standing().select_related("version")
    latest = {consent.version.kind: consent for consent in given.order_by("version__number", "pk")}
    current = documents_in_force()
    kinds = [DocumentKind(kind) for kind in current if kind in latest or kind in AT_SIGN_UP]
    return [Standing(kind, latest.get(kind), current.get(kind)) for kind in kinds]


def cart_rule_on(day: date) -> CartRule | None:
    """What held on that day."""
    return CartRule.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
