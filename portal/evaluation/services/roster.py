"""Facts of providers' teams, once a month. They are a provider's own word: nobody else has seen the
list. An operator who looked at the papers confirms a fact (`confirm_fact`); then it counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count

from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.gathering.document import month_back
from portal.evaluation.models import Fact
from portal.evaluation.roster import Head, figures_of
from portal.evaluation.selectors import declared_services
from portal.evaluation.services.facts import record_facts
from portal.evaluation.states import Grade
from portal.parties.models import Party, ServiceType, StaffMember
from portal.parties.states import PartyKind

ROSTER = "parties.roster"
SERVED_WITHIN = timedelta(days=90)


def record_roster_facts(actor: Actor) -> int:
    """Of the last whole month, for providers of whom it was not recorded yet; how many facts."""
    month_end = clock.today().replace(day=1) - timedelta(days=1)
    facts = list(_facts(month_end))
    return record_facts(system_actor(actor.via), facts=facts, once=True)


def _facts(month_end: date) -> Iterator[FactFields]:
    teams = _teams(month_end)
    declared = declared_services(teams)
    codes = dict(ServiceType.objects.values_list("pk", "code"))
    served = _served(month_end)
    for party_id, team in teams.items():
        for figure in figures_of(
            team,
            month_end=month_end,
            year_before=month_back(month_end, 12),
            services=[codes[pk] for pk in declared[party_id]],
            merchants=served.get(party_id, 0),
        ):
            yield FactFields(
                party_id=party_id,
                measure=figure.measure,
                value=figure.value,
                sample=figure.sample,
                starts_on=month_end.replace(day=1),
                ends_on=month_end,
                grade=Grade.SELF_REPORTED,
                ref_kind=ROSTER,
                ref_id=month_end.strftime("%Y-%m"),
            )


def _teams(month_end: date) -> dict[int, list[Head]]:
    """Of listed providers without facts of this month."""
    ref = month_end.strftime("%Y-%m")
    said = Fact.objects.filter(ref_kind=ROSTER, ref_id=ref, corrects=None).values("party")
    open_ones = Party.objects.listed().filter(kind=PartyKind.PROVIDER).exclude(pk__in=said)
    rows = StaffMember.objects.filter(party__in=open_ones).prefetch_related("certificates")
    found: defaultdict[int, list[Head]] = defaultdict(list)
    for row in rows.order_by("party", "pk"):
        certified = tuple(one.expires_on for one in row.certificates.all())
        found[row.party_id].append(Head(row.role, row.joined_at, row.left_at, certified))
    return dict(found)


def _served(month_end: date) -> dict[int, int]:
    """Party → how many merchants it served in the ninety days before."""
    facts = Fact.objects.counted().filter(
        measure="merchant_served",
        ends_on__gt=month_end - SERVED_WITHIN,
        ends_on__lte=month_end,
    )
    counts = facts.values("party").annotate(merchants=Count("counterpart", distinct=True))
    return dict(counts.values_list("party", "merchants"))
