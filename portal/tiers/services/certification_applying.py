"""Applying for the mark: a draft that is gone on with, its documents, and handing it in."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import attach_file, delete_file, store_file, take_file
from portal.core.models import StoredFile
from portal.core.workdays import add_working_days
from portal.parties.models import Party
from portal.parties.services import lock_party
from portal.tiers import rules
from portal.tiers.certification_fields import ApplyingFields, PaperFields
from portal.tiers.certification_states import CHECK_DAYS, CertificationStatus
from portal.tiers.fields import Evidence
from portal.tiers.files import CERTIFICATION
from portal.tiers.models import (
    CertificationAppeal,
    CertificationApplication,
    CertificationPaper,
    CertificationRound,
)
from portal.tiers.services.certification_changes import (
    change_certification,
    lock_certification,
)


@transaction.atomic
def start_certification(actor: Actor, *, round_: CertificationRound) -> CertificationApplication:
    """A draft; who applied before finds last time's words and the documents that still hold."""
    if actor.party is not None:  # as it is now, not as it was when the person came in
        actor = Actor(actor.user, lock_party(actor.party), actor.role, actor.via, actor.key_id)
    rules.can_start_certification(actor, round_).require()
    party = actor.party
    assert party is not None  # the rule above
    again = CertificationApplication.objects.filter(round=round_, party=party).whole().first()
    if again is not None:  # withdrawn before: its words are still there
        again.decided_at, again.due_on = None, None
        change_certification(actor, again, CertificationStatus.DRAFT, "start_certification_again")
        return again
    before = _last_of(party, round_)
    now = clock.now()
    draft = CertificationApplication.objects.create(
        round=round_,
        party=party,
        renews=before,
        strengths=before.strengths if before else "",
        cases=before.cases if before else "",
        created_at=now,
        saved_at=now,
    )
    if before is not None:
        _take_over(before, draft)
    after = {"year": round_.year, "renews": str(before.pk) if before else None}
    audit.record(actor, "start_certification", draft, after=after)
    return draft


def _last_of(party: Party, round_: CertificationRound) -> CertificationApplication | None:
    earlier = CertificationApplication.objects.filter(party=party, round__year__lt=round_.year)
    return earlier.exclude(submitted_at=None).order_by("-round__year").first()


def _take_over(before: CertificationApplication, draft: CertificationApplication) -> None:
    """Documents that hold until this round's results; the file is the same, not a copy."""
    until = draft.round.publishes_on
    CertificationPaper.objects.bulk_create(
        CertificationPaper(
            application=draft,
            kind=paper.kind,
            file_id=paper.file_id,
            expires_on=paper.expires_on,
            added_at=clock.now(),
        )
        for paper in before.papers.all()
        if paper.expires_on is None or paper.expires_on >= until
        if paper.kind != "pledge"  # of this year's figures, so signed anew
    )


@transaction.atomic
def save_certification(
    actor: Actor, *, application: CertificationApplication, fields: ApplyingFields
) -> CertificationApplication:
    """As it stands, to be gone on with later."""
    application = lock_certification(application)
    rules.can_edit_certification(actor, application).require()
    rules.applying_is_sound(fields).require()
    _write(application, fields)
    audit.record(actor, "save_certification", application)
    return application


def _write(application: CertificationApplication, fields: ApplyingFields) -> None:
    application.strengths, application.cases = fields.strengths.strip(), fields.cases.strip()
    application.saved_at = clock.now()
    application.save(update_fields=["strengths", "cases", "saved_at"])


@transaction.atomic
def add_certification_paper(
    actor: Actor, *, application: CertificationApplication, fields: PaperFields
) -> CertificationPaper:
    application = lock_certification(application)
    rules.can_edit_certification(actor, application).require()
    rules.paper_is_sound(application, fields).require()
    paper = CertificationPaper.objects.create(
        application=application,
        kind=fields.kind,
        file=keep_certification_file(actor, application.party, fields.file),
        expires_on=fields.expires_on,
        added_at=clock.now(),
    )
    after = {"kind": paper.kind, "expires_on": paper.expires_on}
    audit.record(actor, "add_certification_paper", application, after=after)
    return paper


@transaction.atomic
def remove_certification_paper(
    actor: Actor, *, paper: CertificationPaper
) -> CertificationApplication:
    """Its bytes go too, unless another application of the agency holds the same file."""
    application = lock_certification(paper.application)
    rules.can_edit_certification(actor, application).require()
    file = paper.file
    audit.record(actor, "remove_certification_paper", application, before={"kind": paper.kind})
    paper.delete()
    if not CertificationPaper.objects.filter(file=file).exists():
        delete_file(actor, file=file)
    return application


@transaction.atomic
def submit_certification(
    actor: Actor, *, application: CertificationApplication
) -> CertificationApplication:
    """For the first time, or with what was asked."""
    application = lock_certification(application)
    rules.can_submit_certification(actor, application).require()
    is_first = application.status == CertificationStatus.DRAFT
    if is_first:
        application.submitted_at, application.submitted_by = clock.now(), actor.user
    application.due_on = add_working_days(clock.today(), CHECK_DAYS)
    verb = "submit_certification" if is_first else "answer_certification"
    change_certification(actor, application, CertificationStatus.SUBMITTED, verb)
    return application


@transaction.atomic
def withdraw_certification(
    actor: Actor, *, application: CertificationApplication
) -> CertificationApplication:
    """Before the mark is held; while the window is open a draft may be begun from it again."""
    application = lock_certification(application)
    rules.can_withdraw_certification(actor, application).require()
    application.due_on = None
    change_certification(
        actor, application, CertificationStatus.WITHDRAWN, "withdraw_certification"
    )
    return application


def keep_certification_file(actor: Actor, party: Party, piece: Evidence) -> StoredFile:
    """A file handed in, kept for its agency."""
    if isinstance(piece, uuid.UUID):
        file = take_file(actor, file_id=piece, purpose=CERTIFICATION)
        file.party_id = party.pk
        file.save(update_fields=["party_id"])
        return file
    file = store_file(actor, upload=piece, purpose=CERTIFICATION, party_id=party.pk)
    return attach_file(actor, file=file)


def keep_evidence_of_objection(
    actor: Actor, appeal: CertificationAppeal, evidence: Iterable[Evidence]
) -> None:
    party = appeal.application.party
    appeal.evidence.set([keep_certification_file(actor, party, one) for one in evidence])
