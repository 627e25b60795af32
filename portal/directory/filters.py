"""What a directory can be narrowed by, and what an address (or an API call) asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.directory.question import Question, Word
from portal.parties.facets import TIERS
from portal.parties.models.reference import Named
from portal.parties.profile_states import FactPart, ShopTier
from portal.parties.search import MARKED, Facet, Term, cut_at_names, facet_token, terms_of
from portal.parties.selectors.reference import reference
from portal.parties.states import CityTier, PartyKind
from portal.tiers.states import Stars

BANDS = (
    ("0-1", _("Under ¥10,000")),
    ("1-3", _("¥10,000–30,000")),
    ("3-5", _("¥30,000–50,000")),
    ("5-10", _("¥50,000–100,000")),
    ("10-", _("Over ¥100,000")),
)
SHORTEST_CUT = 4  # characters
SCORES = (
    ("0-60", _("Under 60 points")),
    ("60-70", _("60–70 points")),
    ("70-80", _("70–80 points")),
    ("80-90", _("80–90 points")),
    ("90-", _("90 points and more")),
    ("none", _("Not rated")),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One thing to narrow by. `code` stands in addresses; a word of a query may mean a name of what
    reference data knows: `row`."""

    code: str
    token: int
    row: Named | None = None
    title: str | Promise = ""

    @property
    def label(self) -> str | Promise:
        return self.row.name if self.row else self.title

    @property
    def names(self) -> tuple[str, ...]:
        return (self.row.name_zh, self.row.name_en) if self.row else ()


@dataclass(frozen=True, slots=True)
class Group:
    """Values of one facet. Of services and categories a row must have every one that is chosen; of
    the others, where nobody has them all, one is enough."""

    name: str
    label: str | Promise
    values: list[Value]
    is_any: bool


def groups_of(kind: str) -> list[Group]:
    """The groups of a kind of party, in the order of the page."""
    known = reference()
    offers = kind == PartyKind.PROVIDER
    services = _named(kind, Facet.SERVICE, known.services.values())
    terms = [
        Group("price", _("Monthly fee"), _coded(kind, Facet.PRICE, BANDS), is_any=True),
        Group("remote", _("Works remotely"), [_remote(kind)], is_any=True),
        Group("fact", _("Serves"), _facts(kind), is_any=False),
    ]
    first_level = (row for row in known.categories.values() if row.parent_id is None)
    categories = _named(kind, Facet.CATEGORY, first_level)
    cities = _named(kind, Facet.CITY, known.cities.values())
    regions = _named(kind, Facet.REGION, known.regions.values())
    return [
        *([Group("service", _("Services"), services, is_any=False)] if offers else []),
        Group("category", _("Categories"), categories, is_any=False),
        *(terms if offers else []),
        *(_shops(kind) if kind == PartyKind.MERCHANT else []),
        Group("city", _("City"), cities, is_any=True),
        *_sizes(kind),
        *(
            [Group("team", _("People in the team"), _coded(kind, Facet.TEAM, TEAMS), is_any=True)]
            if offers
            else []
        ),
        *(
            [Group("price", _("Average price"), _coded(kind, Facet.PRICE, GOODS), is_any=True)]
            if kind == PartyKind.CREATOR
            else []
        ),
        *_stars(kind),
        Group("score", _("Evaluation score"), _coded(kind, Facet.SCORE, SCORES), is_any=True),
        Group("tier", _("City tier"), _choices(kind, Facet.TIER, TIERS, CityTier), is_any=True),
        Group("region", _("Region"), regions, is_any=True),
    ]


FOLLOWERS: tuple[tuple[str, str | Promise], ...] = (
    ("0-1", _("Under 10,000")),
    ("1-10", _("10,000–100,000")),
    ("10-100", _("100,000–1 million")),
    ("100-1000", _("1–10 million")),
    ("1000-", _("Over 10 million")),
)
SIZES: dict[str, tuple[str | Promise, tuple[tuple[str, str | Promise], ...]]] = {
    PartyKind.PROVIDER: (
        _("Size by sales"),
        (("S", _("Small (S)")), ("M", _("Medium (M)")), ("L", _("Large (L)"))),
    ),
    PartyKind.AGENCY: (
        _("Creators under contract"),
        (
            *(("1-4", _("1–4")), ("5-19", _("5–19"))),
            *(("20-99", _("20–99")), ("100-", _("100 and more"))),
        ),
    ),
    PartyKind.CREATOR: (
        _("Followers"),
        FOLLOWERS,
    ),
}
TEAMS = (
    *(("1-4", _("1–4")), ("5-19", _("5–19")), ("20-49", _("20–49"))),
    ("50-", _("50 and more")),
)
GOODS = (
    ("0-50", _("Under ¥50")),
    ("50-100", _("¥50–100")),
    ("100-200", _("¥100–200")),
    ("200-500", _("¥200–500")),
    ("500-", _("Over ¥500")),
)


def _sizes(kind: str) -> list[Group]:
    """How large a party is, by what its kind is counted by."""
    if kind not in SIZES:
        return []
    label, bands = SIZES[kind]
    return [Group("size", label, _coded(kind, Facet.SIZE, bands), is_any=True)]


def _stars(kind: str) -> list[Group]:
    """What an agency holds; the starters are those who hold none."""
    if kind != PartyKind.AGENCY:
        return []
    values = [
        Value(str(stars), facet_token(kind, Facet.STARS, stars), title=Stars(stars).label)
        for stars in reversed(Stars.values)
    ]
    marked = Value("yes", facet_token(kind, Facet.STARS, MARKED), title=_("Holds the top-100 mark"))
    return [
        Group("stars", _("Star tier"), values, is_any=True),
        Group("mark", _("Top-100 mark"), [marked], is_any=True),
    ]


def _shops(kind: str) -> list[Group]:
    tiers = _coded(kind, Facet.SHOP, [(tier.value, tier.label) for tier in ShopTier])
    belts = _named(kind, Facet.BELT, reference().belts.values())
    return [
        Group("shop", _("Sort of shop"), tiers, is_any=True),
        Group("belt", _("Industry belt"), belts, is_any=True),
    ]


def _facts(kind: str) -> list[Value]:
    return [
        Value(part.value, facet_token(kind, Facet.FACT, part.place), title=part.label)
        for part in FactPart
    ]


def _named(kind: str, facet: Facet, rows: Iterable[Named]) -> list[Value]:
    return [Value(row.code, facet_token(kind, facet, row.pk), row=row) for row in rows]


def _coded(kind: str, facet: Facet, names: Iterable[tuple[str, str | Promise]]) -> list[Value]:
    return [
        Value(code, facet_token(kind, facet, place), title=title)
        for place, (code, title) in enumerate(names)
    ]


def _choices(
    kind: str, facet: Facet, codes: list[str], choices: type[models.TextChoices]
) -> list[Value]:
    return _coded(kind, facet, [(code, choices(code).label) for code in codes])


def _remote(kind: str) -> Value:
    return Value("yes", facet_token(kind, Facet.REMOTE, 1), title=_("Works remotely"))


class Filters:
    """What is asked of one directory. `data`: lists of codes by group, and the words as `q`."""

    def __init__(self, kind: str, data: Mapping[str, list[str]]) -> None:
        self.kind = kind
        self.query = " ".join(data.get("q", [])[:1]).replace("\0", "").strip()[:80]
        self.groups = groups_of(kind)
        self.chosen = {
            group.name: [v for v in group.values if v.code in data.get(group.name, [])]
            for group in self.groups
        }

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(
            Word(term, self._named_by(term), self._parts(term))
            for term in terms_of(self.kind, self.query)
        )

    def _parts(self, term: Term) -> tuple[Word, ...]:
        """A word without spaces cut where names of services, categories and cities begin and end;
        nothing if it holds none, or is a piece of one name itself."""
        names = (value.row.name_zh for group in self.groups for value in group.values if value.row)
        cut = cut_at_names(term.text, tuple(names)) if len(term.text) >= SHORTEST_CUT else []
        parts = (part for text in cut for part in terms_of(self.kind, text))
        return tuple(Word(part, self._named_by(part)) for part in parts) if len(cut) > 1 else ()

    def _named_by(self, term: Term) -> frozenset[int]:
        """The services, categories and cities that a word of the query names."""
        values = (value for group in self.groups for value in group.values)
        return frozenset(v.token for v in values if any(map(term.names, v.names)))

    def question(self, *, without: str = "") -> Question:
        """What the index is asked; `without` one group, to count that group's values."""
        chosen = [g for g in self.groups if self.chosen[g.name] and g.name != without]
        return Question(
            kind=self.kind,
            words=self.words,
            every=frozenset(v.token for g in chosen if not g.is_any for v in self.chosen[g.name]),
            any_of=tuple(
                frozenset(v.token for v in self.chosen[g.name]) for g in chosen if g.is_any
            ),
        )

    def only(self, name: str) -> str:
        """The code chosen in a group where it is one alone, else nothing."""
        chosen = self.chosen.get(name, [])
        return chosen[0].code if len(chosen) == 1 else ""

    @property
    def service(self) -> int | None:
        """The key of the one service type that is asked for."""
        row = next((value.row for value in self.chosen.get("service", [])), None)
        return row.pk if row is not None and self.only("service") else None

    @property
    def number_chosen(self) -> int:
        return sum(map(len, self.chosen.values()))


def plain_query(filters: Filters) -> str:
    """What is asked, in the words of an address: the same for the same question."""
    plain = QueryDict(mutable=True)
    if filters.query:
        plain["q"] = filters.query
    for group in filters.groups:
        plain.setlist(group.name, [value.code for value in filters.chosen[group.name]])
    return plain.urlencode()


def ask(kind: str, data: Mapping[str, list[str] | str]) -> Question:
    """The question of a few plain values."""
    lists = {name: [value] if isinstance(value, str) else value for name, value in data.items()}
    return Filters(kind, lists).question()
