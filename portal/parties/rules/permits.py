"""Which categories a party may trade in today: those whose permits it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from portal.parties.models import Category, Document, Party, PermitRule
from portal.parties.rules.checklist import in_force
from portal.parties.states import DocumentFamily, Level

Choices = list[set[int]]  # kinds of documents: one of each set is needed


@dataclass(frozen=True, slots=True)
class Trade:
    """A party and one category it trades in."""

    party_id: int
    kind: str
    category_id: int
    parent_id: int | None = None


def has_permit(party: Party, category: Category) -> bool:
    """Whether the party holds what trading in the category asks for, today."""
    return not barred([Trade(party.pk, party.kind, category.pk, category.parent_id)])


def barred(trades: Iterable[Trade]) -> set[tuple[int, int]]:
    """(party, category) of the trades a permit lacks for. Two queries, however many there are."""
    rules = _choices_in_force()
    asked = [(trade, choices) for trade in trades if (choices := _choices_of(rules, trade))]
    held = _held({trade.party_id for trade, _choices in asked})
    return {
        (trade.party_id, trade.category_id)
        for trade, choices in asked
        if any(choice.isdisjoint(held.get(trade.party_id, set())) for choice in choices)
    }


def permitted(kind: str, categories: Iterable[Category]) -> frozenset[int] | None:
    """Of this kind, those that hold what trading in all of the categories asks for, today; None
    where nothing is asked. Two queries, however many hold it."""
    rules = _choices_in_force()
    trades = (Trade(0, kind, one.pk, one.parent_id) for one in categories)
    choices = [choice for trade in trades for choice in _choices_of(rules, trade)]
    if not choices:
        return None
    held: dict[int, set[int]] = {}
    valid = Document.objects.filter(party__kind=kind, kind__in=set().union(*choices)).valid()
    for party, document in valid.order_by().values_list("party_id", "kind_id"):
        held.setdefault(party, set()).add(document)
    return frozenset(party for party, own in held.items() if not any(map(own.isdisjoint, choices)))


def _choices_in_force() -> dict[tuple[str, int], Choices]:
    """By kind of party and category; a category whose permits are optional has none."""
    rules = sorted(in_force(PermitRule.objects.all(), "category_id"), key=_key)
    found: dict[tuple[str, int], Choices] = {}
    for (kind, category, choice), group in groupby(rules, key=_key):
        required = {rule.document_id for rule in group if rule.level == Level.REQUIRED}
        choices = found.setdefault((kind, category), [])
        choices += [required] if choice and required else [{one} for one in required]
    return found


def _key(rule: PermitRule) -> tuple[str, int, str]:
    return rule.party_kind, rule.category_id, rule.choice


def _choices_of(rules: dict[tuple[str, int], Choices], trade: Trade) -> Choices:
    """A category of the second level without rules of its own follows the first."""
    own = rules.get((trade.kind, trade.category_id))
    if own is None and trade.parent_id is not None:
        own = rules.get((trade.kind, trade.parent_id))
    return own or []


def _held(parties: set[int]) -> dict[int, set[int]]:
    """The kinds of permits that are accepted and in time, by party."""
    if not parties:
        return {}
    valid = Document.objects.filter(party__in=parties, kind__family=DocumentFamily.PERMIT).valid()
    held: dict[int, set[int]] = {}
    for party, kind in valid.values_list("party_id", "kind_id"):
        held.setdefault(party, set()).add(kind)
    return held
