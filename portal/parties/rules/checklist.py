"""What a party must show: the rules in force, held against what it has handed in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import clock
from portal.core.verdict import ALLOWED, Verdict, unmet
from portal.parties.models import Category, Document, DocumentKind, DocumentRule, Party, PermitRule
from portal.parties.rules.persons import is_minor, needs_real_name, real_name_of
from portal.parties.states import HELD, Applies, DocumentStatus, Level

R = TypeVar("R", DocumentRule, PermitRule)
Demand = tuple[int | None, str]  # a category or none, and what is asked: one document is enough


@dataclass(slots=True)
class Item:
    """A kind of document one party is asked for, and what it has handed in of it.

    `demands`: what it would fulfil; none: it is optional. `categories`: for which ones a permit is
    asked. `documents`: the current ones, by link. `is_whole`: a chain without a gap.
    """

    kind: DocumentKind
    demands: set[Demand] = field(default_factory=set)
    categories: list[Category] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    instead: list[DocumentKind] = field(default_factory=list)  # each would be enough as well
    is_whole: bool = True
    is_met: bool = False  # by itself, or by one of the others

    @property
    def is_required(self) -> bool:
        return bool(self.demands)

    @property
    def is_held(self) -> bool:
        """Handed in and not sent back: enough for a reviewer to look at."""
        return self._has(lambda document: document.status in HELD)

    @property
    def is_valid(self) -> bool:
        return self._has(lambda document: document.status == DocumentStatus.ACCEPTED)

    @property
    def state(self) -> str:
        """missing, uploaded, accepted, returned or expired: the one that asks most of the party."""
        found = {state_of(document) for document in self.documents}
        order = ("returned", "expired", "uploaded", "accepted")
        return next((state for state in order if state in found), "missing")

    def _has(self, is_good: Callable[[Document], bool]) -> bool:
        links = {d.link for d in self.documents}
        good = {d.link for d in self.documents if is_good(d) and not is_past(d)}
        return bool(links) and links == good and self.is_whole


def state_of(document: Document) -> str:
    return DocumentStatus.EXPIRED if is_past(document) else document.status


def is_past(document: Document) -> bool:
    return document.expires_on is not None and document.expires_on < clock.today()


def checklist(party: Party) -> list[Item]:
    """Everything the party is or may be asked for, in the order of the reference data."""
    items: dict[int, Item] = {}
    for rule in _document_rules(party):
        _add(items, rule, None)
    for permit in _permit_rules(party):
        _add(items, permit, permit.category)
    handed_in = Document.objects.filter(party=party).current().select_related("kind", "file")
    for document in handed_in.order_by("link", "uploaded_at"):
        # What is no longer asked for was handed in nevertheless.
        items.setdefault(document.kind_id, Item(document.kind)).documents.append(document)
    for item in items.values():
        item.is_whole = not item.kind.is_chain or chain_is_whole(party, item.documents)
        item.instead = [
            o.kind for o in items.values() if o is not item and o.demands & item.demands
        ]
    met = {demand for item in items.values() if item.is_held for demand in item.demands}
    for item in items.values():
        item.is_met = item.is_required and item.demands <= met
    return sorted(items.values(), key=lambda item: (item.kind.position, item.kind.pk))


def missing(items: Iterable[Item]) -> list[list[Item]]:
    """What still has to be handed in; of each inner list one document is enough."""
    return _lacking(items, lambda item: item.is_held)


def unproven(items: Iterable[Item]) -> list[list[Item]]:
    """As `missing`, of what is not accepted yet, or no more in time."""
    return _lacking(items, lambda item: item.is_valid)


def documents_are_complete(party: Party) -> Verdict:
    """Whether the application may be handed in; the reason names every document that is missing."""
    items = checklist(party)
    if lacks_real_name(party, items):
        return unmet(gettext_lazy("Give the real name and the resident ID number first."))
    lacking = missing(items)
    if not lacking:
        return ALLOWED
    return unmet(_("Documents still missing: %(names)s.") % {"names": in_words(lacking)})


def lacks_real_name(party: Party, items: Iterable[Item]) -> bool:
    """A person gives it, unless their ID was seen before they came here."""
    if not needs_real_name(party) or real_name_of(party) is not None:
        return False
    shown = [document for item in items if item.kind.is_personal for document in item.documents]
    return not any(document.checked_elsewhere for document in shown)


def in_words(lacking: list[list[Item]]) -> str:
    """A or B; C."""
    return "; ".join(_(" or ").join(item.kind.name for item in choice) for choice in lacking)


def chain_is_whole(party: Party, links: Sequence[Document]) -> bool:
    """Each link grants to whom the next one grants from, and the last to the party itself."""
    newest = {link.link: link for link in links}  # the one being checked, not the one it replaces
    ordered = [newest[number] for number in sorted(newest)]
    joints = pairwise(ordered)
    joined = all(_is_same(one.granted_to, two.granted_by) for one, two in joints)
    return bool(ordered) and joined and _is_same(ordered[-1].granted_to, party.legal_name)


def _is_same(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def in_force(rules: QuerySet[R], *further: str) -> list[R]:
    """Of each kind of party, document and `further` field, the newest rule that has begun."""
    keys = ("party_kind", "document_id", *further)
    begun = rules.filter(starts_on__lte=clock.today()).select_related("document")
    return list(begun.order_by(*keys, "-starts_on").distinct(*keys))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The rules in force, to ask for many parties without a query each. It knows no minors."""

    documents: list[DocumentRule]
    permits: list[PermitRule]

    @classmethod
    def in_force(cls) -> Wanted:
        documents = in_force(DocumentRule.objects.filter(level=Level.REQUIRED), "applies")
        permits = in_force(PermitRule.objects.filter(level=Level.REQUIRED), "category_id")
        return cls(documents, permits)

    def of(self, party: Party, categories: Collection[int]) -> list[int]:
        """The kinds of documents that would fulfil every demand: of each choice the first."""
        is_person = needs_real_name(party)
        concerned = {Applies.ALWAYS, Applies.PERSON if is_person else Applies.ORGANISATION}
        found: dict[Demand, int] = {}
        for rule in self.documents:
            if rule.party_kind == party.kind and rule.applies in concerned:
                found.setdefault(_demand(rule, None), rule.document_id)
        for permit in self.permits:
            if permit.party_kind == party.kind and permit.category_id in categories:
                found.setdefault(_demand(permit, permit.category_id), permit.document_id)
        return sorted(set(found.values()))


def _demand(rule: DocumentRule | PermitRule, category: int | None) -> Demand:
    return category, rule.choice or f"={rule.document_id}"


def _document_rules(party: Party) -> list[DocumentRule]:
    own = DocumentRule.objects.filter(party_kind=party.kind, applies__in=_concerned(party))
    return in_force(own, "applies")


def _concerned(party: Party) -> set[str]:
    if not needs_real_name(party):
        return {Applies.ALWAYS, Applies.ORGANISATION}
    if is_minor(real_name_of(party)):
        return {Applies.ALWAYS, Applies.PERSON, Applies.MINOR}
    return {Applies.ALWAYS, Applies.PERSON}


def _permit_rules(party: Party) -> list[PermitRule]:
    """Of the categories the party trades in, and of those below them."""
    traded = party.category_shares.values("category")
    own = PermitRule.objects.filter(
        Q(category__in=traded) | Q(category__parent__in=traded), party_kind=party.kind
    )
    return in_force(own.select_related("category"), "category_id")


def _add(
    items: dict[int, Item], rule: DocumentRule | PermitRule, category: Category | None
) -> None:
    if rule.level == Level.OFF:
        return
    item = items.setdefault(rule.document_id, Item(rule.document))
    # Parties name categories of the first level; what one below asks for they may show already.
    is_below = category is not None and category.parent_id is not None
    if rule.level == Level.REQUIRED and not is_below:
        item.demands.add(_demand(rule, category.pk if category else None))
    if category is not None:
        item.categories.append(category)


def _lacking(items: Iterable[Item], is_there: Callable[[Item], bool]) -> list[list[Item]]:
    """Each demand that nothing fulfils, as the documents that would; the same ones once."""
    by_demand: dict[Demand, list[Item]] = {}
    for item in items:
        for demand in item.demands:
            by_demand.setdefault(demand, []).append(item)
    open_demands = [group for group in by_demand.values() if not any(map(is_there, group))]
    return list({tuple(i.kind.pk for i in group): group for group in open_demands}.values())
