"""The four directories, as the search shows them: what each finds for the same words, in its own
order."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from portal.core.actor import Actor
from portal.directory.doors import DOORS
from portal.directory.results import Results
from portal.directory.search import Found, count_to
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.search.findables import COUNTED, Hit, Hits, register_finder
from portal.search.said import Said

ICONS = {door.kind: door.icon for door in DOORS.values()}


@dataclass(frozen=True, slots=True)
class Directory:
    kind: str
    title: str | Promise
    icon: str
    rank: int

    def is_for(self, actor: Actor) -> bool:
        return True

    def page(self, actor: Actor, said: Said, *, cursor: str = "", size: int = 20) -> Hits:
        page = _results(self.kind, said, cursor, size).page_of(_parties)
        return Hits([_hit(party) for party in page.rows], page.next, page.previous)

    def count(self, actor: Actor, said: Said) -> int:
        return count_to(_results(self.kind, said).filters.question(), COUNTED + 1)


def _results(kind: str, said: Said, cursor: str = "", size: int = 20) -> Results:
    asked = QueryDict(mutable=True)
    asked["q"], asked["cursor"] = said.text, cursor
    return Results(kind, asked, size=size)


def _parties(found: Found) -> list[Party]:
    parties = Party.objects.select_related("city").in_bulk(found.keys)
    return [parties[key] for key in found.keys if key in parties]


def _hit(party: Party) -> Hit:
    """A creator's registered name is a person's."""
    url = reverse(f"{party.kind}_detail", args=[party.pk])
    return Hit(party.name, url, str(party.city) if party.city else "")


for place, kind in enumerate(PartyKind):
    register_finder(Directory(kind.value, kind.label, ICONS[kind.value], place))
