"""Opening rounds, applying, looking after applicants, and answering them."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor, system_actor
from portal.core.files import attach_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.help.fields import Question
from portal.help.models import Ticket
from portal.help.services import ask_help, assign_ticket, resolve_ticket
from portal.help.states import ENDED, Topic
from portal.notices.services import notify
from portal.parties.models import Party, User
from portal.parties.services import lock_party, tell_party
from portal.recruitment import rules
from portal.recruitment.fields import ApplicationFields, Paper, RoundFields
from portal.recruitment.files import PAPER
from portal.recruitment.models import Application, Round
from portal.recruitment.states import (
    APPLICATION_TRANSITIONS,
    ROUND_TRANSITIONS,
    ApplicationStatus,
    RoundStatus,
)

PLAIN = ("opens_at", "closes_at", "least_share", "price_most_fen", "places")


# --- rounds ---------------------------------------------------------------------------------------


@transaction.atomic
def create_round(actor: Actor, *, fields: RoundFields) -> Round:
    rules.can_manage_rounds(actor).require()
    round_ = Round(created_at=clock.now())
    _write_round(round_, fields)
    audit.record(actor, "create_round", round_, after={"title": round_.title})
    return round_


@transaction.atomic
def update_round(actor: Actor, *, round_: Round, fields: RoundFields) -> Round:
    round_ = _lock_round(round_)
    rules.can_edit_round(actor, round_).require()
    before = {"title": round_.title, "closes_at": round_.closes_at}
    _write_round(round_, fields)
    after = {"title": round_.title, "closes_at": round_.closes_at}
    audit.record(actor, "update_round", round_, before=before, after=after)
    return round_


@transaction.atomic
def publish_round(actor: Actor, *, round_: Round) -> Round:
    """Announce it; from now on it stays as it is, and takes applications inside its window."""
    round_ = _lock_round(round_)
    rules.can_publish_round(actor, round_).require()
    round_.lead, round_.published_at = actor.user, clock.now()
    _change_round(actor, round_, RoundStatus.PUBLISHED, verb="publish_round")
    return round_


@transaction.atomic
def close_round(actor: Actor, *, round_: Round) -> Round:
    """No more applications; those that run are still answered."""
    round_ = _lock_round(round_)
    rules.can_close_round(actor, round_).require()
    _change_round(actor, round_, RoundStatus.CLOSED, verb="close_round")
    return round_


@transaction.atomic
def cancel_round(actor: Actor, *, round_: Round, reason: str) -> Round:
    """Call it off: whoever applied is told why."""
    round_ = _lock_round(round_)
    rules.can_cancel_round(actor, round_).require()
    rules.reason_is_sound(reason).require()
    round_.status_note = reason.strip()
    _change_round(actor, round_, RoundStatus.CANCELLED, verb="cancel_round", why=reason.strip())
    for application in Application.objects.filter(round=round_).running().select_related("party"):
        application.round = round_
        _refuse(actor, application, round_.status_note)
    return round_


def close_due_rounds(actor: Actor) -> int:
    """Rounds whose window is over; how many. Safe to run twice."""
    return sum(_close_due(actor, round_) for round_ in Round.objects.over().order_by("closes_at"))


@transaction.atomic
def _close_due(actor: Actor, round_: Round) -> int:
    round_ = _lock_round(round_)
    if not Round.objects.over().filter(pk=round_.pk).exists():
        return 0
    _change_round(actor, round_, RoundStatus.CLOSED, verb="close_round")
    return 1


# --- applying -------------------------------------------------------------------------------------


@transaction.atomic
def apply_to_round(actor: Actor, *, round_: Round, fields: ApplicationFields) -> Application:
    """Hand in an application, or one withdrawn before, anew. The window is asked under the round's
    lock; the round's lead looks after it, in a conversation of its own."""
    round_ = _lock_round(round_)
    if actor.party is not None:  # as it is now, not as it was when the person came in
        actor = Actor(actor.user, lock_party(actor.party), actor.role, actor.via, actor.key_id)
    rules.can_apply(actor, round_).require()
    party = actor.party
    assert party is not None  # the rule above
    rules.application_is_sound(round_, fields).require()
    application = Application.objects.filter(round=round_, party=party).first()
    verb = "apply_again" if application else "apply_to_round"
    if application is None:
        application = Application(
            round=round_,
            party=party,
            supporter=_lead_of(round_),
            ticket=_begin_talk(actor, round_, fields.pitch),
        )
    application.pitch = fields.pitch.strip()
    application.answers = [answer.strip() for answer in fields.answers]
    application.status, application.submitted_at = ApplicationStatus.SUBMITTED, clock.now()
    application.save()
    application.papers.set([_paper(actor, party, paper) for paper in fields.papers])
    after = {"round": round_.pk, "party": party.pk, "papers": len(fields.papers)}
    audit.record(actor, verb, application, after=after)
    _tell_supporter(application)
    return application


@transaction.atomic
def withdraw_application(actor: Actor, *, application: Application) -> Application:
    application = _lock(application)
    rules.can_withdraw_application(actor, application).require()
    _change(actor, application, ApplicationStatus.WITHDRAWN, verb="withdraw_application")
    _end_talk(actor, application)
    return application


# --- answering ------------------------------------------------------------------------------------


@transaction.atomic
def support_application(actor: Actor, *, application: Application, supporter: User) -> Application:
    """Give the applicant to another operator, with the conversation."""
    application = _lock(application)
    rules.can_answer_application(actor, application).require()
    before, application.supporter = application.supporter_id, supporter
    # That the other one may answer questions is asked there.
    assign_ticket(actor, ticket=application.ticket, assignee=supporter)
    application.save(update_fields=["supporter"])
    audit.record(
        actor,
        "support_application",
        application,
        before={"supporter": before},
        after={"supporter": supporter.pk},
    )
    return application


@transaction.atomic
def talk_to_applicant(actor: Actor, *, application: Application) -> Application:
    """Shortlisted: the applicant is told that a talk begins."""
    application = _lock(application)
    rules.can_answer_application(actor, application).require()
    _change(actor, application, ApplicationStatus.TALKING, verb="talk_to_applicant")
    _tell(application, gettext_noop("%(round)s: we would like to talk to %(party)s."))
    return application


@transaction.atomic
def accept_application(actor: Actor, *, application: Application, reason: str) -> Application:
    """Take the provider in. Places are counted under the round's lock."""
    application = _lock(application)
    rules.can_accept_application(actor, application).require()
    rules.reason_is_sound(reason).require()
    _decide(actor, application, reason.strip())
    _change(actor, application, ApplicationStatus.ACCEPTED, verb="accept_application", why=reason)
    _tell(application, gettext_noop("%(round)s: %(party)s was accepted. %(reason)s"))
    return application


@transaction.atomic
def refuse_application(actor: Actor, *, application: Application, reason: str) -> Application:
    application = _lock(application)
    rules.can_answer_application(actor, application).require()
    rules.reason_is_sound(reason).require()
    _refuse(actor, application, reason.strip())
    return application


# --- pieces ---------------------------------------------------------------------------------------


def _refuse(actor: Actor, application: Application, reason: str) -> None:
    _decide(actor, application, reason)
    _change(actor, application, ApplicationStatus.REFUSED, verb="refuse_application", why=reason)
    _tell(application, gettext_noop("%(round)s: %(party)s was not accepted. %(reason)s"))
    _end_talk(actor, application)


def _end_talk(actor: Actor, application: Application) -> None:
    """Nobody waits for an answer any more: the desk's clock stops. The applicant may write again,
    which opens the conversation."""
    if application.ticket.status not in ENDED:
        resolve_ticket(system_actor(actor.via), ticket=application.ticket)


def _decide(actor: Actor, application: Application, reason: str) -> None:
    if len(reason) > 300:
        raise Refused(flawless([Flaw("reason", _("At most 300 characters."))]))
    application.reason = reason
    application.decided_at, application.decided_by_id = clock.now(), actor.user_id


def _begin_talk(actor: Actor, round_: Round, pitch: str) -> Ticket:
    question = Question(
        topic=Topic.PARTY,
        text=f"{round_.title}\n\n{pitch.strip()}",
        page=round_.get_absolute_url(),
        for_party=True,
    )
    ticket = ask_help(actor, question=question)
    return assign_ticket(system_actor(actor.via), ticket=ticket, assignee=_lead_of(round_))


def _lead_of(round_: Round) -> User:
    if round_.lead is None:
        raise LookupError("a published round is led")  # by constraint
    return round_.lead


def _paper(actor: Actor, party: Party, paper: Paper) -> StoredFile:
    if isinstance(paper, uuid.UUID):
        file = take_file(actor, file_id=paper, purpose=PAPER, field="papers")
        file.party_id = party.pk
        file.save(update_fields=["party_id"])
        return file
    return attach_file(
        actor, file=store_file(actor, upload=paper, purpose=PAPER, party_id=party.pk)
    )


def _write_round(round_: Round, fields: RoundFields) -> None:
    rules.round_is_sound(fields).require()
    round_.title, round_.brief = fields.title.strip(), fields.brief.strip()
    for name in PLAIN:
        setattr(round_, name, getattr(fields, name))
    round_.questions = [question.strip() for question in fields.questions if question.strip()]
    round_.save()
    round_.services.set(fields.service_ids)
    round_.categories.set(fields.category_ids)


def _lock_round(round_: Round) -> Round:
    return (
        Round.objects.select_for_update(of=("self",), no_key=True)
        .select_related("lead")
        .get(pk=round_.pk)
    )


def _lock(application: Application) -> Application:
    """Under its round's lock, so that places are counted one by one."""
    round_ = _lock_round(application.round)
    locked = Application.objects.select_related("party__city", "ticket").get(pk=application.pk)
    locked.round = round_
    return locked


def _change_round(
    actor: Actor, round_: Round, status: RoundStatus, *, verb: str, why: str = ""
) -> None:
    if status not in ROUND_TRANSITIONS[round_.status]:
        raise Refused(conflict(_("This is not possible in the round's present state.")))
    before, round_.status = round_.status, status
    round_.save(update_fields=["status", "status_note", "lead", "published_at"])
    audit.record(actor, verb, round_, before={"status": before}, after={"status": status}, why=why)


def _change(
    actor: Actor, application: Application, status: ApplicationStatus, *, verb: str, why: str = ""
) -> None:
    if status not in APPLICATION_TRANSITIONS[application.status]:
        raise Refused(conflict(_("This is not possible in the application's present state.")))
    before, application.status = application.status, status
    application.save(update_fields=["status", "reason", "decided_at", "decided_by"])
    audit.record(
        actor, verb, application, before={"status": before}, after={"status": status}, why=why
    )


def _tell(application: Application, sentence: str) -> None:
    tell_party(
        application.party,
        event="recruitment.answered",
        key=f"recruitment-{application.status}:{application.pk}:{clock.now().isoformat()}",
        sentence=sentence,
        params={
            "round": application.round.title,
            "party": application.party.name,
            "reason": application.reason,
        },
        url=application.get_absolute_url(),
    )


def _tell_supporter(application: Application) -> None:
    notify(
        [application.supporter_id],
        party_id=None,
        event="recruitment.received",
        key=f"recruitment-received:{application.pk}:{application.submitted_at.isoformat()}",
        sentence=gettext_noop("%(party)s has applied to %(round)s."),
        params={"round": application.round.title, "party": application.party.name},
        url=f"/admin/recruitment/application/{application.pk}/answer/",
    )
