"""Papers as pages show them."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.parties.states import TRUSTED
from portal.policies.dated import Figure, figures_on
from portal.policies.models import DatedRule
from portal.revenue.models import Agreement, AgreementVersion
from portal.revenue.rules import CEILINGS


def agreements_of(actor: Actor) -> QuerySet[Agreement]:
    """Each with the version that waits and the one in force today, as lists of at most one."""
    versions = AgreementVersion.objects
    return (
        Agreement.objects.visible_to(actor)
        .select_related("payer", "payee")
        .prefetch_related(
            Prefetch("versions", versions.open(), to_attr="waiting"),
            Prefetch("versions", versions.in_force_on(clock.today()), to_attr="holding"),
        )
    )


def unsealed_sides(version: AgreementVersion) -> list[str]:
    """Whose seal the paper asks for and does not have; its seals are fetched with it."""
    asked = version.terms.seal.by if version.terms.seal else ()
    done = {seal.side for seal in version.seals.all()}
    return [side for side in asked if side not in done]


def proposable_parties(actor: Actor) -> QuerySet[Party]:
    """Whom a paper may be proposed to: listed ones, or those of one's sandbox."""
    world = actor.party.sandbox_of_id if actor.party is not None else None
    found = Party.objects.filter(sandbox_of=world, status__in=TRUSTED)
    return found if world else found.listed()


def ceilings_today() -> list[Figure]:
    """What commission and service fees may be, with what is announced."""
    rows = DatedRule.objects.approved().filter(kind__in=CEILINGS).order_by("starts_on", "pk")
    return figures_on(clock.today(), rows)
