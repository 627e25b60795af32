"""The numbers of a workbench that matter to each kind of party, with what changed in 30 days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs.models import Need, Proposal
from matchmaking.needs.states import ProposalStatus
from portal.activity.selectors import feed_of, selling_days
from portal.core import clock
from portal.core.actor import Actor
from portal.core.templatetags.ui import MISSING, num
from portal.parties.models import Party, RosterEntry
from portal.parties.states import PartyKind

SPAN = timedelta(days=30)
RATED = timedelta(days=90)


def figures_for(actor: Actor) -> Iterator[dict[str, Any]]:
    """As `components/kpis.html` takes them; none without a party."""
    if actor.party is not None:
        yield from BY_KIND[PartyKind(actor.party.kind)](actor, actor.party)


def _of_merchant(actor: Actor, party: Party) -> Iterator[dict[str, Any]]:
    own = Need.objects.owned_by(actor)
    answers = Proposal.objects.filter(need__merchant=party)
    needs = reverse("need_list")
    came = _change(own, "published_at")
    yield _figure(_("Open needs"), own.taking_proposals().count(), needs, came)
    came = _change(answers, "submitted_at")
    yield _figure(_("Proposals to answer"), answers.answerable().count(), needs, came)
    yield _cooperations(actor)


def _of_bidder(actor: Actor, party: Party) -> Iterator[dict[str, Any]]:
    own, needs = Proposal.objects.filter(provider=party), reverse("need_list")
    invited = own.filter(status=ProposalStatus.INVITED).count()
    yield _figure(_("Invitations"), invited, needs, _change(own, "invited_at"))
    came = _change(own, "submitted_at")
    yield _figure(_("Proposals under way"), own.answerable().count(), needs, came)
    yield _cooperations(actor)
    yield _won(own)


def _of_agency(actor: Actor, party: Party) -> Iterator[dict[str, Any]]:
    entries = RosterEntry.objects.of_agency(party)
    now, today = entries.running().count(), clock.today()
    url = reverse("roster_list", args=[party.pk])
    then = entries.bound_on(today - SPAN).count()
    yield _figure(_("Creators under contract"), now, url, now - then)
    waiting = entries.invited()
    yield _figure(_("Invited, not answered"), waiting.count(), url, _change(entries, "invited_at"))
    yield from list(_of_bidder(actor, party))[0:3:2]


def _of_creator(actor: Actor, party: Party) -> Iterator[dict[str, Any]]:
    today, days = clock.today(), reverse("activity_list")
    feed = feed_of(party.pk, last=today, span=SPAN.days)
    followers = num(feed.followers[-1]) if feed.followers else MISSING
    figure = _figure(_("Followers"), followers, days, feed.growth)
    yield figure | {"trend": feed.followers} if len(feed.followers) > 1 else figure
    before = selling_days(party.pk, today - 2 * SPAN + timedelta(days=1), today - SPAN)
    sold = feed.selling_days
    yield _figure(_("Selling days in 30"), sold, days, sold - before)
    yield from list(_of_bidder(actor, party))[0:3:2]


BY_KIND: dict[PartyKind, Callable[[Actor, Party], Iterator[dict[str, Any]]]] = {
    PartyKind.MERCHANT: _of_merchant,
    PartyKind.PROVIDER: _of_bidder,
    PartyKind.AGENCY: _of_agency,
    PartyKind.CREATOR: _of_creator,
}


def _cooperations(actor: Actor) -> dict[str, Any]:
    ours = Cooperation.objects.visible_to(actor)
    url = reverse("cooperation_list")
    return _figure(_("Cooperations"), ours.count(), url, _change(ours, "agreed_at"))


def _won(own: QuerySet[Proposal]) -> dict[str, Any]:
    """Of the proposals decided in 90 days, the share that was chosen."""
    decided = own.filter(submitted_at__isnull=False, ended_at__gt=clock.now() - RATED)
    accepted = own.filter(status=ProposalStatus.ACCEPTED, ended_at__gt=clock.now() - RATED)
    lost = decided.filter(status=ProposalStatus.DECLINED).count()
    won = accepted.count()
    share = f"{num(100 * won / (won + lost))}%" if won + lost else MISSING
    note = _("%(won)s of %(all)s decided in 90 days") % {"won": won, "all": won + lost}
    return {
        "label": _("Chosen"),
        "value": share,
        "url": f"{reverse('need_list')}?view=answered",
        "note": note,
    }


def _change(rows: QuerySet[Any], field: str) -> int:
    """How many more there were in the last 30 days than in the 30 before."""
    now = clock.now()
    late = Q(**{f"{field}__gt": now - SPAN, f"{field}__lte": now})
    early = Q(**{f"{field}__gt": now - 2 * SPAN, f"{field}__lte": now - SPAN})
    counted = rows.aggregate(
        late=Count("pk", filter=late, distinct=True), early=Count("pk", filter=early, distinct=True)
    )
    return int(counted["late"] - counted["early"])


def _figure(label: str, value: int | str, url: str, change: int | None) -> dict[str, Any]:
    """With the change beside it: more is not always better, so it bears no colour."""
    figure: dict[str, Any] = {"label": label, "value": value, "url": url}
    if change is None:
        return figure
    said = f"+{num(change)}" if change > 0 else num(change) if change else "±0"
    return figure | {"note": _("%(change)s in 30 days") % {"change": said}}
