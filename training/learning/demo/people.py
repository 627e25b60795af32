"""Who learns: owners of every kind of party, and the teams of providers. Read once a step, in an
order that no key decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from portal.parties.demo import cast_party
from portal.parties.models import Party, StaffMember
from portal.parties.states import PartyKind, PartyStatus, Role
from training.courses.models import Course
from training.learning.models import Enrolment
from training.learning.services import Person
from training.learning.states import Outcome

ODDS = {  # how often somebody of a kind comes
    PartyKind.PROVIDER: 6,
    PartyKind.MERCHANT: 3,
    PartyKind.AGENCY: 2,
    PartyKind.CREATOR: 3,
}
TEAM = (1, 1, 2, 2, 3)  # people a provider sends
TRIES = 6  # for each seat
RENEWS = 45  # days before a certificate ends
Key = tuple[int, int | None, UUID | None]


@dataclass(frozen=True, slots=True)
class House:
    """A party with its people, each with the moment from when they are there."""

    party_id: int
    since: datetime
    people: list[Person]


class People:
    """`known`: by course, who was ever enrolled in it; `done`: who completed it, and when."""

    def __init__(self) -> None:
        self.houses = _houses()
        every = [one for rows in self.houses.values() for house in rows for one in house.people]
        self.by_key = {key_of(one): one for one in every}
        self.cast = {kind: cast_party(kind).pk for kind in PartyKind}
        self.known: dict[int, set[Key]] = {}
        self.done: dict[int, dict[Key, datetime]] = {}
        rows = Enrolment.objects.values_list(
            *("session__course", "party", "learner__user", "learner__member"),
            *("outcome", "ended_at"),
        )
        for course, party, user, member, outcome, ended_at in rows:
            self.enrol(course, (party, user, member))
            if outcome == Outcome.COMPLETED and ended_at is not None:
                self.done.setdefault(course, {})[party, user, member] = ended_at

    def enrol(self, course: int, key: Key) -> None:
        self.known.setdefault(course, set()).add(key)

    def some(
        self, course: Course, needs: Iterable[int], wanted: int, by: datetime, random: Random
    ) -> list[Person]:
        """Up to so many who may enrol in it then, and have not before."""
        kinds = [kind for kind in PartyKind if kind in course.audience and self.houses.get(kind)]
        weights = [ODDS[kind] for kind in kinds]
        chosen: list[Person] = []
        seen: set[int] = set()
        for _try in range(wanted * TRIES if kinds else 0):
            kind = random.choices(kinds, weights)[0]
            house = random.choice(self.houses[kind])
            if house.party_id in seen or house.since >= by:
                continue
            seen.add(house.party_id)
            chosen += self._of_house(house, course, needs, by, random)
            if len(chosen) >= wanted:
                break
        return chosen[:wanted]

    def again(self, course: Course, by: datetime, most: int) -> list[Person]:
        """Whose certificate ends soon or has ended: they come again, most of them."""
        if course.certificate_months is None:
            return []
        since = by - timedelta(days=30 * course.certificate_months - RENEWS)
        done = self.done.get(course.pk, {})
        due = [key for key, ended_at in done.items() if ended_at < since]
        found = [self.by_key[key] for key in due if key in self.by_key]
        named = sorted(found, key=lambda one: (one.since, one.name))
        return [one for at, one in enumerate(named) if at % 3][:most]

    def next_ones(self, course: Course, needs: Iterable[int], by: datetime) -> list[Person]:
        """Of what is still to come: the owners of the guide who may enrol in it."""
        houses = [self._house_of(kind) for kind in PartyKind if kind in course.audience]
        owners = [house.people[0] for house in houses if house is not None]
        known = self.known.get(course.pk, set())
        return [
            one
            for one in owners
            if key_of(one) not in known and all(self._has_done(one, need, by) for need in needs)
        ]

    def guide(
        self, course: Course, needs: Iterable[int], by: datetime, random: Random, turn: int
    ) -> list[Person]:
        """Of the parties of the guide whose turn it is."""
        found: list[Person] = []
        for place, kind in enumerate(PartyKind):
            if kind in course.audience and (turn + place) % len(PartyKind) == 0:
                house = self._house_of(kind)
                found += self._of_house(house, course, needs, by, random) if house else []
        return found

    def _house_of(self, kind: PartyKind) -> House | None:
        rows = self.houses.get(kind, [])
        return next((one for one in rows if one.party_id == self.cast[kind]), None)

    def _of_house(
        self, house: House, course: Course, needs: Iterable[int], by: datetime, random: Random
    ) -> list[Person]:
        known = self.known.get(course.pk, set())
        free = [
            person
            for person in house.people
            if person.since < by
            and key_of(person) not in known
            and all(self._has_done(person, one, by) for one in needs)
        ]
        return random.sample(free, min(random.choice(TEAM), len(free)))

    def has_done(self, person: Person, course: Course) -> bool:
        return key_of(person) in self.done.get(course.pk, {})

    def _has_done(self, person: Person, course: int, by: datetime) -> bool:
        ended_at = self.done.get(course, {}).get(key_of(person))
        return ended_at is not None and ended_at < by


def key_of(person: Person) -> Key:
    return person.party_id, person.user_id, person.member_id


def _houses() -> dict[str, list[House]]:
    """By kind; those that were verified, each its owner first."""
    rows = Party.objects.filter(  # in one go: else the owner's row and the person's are two
        status=PartyStatus.LISTED,
        sandbox_of=None,
        verified_at__isnull=False,
        membership__role=Role.OWNER,
        membership__user__isnull=False,
    )
    names = ("pk", "kind", "verified_at", "membership__user", "membership__user__name")
    by_key: dict[int, House] = {}
    found: dict[str, list[House]] = {}
    ordered = rows.order_by("kind", "verified_at", "name")
    for key, kind, since, user, name in ordered.values_list(*names):
        if key in by_key:
            continue
        owner = Person(party_id=key, user_id=user, member_id=None, name=name, since=since)
        by_key[key] = House(key, since, [owner])
        found.setdefault(kind, []).append(by_key[key])
    team = StaffMember.objects.working().order_by("party", "joined_at", "role", "years", "name")
    for key, member, name, joined in team.values_list("party", "pk", "name", "joined_at"):
        if key in by_key:
            person = Person(party_id=key, user_id=None, member_id=member, name=name, since=joined)
            by_key[key].people.append(person)
    return found
