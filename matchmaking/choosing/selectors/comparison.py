"""Proposals side by side, as data for the paper that goes to whoever decides: in the language of
the reader, every value as it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from matchmaking.choosing.models import Opinion
from matchmaking.choosing.selectors.opinions import means_of
from matchmaking.needs import selectors, states
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.ranking import Candidate, CandidateList, sizes_of
from portal.core import clock
from portal.core.actor import Actor
from portal.core.money import Money
from portal.core.templatetags.ui import day, moment, money, money_short, num
from portal.parties.states import PartyKind

ABREAST = 4  # proposals on a page
NOTHING = "—"
Cell = dict[str, Any]
Row = dict[str, Any]


def comparison_of(actor: Actor, need: Need) -> dict[str, Any]:
    """Everything the paper says, of the proposals that stand."""
    standing = [p for p in selectors.proposals_of(need) if p.status in states.STANDING]
    for proposal in standing:
        proposal.need = need
    ranked = _ranked(need, standing)
    groups = [standing[n : n + ABREAST] for n in range(0, len(standing), ABREAST)]
    return {
        "lang": "en" if (get_language() or "").startswith("en") else "zh",
        "title": _("Comparison of proposals"),
        "need": need.title,
        "number": need.number,
        "made": _("Made %(at)s by %(who)s for %(merchant)s")
        % {"at": moment(clock.now()), "who": actor.user, "merchant": need.merchant.name},
        "foot": f"{need.number} · Trilink",
        "facts": list(_facts(need)),
        "labels": _labels(),
        "groups": [_group(need, standing, group, ranked) for group in groups],
        "opinions": _opinions(standing),
        "plans": [{"name": p.provider.name, "team": p.team, "text": p.plan} for p in standing],
    }


def _labels() -> dict[str, Any]:
    return {
        "side": _("Proposals side by side"),
        "parts": _("Why this order"),
        "parts_note": _("Points of the published method for this need; nothing paid enters them."),
        "opinions": _("What colleagues think"),
        "opinion_head": [
            *(_("Proposal"), _("Colleague"), _("Plan"), _("Price"), _("Team"), _("In words")),
        ],
        "plans": _("Plans"),
    }


def _facts(need: Need) -> Iterator[list[str]]:
    yield [_("Looks for"), str(need.get_seeks_display())]
    names = [c.name for c in (*need.services.all(), *need.categories.all())]
    yield [_("Services and categories"), " · ".join(names)]
    yield [_("Budget a month"), _budget(need)]
    if need.gmv_target_fen:
        yield [_("GMV target"), Money(need.gmv_target_fen).short]
    yield [_("Start"), f"{day(need.starts_on)} · {_months(need.term_months)}"]
    yield [_("Proposals until"), day(need.closes_on)]


def _budget(need: Need) -> str:
    low, high = Money(need.budget_low_fen).short, Money(need.budget_high_fen).short
    fixed = (low if low == high else f"{low}–{high}") if need.budget_high_fen else ""
    share = _percent(need.share_high_bp) if need.share_high_bp else ""
    both = _(" or, if more, ") if need.price_form == states.BudgetForm.GUARANTEE else " + "
    return both.join(filter(None, (fixed, share and f"≤ {share}"))) or NOTHING


def _group(
    need: Need,
    standing: Sequence[Proposal],
    group: Sequence[Proposal],
    ranked: dict[int, Candidate],
) -> dict[str, Any]:
    return {
        "names": [proposal.provider.name for proposal in group],
        "rows": list(_rows(need, standing, group)),
        "parts": list(_parts(group, ranked)),
    }


def _rows(need: Need, standing: Sequence[Proposal], group: Sequence[Proposal]) -> Iterator[Row]:
    yield _row(_("State"), [_cell(p.get_status_display()) for p in group])
    yield from _sizes(need, group)
    yield _row(_("Price"), [_cell(_price(p), _above(p)) for p in group])
    yield _row(_("Length"), [_cell(_months(p.months)) for p in group])
    yield _row(_("Earliest start"), [_cell(day(p.starts_on)) for p in group])
    if need.seeks_kind != PartyKind.CREATOR:
        yield _row(_("Team"), [_cell(p.team or NOTHING) for p in group])
    if need.seeks_kind != PartyKind.PROVIDER:
        promised = [" · ".join(selectors.delivery_words(p)) for p in group]
        yield _row(_("Delivers"), [_cell(words or NOTHING) for words in promised])
    places = [standing.index(proposal) for proposal in group]
    for costs in selectors.compare_costs(need, standing):
        found = [costs.costs[place] for place in places]
        cells = [_cell(money(cost.fen), is_best=cost.is_cheapest) for cost in found]
        yield _row(_cost_label(need, costs.scenario), cells)
    means = means_of(group)
    if means:
        yield _row(_("Colleagues"), [_mean(means.get(p.pk)) for p in group])
    told = selectors.concerns_of(need, list(group))
    if any(told.values()):
        words = [selectors.concern_words(told[p.provider_id]) for p in group]
        yield _row(_("Conflict of interest"), [_cell(" ".join(w) or NOTHING) for w in words])


def _sizes(need: Need, group: Sequence[Proposal]) -> Iterator[Row]:
    """What creators and agencies are chosen by."""
    if need.seeks_kind == PartyKind.PROVIDER:
        return
    found = sizes_of(need.seeks_kind, [proposal.provider_id for proposal in group])
    sizes = [found[proposal.provider_id] for proposal in group]
    if need.seeks_kind == PartyKind.CREATOR:
        yield _row(_("Followers"), [_cell(num(size.followers)) for size in sizes])
        yield _row(_("Average price"), [_cell(money_short(s.average_price_fen)) for s in sizes])
    else:
        yield _row(_("Creators under contract"), [_cell(num(size.roster)) for size in sizes])
    shares = [" · ".join(f"{name} {share}%" for name, share in s.categories) for s in sizes]
    yield _row(_("Business by category"), [_cell(share or NOTHING) for share in shares])


def _cost_label(need: Need, scenario: selectors.Scenario) -> str:
    if not scenario.gmv_fen:
        return ngettext(
            "Fixed fees over %(n)s month", "Fixed fees over %(n)s months", need.term_months
        ) % {"n": need.term_months}
    return _("Total cost if %(gmv)s is settled (%(name)s)") % {
        "gmv": Money(scenario.gmv_fen).short,
        "name": scenario.name,
    }


def _ranked(need: Need, standing: Sequence[Proposal]) -> dict[int, Candidate]:
    """Where the bidders stand in the need's own order; those it leaves out are missing."""
    if need.only_for_id is not None or not standing:
        return {}
    return CandidateList(need).of_parties([proposal.provider_id for proposal in standing])


def _parts(group: Sequence[Proposal], ranked: dict[int, Candidate]) -> Iterator[Row]:
    found = [ranked.get(proposal.provider_id) for proposal in group]
    some = next((candidate for candidate in found if candidate is not None), None)
    if some is None:
        return
    for number, part in enumerate(some.parts):
        label = _("%(part)s (of %(most)s)") % {"part": part.name, "most": num(part.weight)}
        yield _row(label, [_points(candidate, number) for candidate in found])
    totals = [_cell(num(c.total, 1)) if c else _cell(NOTHING) for c in found]
    yield _row(_("Points"), totals)
    places = [_cell(str(c.place)) if c else _cell(NOTHING, _("left out")) for c in found]
    yield _row(_("Place"), places)


def _points(candidate: Candidate | None, number: int) -> Cell:
    if candidate is None:
        return _cell(NOTHING)
    part = candidate.parts[number]
    return _cell(num(part.points, 1), "" if part.is_measured else _("not enough data"))


def _opinions(standing: Sequence[Proposal]) -> list[list[str]]:
    """A row each: whose, by whom, three times stars, and the words."""
    names = {proposal.pk: proposal.provider.name for proposal in standing}
    found = Opinion.objects.filter(proposal__in=names).select_related("person")
    return [
        [
            *(names[one.proposal_id], str(one.person)),
            *(str(one.plan), str(one.price), str(one.team), one.note),
        ]
        for one in found.order_by("proposal", "at")
    ]


def _mean(mean: Any) -> Cell:
    if mean is None:
        return _cell(NOTHING)
    people = ngettext("%(n)s colleague", "%(n)s colleagues", mean.people) % {"n": mean.people}
    return _cell(f"{num(mean.stars, 1)} / 5", people)


def _price(proposal: Proposal) -> str:
    fixed = Money(proposal.monthly_fee_fen).short if proposal.monthly_fee_fen else ""
    share = _percent(proposal.share_bp) if proposal.share_bp else ""
    climbs = " · ".join(f"> {Money(gmv).short}: {_percent(bp)}" for gmv, bp in proposal.ladder[1:])
    both = _(" or, if more, ") if proposal.is_guarantee else " + "
    return "  ".join(filter(None, (both.join(filter(None, (fixed, share))), climbs))) or NOTHING


def _above(proposal: Proposal) -> str:
    return _("above your budget") if selectors.is_above_budget(proposal) else ""


def _percent(points: int) -> str:
    return f"{points / 100:g}%"


def _months(count: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", count) % {"n": count}


def _row(label: str, cells: list[Cell]) -> Row:
    return {"label": label, "cells": cells}


def _cell(text: object, small: str = "", *, is_best: bool = False) -> Cell:
    return {"text": str(text), "small": small, "best": is_best}
