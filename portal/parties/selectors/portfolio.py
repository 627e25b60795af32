"""A provider's team and cases, as its own pages and others read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from portal.parties.models import ClientCase, Party, StaffMember
from portal.parties.models.portfolio import ClientCaseQuerySet, StaffMemberQuerySet
from portal.parties.profile_states import CaseStatus, StaffRole
from portal.parties.selectors.pictures import shown_pictures_of_cases


@dataclass(frozen=True, slots=True)
class TeamPart:
    """Who of a team works in one role: how many, for how long on average, with which papers."""

    label: str
    number: int
    years: float
    certificates: list[str]


def team_of(party: Party) -> StaffMemberQuerySet:
    working = StaffMember.objects.working().filter(party=party)
    return working.prefetch_related("certificates").order_by("role", "joined_at")


def team_parts(team: Iterable[StaffMember]) -> list[TeamPart]:
    """What others read of a team: nobody's name."""
    by_role: dict[str, list[StaffMember]] = {}
    for member in team:
        by_role.setdefault(member.role, []).append(member)
    return [_part(StaffRole(role), by_role[role]) for role in StaffRole.values if role in by_role]


def _part(role: StaffRole, members: list[StaffMember]) -> TeamPart:
    titles = dict.fromkeys(title for member in members for title in member.certificate_titles)
    years = sum(member.years for member in members) / len(members)
    return TeamPart(str(role.label), len(members), years, list(titles))


def cases_of(party: Party) -> ClientCaseQuerySet:
    """All but those taken down, for the party itself; the latest first."""
    return (
        ClientCase.objects.standing()
        .filter(party=party)
        .select_related("category")
        .order_by("-ends_on", "-created_at")
    )


def shown_cases(party: Party) -> list[ClientCase]:
    """What others see, verified ones first, each with its picture."""
    shown = list(cases_of(party).filter(is_held=False))
    pictures = shown_pictures_of_cases(case.pk for case in shown)
    for case in shown:
        case.picture = pictures.get(case.pk)
    return sorted(shown, key=lambda case: not case.is_verified)


def numbers_of_cases(party_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Of each of these providers: cases shown, and how many of them are verified."""
    shown = ClientCase.objects.shown().filter(party__in=list(party_ids))
    counted = shown.values("party_id").annotate(
        n=Count("pk"), verified=Count("pk", Q(status=CaseStatus.VERIFIED))
    )
    return {row["party_id"]: (row["n"], row["verified"]) for row in counted}


def numbers_of_staff(party_ids: Iterable[int]) -> dict[int, int]:
    working = StaffMember.objects.working().filter(party__in=list(party_ids))
    return dict(working.values_list("party_id").annotate(n=Count("pk")))
