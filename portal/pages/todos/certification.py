"""The top-100 mark: a window to apply in, drafts to go on with, what is asked, refusals to object
to; and what operators have to check, review and decide."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, dated
from portal.parties.models import Party
from portal.parties.states import MANAGING
from portal.tiers import rules, selectors
from portal.tiers.models import CertificationAppeal, CertificationApplication

MOST = 20


def certification_todos(actor: Actor) -> Iterator[Todo]:
    """Who meets what the round asks may apply; a draft or a question waits for its answer."""
    if actor.party is None or actor.role not in MANAGING:
        return
    round_ = selectors.near_certification_round()
    if round_ is None:
        return
    mine = selectors.open_certification(actor, round_)
    said = {"year": round_.year}
    if mine is None:
        can = round_.is_open and rules.can_start_certification(actor, round_)
        if can and rules.passes(rules.checks_of_agency(round_, actor.party)):
            yield dated(
                round_.closes_on,
                title=_("Apply for the top-100 mark of %(year)s") % said,
                detail=_("You meet what the round asks of agencies."),
                url=reverse("certification_home"),
                verb=_("Apply"),
            )
    elif mine.status == "draft" and round_.is_open:
        yield dated(
            round_.closes_on,
            title=_("Go on with your application for the top-100 mark"),
            detail=_("The draft is saved and not handed in."),
            url=reverse("certification_edit", args=[mine.pk]),
            verb=_("Go on"),
        )
    elif mine.status == "need_info" and mine.due_on is not None:
        yield dated(
            mine.due_on,
            title=_("Bring what is missing for the top-100 mark"),
            detail=mine.asked[:60],
            url=reverse("certification_edit", args=[mine.pk]),
            verb=_("Bring it"),
        )
    elif rules.can_object_to_refusal(actor, mine) and (until := rules.objections_until(mine)):
        yield dated(
            until,
            title=_("The top-100 mark of %(year)s was not granted") % said,
            detail=mine.reason[:60],
            url=mine.get_absolute_url(),
            verb=_("Read the reasons"),
        )


def certification_desk_todos(actor: Actor) -> Iterator[Todo]:
    """What waits for this operator, by its day; not what they may not do themselves."""
    if actor.user is None or not actor.user.is_staff:
        return
    mine = Party.objects.in_scope_of(actor.user)
    rows = CertificationApplication.objects.whole().filter(party__in=mine, due_on__isnull=False)
    if actor.has_perm("tiers.check_certificationapplication"):
        for one in rows.to_check().order_by("due_on")[:MOST]:
            yield _to_do(one, _("Check the documents of %(party)s for the top-100 mark"))
    if actor.has_perm("tiers.review_certificationapplication"):
        others = rows.to_review().exclude(reviews__reviewer=actor.user)
        for one in others.order_by("due_on")[:MOST]:
            yield _to_do(one, _("Review %(party)s for the top-100 mark"))
    if actor.has_perm("tiers.decide_certificationappeal"):
        filed = CertificationAppeal.objects.waiting().filter(application__party__in=mine).whole()
        took_part = filed.exclude(application__reviews__reviewer=actor.user)
        for appeal in took_part.exclude(application__checked_by=actor.user)[:MOST]:
            said = {"party": appeal.application.party.name}
            yield dated(
                appeal.due_on,
                title=_("%(party)s objects to a refused mark") % said,
                detail=appeal.text[:60],
                url=appeal.get_absolute_url(),
                verb=_("Decide"),
            )


def _to_do(application: CertificationApplication, title: str) -> Todo:
    return dated(
        application.due_on or clock.today(),
        title=title % {"party": application.party.name},
        detail=application.get_status_display(),
        url=application.get_absolute_url(),
        verb=_("Look"),
    )
