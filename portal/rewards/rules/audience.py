"""Whom a task is for, and why it is not for somebody, in a sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, forbidden, unmet
from portal.parties.models import Party, ProviderProfile
from portal.parties.models import Standing as Score
from portal.parties.models.listing import Reach
from portal.parties.states import TRUSTED, PartyKind
from portal.rewards.models import Task
from portal.rewards.states import SIZES

EVERYTHING = frozenset({"reach", "score", "services"})
NOT_FOR = _("This task is not for %(kind)s.")


@dataclass(frozen=True, slots=True)
class Who:
    """What is known of a party that tasks ask about; `score` in hundredths, None is not rated.
    A provider whose size is not known yet counts as the smallest."""

    party: Party
    size: str = ""
    services: frozenset[str] = frozenset()
    stars: int | None = None
    score: int | None = None
    followers: int | None = None


def who_is(party: Party, task: Task | None = None) -> Who:
    """`task`: read nothing else than what this one asks about."""
    return _found([party], _asked_by(task) if task is not None else EVERYTHING)[party.pk]


def who_are(parties: Collection[Party]) -> dict[int, Who]:
    """Of many at once, by party."""
    return _found(parties, EVERYTHING)


def _asked_by(task: Task) -> frozenset[str]:
    numbers = (*(task.least_stars, task.most_stars, task.least_followers, task.most_followers),)
    asked = {
        "reach": bool(task.sizes) or any(one is not None for one in numbers),
        "score": task.least_score is not None or task.most_score is not None,
        "services": bool(task.services),
    }
    return frozenset(name for name, is_asked in asked.items() if is_asked)


def _found(parties: Collection[Party], asked: frozenset[str]) -> dict[int, Who]:
    keys = [party.pk for party in parties]
    reach: dict[int, Reach] = {}
    scores: dict[int, int | None] = {}
    services: dict[int, set[str]] = {}
    if "reach" in asked:
        reach = {row.party_id: row for row in Reach.objects.filter(party__in=keys)}
    if "score" in asked:
        scores = dict(Score.objects.filter(party__in=keys).values_list("party", "score"))
    if "services" in asked:
        rows = ProviderProfile.objects.filter(party__in=keys, services__isnull=False)
        for key, code in rows.values_list("party", "services__code"):
            services.setdefault(key, set()).add(code)
    return {
        party.pk: _who(party, reach.get(party.pk), scores.get(party.pk), services.get(party.pk, ()))
        for party in parties
    }


def _who(party: Party, reach: Reach | None, score: int | None, services: Collection[str]) -> Who:
    known = reach.size_band if reach is not None and reach.size_band in SIZES else SIZES[0]
    return Who(
        party=party,
        size=known if party.kind == PartyKind.PROVIDER else "",
        services=frozenset(services),
        stars=reach.stars if reach else None,
        score=score,
        followers=reach.followers if reach else None,
    )


def suits(task: Task, who: Who) -> Verdict:
    """Whether the task is for them; the first thing that is not."""
    party = who.party
    if party.sandbox_of_id is not None:
        return forbidden(_("A sandbox claims no tasks: nothing in it is real."))
    if party.kind not in task.kinds:
        return forbidden(NOT_FOR % {"kind": party.get_kind_display()})
    if party.status not in TRUSTED:
        return unmet(_("Tasks are claimed once the party is verified."))
    if task.sizes and who.size and who.size not in task.sizes:
        said = {"sizes": ", ".join(task.sizes), "size": who.size}
        return unmet(_("This task is for size %(sizes)s; yours is %(size)s.") % said)
    if task.services and not who.services & set(task.services):
        return unmet(_("This task is for other services than the ones you offer."))
    return _suits_by_numbers(task, who)


def _suits_by_numbers(task: Task, who: Who) -> Verdict:
    if task.least_stars is not None and (who.stars or 0) < task.least_stars:
        return unmet(_("From %(n)s stars on; you are not there yet.") % {"n": task.least_stars})
    if task.most_stars is not None and (who.stars or 0) > task.most_stars:
        return unmet(_("Up to %(n)s stars; you have more.") % {"n": task.most_stars})
    if task.least_score is not None and (who.score is None or who.score < task.least_score):
        said = {"n": f"{task.least_score / 100:g}"}
        return unmet(_("From a score of %(n)s on; you are not there yet.") % said)
    if task.most_score is not None and who.score is not None and who.score > task.most_score:
        said = {"n": f"{task.most_score / 100:g}"}
        return unmet(_("Up to a score of %(n)s; yours is above it.") % said)
    if task.least_followers is not None and (who.followers or 0) < task.least_followers:
        return unmet(_("From %(n)s followers on.") % {"n": f"{task.least_followers:,}"})
    if task.most_followers is not None and (who.followers or 0) > task.most_followers:
        return unmet(_("Up to %(n)s followers.") % {"n": f"{task.most_followers:,}"})
    return ALLOWED
