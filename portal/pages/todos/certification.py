"""The top-100 mark: a window to apply in, drafts to go on with, what is asked, refusals to object
to; and what operators have to check, review and decide."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import Todo, Waiting, dated
from portal.parties.models import Party
from portal.parties.states import MANAGING
from portal.tiers import rules, selectors
from portal.tiers.models import (
    CertificationAppeal,
    CertificationApplication,
    CertificationRound,
)

MOST = 20


def certification_todos(actor: Actor) -> Iterator[Todo]:
    """Who meets what the round asks may apply; a draft or a question waits for its answer."""
    if actor.party is None or actor.role not in MANAGING:
        return
    round_ = selectors.near_certification_round()
    if round_ is None:
        return
    mine = selectors.open_certification(actor, round_)
    todo = _to_apply(actor, actor.party, round_) if mine is None else _begun(actor, round_, mine)
    if todo is not None:
        yield todo


def _to_apply(actor: Actor, party: Party, round_: CertificationRound) -> Todo | None:
    if not round_.is_open or not rules.can_start_certification(actor, round_):
        return None
    if not rules.passes(rules.checks_of_agency(round_, party)):
        return None
    return dated(
        round_.closes_on,
        title=_("Apply for the top-100 mark of %(year)s") % {"year": round_.year},
        detail=_("You meet what the round asks of agencies."),
        url=reverse("certification_home"),
        verb=pgettext("to ask to be granted it", "Apply"),
    )


def _begun(actor: Actor, round_: CertificationRound, mine: CertificationApplication) -> Todo | None:
    if mine.status == "draft" and round_.is_open:
        return dated(
            round_.closes_on,
            title=_("Go on with your application for the top-100 mark"),
            detail=_("The draft is saved and not handed in."),
            url=reverse("certification_edit", args=[mine.pk]),
            verb=_("Go on"),
        )
    if mine.status == "need_info" and mine.due_on is not None:
        return dated(
            mine.due_on,
            title=_("Bring what is missing for the top-100 mark"),
            detail=mine.asked[:60],
            url=reverse("certification_edit", args=[mine.pk]),
            verb=_("Bring it"),
        )
    if rules.can_object_to_refusal(actor, mine) and (until := rules.objections_until(mine)):
        return dated(
            until,
            title=_("The top-100 mark of %(year)s was not granted") % {"year": round_.year},
            detail=mine.reason[:60],
            url=mine.get_absolute_url(),
            verb=_("Read the reasons"),
        )
    return None


def certification_desk_todos(actor: Actor) -> Iterator[Waiting]:
    """What waits for this operator, by its day; not what they may not do themselves."""
    if actor.user is None or not actor.user.is_staff:
        return
    mine = Party.objects.in_scope_of(actor.user)
    rows = CertificationApplication.objects.filter(party__in=mine, due_on__isnull=False)
    fields = ("due_on", "status", "party__name")
    if actor.has_perm("tiers.check_certificationapplication"):
        yield Waiting(rows.to_check().order_by("due_on")[:MOST], _to_check, fields)
    if actor.has_perm("tiers.review_certificationapplication"):
        others = rows.to_review().exclude(reviews__reviewer=actor.user)
        yield Waiting(others.order_by("due_on")[:MOST], _to_review, fields)
    if actor.has_perm("tiers.decide_certificationappeal"):
        filed = CertificationAppeal.objects.waiting().filter(application__party__in=mine)
        filed = filed.exclude(application__reviews__reviewer=actor.user)
        filed = filed.exclude(application__checked_by=actor.user)
        fields = ("due_on", "text", "application__party__name")
        yield Waiting(filed[:MOST], _appeal, fields)


def _to_check(application: CertificationApplication) -> Todo:
    return _to_do(application, _("Check the documents of %(party)s for the top-100 mark"))


def _to_review(application: CertificationApplication) -> Todo:
    return _to_do(application, _("Review %(party)s for the top-100 mark"))


def _to_do(application: CertificationApplication, title: str) -> Todo:
    return dated(
        application.due_on or clock.today(),
        title=title % {"party": application.party.name},
        detail=application.get_status_display(),
        url=application.get_absolute_url(),
        verb=_("Look"),
    )


def _appeal(appeal: CertificationAppeal) -> Todo:
    return dated(
        appeal.due_on,
        title=_("%(party)s objects to a refused mark") % {"party": appeal.application.party.name},
        detail=appeal.text[:60],
        url=appeal.get_absolute_url(),
        verb=_("Decide"),
    )
