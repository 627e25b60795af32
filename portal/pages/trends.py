"""The numbers of a workbench that matter to each kind of party, with what changed in 30 days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.states import ANSWERABLE, TAKING_PROPOSALS, ProposalStatus
from portal.activity.selectors import feed_of, selling_days
from portal.core import clock
from portal.core.actor import Actor
from portal.core.templatetags.ui import MISSING, num
from portal.parties.models import Party, RosterEntry
from portal.parties.states import PartyKind, RosterStatus

SPAN = timedelta(days=30)
RATED = timedelta(days=90)


def figures_for(actor: Actor) -> Iterator[dict[str, Any]]:
    """As `components/kpis.html` takes them; none without a party."""
    if actor.party is not None:
        yield from BY_KIND[PartyKind(actor.party.kind)](actor, actor.party)


def _of_merchant(actor: Actor, party: Party) -> Iterator[dict[str, Any]]:
    waiting = Q(proposals__status__in=ANSWERABLE)
    found = Need.objects.owned_by(actor).aggregate(
        **_counts("needs", "pk", Q(status__in=TAKING_PROPOSALS), "published_at"),
        **_counts("answers", "proposals", waiting, "proposals__submitted_at"),
    )
    yield _said(_("Open needs"), found, "needs", reverse("need_list"))
    yield _said(_("Proposals to answer"), found, "answers", reverse("need_list"))
    yield _cooperations(actor)


def _of_provider(actor: Actor, party: Party) -> Iterator[dict[str, Any]]:
    needs, decided = reverse("need_list"), Q(submitted_at__isnull=False)
    decided &= Q(ended_at__gt=clock.now() - RATED)
    found = Proposal.objects.filter(provider=party).aggregate(
        **_counts("invited", "pk", Q(status=ProposalStatus.INVITED), "invited_at"),
        **_counts("answers", "pk", Q(status__in=ANSWERABLE), "submitted_at"),
        won=Count("pk", filter=decided & Q(status=ProposalStatus.ACCEPTED)),
        lost=Count("pk", filter=decided & Q(status=ProposalStatus.DECLINED)),
    )
    yield _said(_("Invitations"), found, "invited", needs)
    yield _said(_("Proposals under way"), found, "answers", needs)
    yield _cooperations(actor)
    yield _chosen(found["won"], found["won"] + found["lost"])


def _of_agency(actor: Actor, party: Party) -> Iterator[dict[str, Any]]:
    entries = RosterEntry.objects.of_agency(party)
    now, then = entries.running().count(), entries.bound_on(clock.today() - SPAN).count()
    url = reverse("roster_list", args=[party.pk])
    yield _figure(_("Creators under contract"), now, url, now - then)
    waiting = Q(status=RosterStatus.INVITED)
    yield _counted(_("Invited, not answered"), entries, waiting, "invited_at", url)
    yield _invitations(party)
    yield _cooperations(actor)


def _of_creator(actor: Actor, party: Party) -> Iterator[dict[str, Any]]:
    today, days = clock.today(), reverse("activity_list")
    feed = feed_of(party.pk, last=today, span=SPAN.days)
    followers = num(feed.followers[-1]) if feed.followers else MISSING
    figure = _figure(_("Followers"), followers, days, feed.growth)
    yield figure | {"trend": feed.followers} if len(feed.followers) > 1 else figure
    before = selling_days(party.pk, today - 2 * SPAN + timedelta(days=1), today - SPAN)
    sold = feed.selling_days
    yield _figure(_("Selling days in 30"), sold, days, sold - before)
    yield _invitations(party)
    yield _cooperations(actor)


BY_KIND: dict[PartyKind, Callable[[Actor, Party], Iterator[dict[str, Any]]]] = {
    PartyKind.MERCHANT: _of_merchant,
    PartyKind.PROVIDER: _of_provider,
    PartyKind.AGENCY: _of_agency,
    PartyKind.CREATOR: _of_creator,
}


def _cooperations(actor: Actor) -> dict[str, Any]:
    ours, url = Cooperation.objects.visible_to(actor), reverse("cooperation_list")
    return _counted(_("Cooperations"), ours, Q(agreed_at__isnull=False), "agreed_at", url)


def _invitations(party: Party) -> dict[str, Any]:
    own, waiting = Proposal.objects.filter(provider=party), Q(status=ProposalStatus.INVITED)
    return _counted(_("Invitations"), own, waiting, "invited_at", reverse("need_list"))


def _chosen(won: int, decided: int) -> dict[str, Any]:
    """Of the proposals decided in 90 days, the share that was chosen."""
    share = f"{num(100 * won / decided)}%" if decided else MISSING
    note = _("%(won)s of %(all)s decided in 90 days") % {"won": won, "all": decided}
    url = f"{reverse('need_list')}?view=ended"
    return {"label": _("Chosen"), "value": share, "url": url, "note": note}


def _counted(label: str, rows: QuerySet[Any], which: Q, field: str, url: str) -> dict[str, Any]:
    """One figure of its own table, in one query."""
    return _said(label, rows.aggregate(**_counts("rows", "pk", which, field)), "rows", url)


def _counts(name: str, counted: str, which: Q, field: str) -> dict[str, Count]:
    """How many there are of `which`; of all, how many came in the last 30 days and in the 30
    before."""
    now = clock.now()
    late = Q(**{f"{field}__gt": now - SPAN, f"{field}__lte": now})
    early = Q(**{f"{field}__gt": now - 2 * SPAN, f"{field}__lte": now - SPAN})
    return {
        f"{name}_number": Count(counted, filter=which, distinct=True),
        f"{name}_late": Count(counted, filter=late, distinct=True),
        f"{name}_early": Count(counted, filter=early, distinct=True),
    }


def _said(label: str, found: Mapping[str, int], name: str, url: str) -> dict[str, Any]:
    change = found[f"{name}_late"] - found[f"{name}_early"]
    return _figure(label, found[f"{name}_number"], url, change)


def _figure(label: str, value: int | str, url: str, change: int | None) -> dict[str, Any]:
    """With the change beside it: more is not always better, so it bears no colour."""
    figure: dict[str, Any] = {"label": label, "value": value, "url": url}
    if change is None:
        return figure
    said = f"+{num(change)}" if change > 0 else num(change) if change else "±0"
    return figure | {"note": _("%(change)s in 30 days") % {"change": said}}
