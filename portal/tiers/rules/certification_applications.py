"""Who applies for the mark and with what; who looks at the documents."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, flawless, forbidden
from portal.parties.models import Party
from portal.parties.rules import can_manage_party, covers_region
from portal.parties.states import PartyKind
from portal.tiers.certification_fields import ApplyingFields, CheckFields, PaperFields
from portal.tiers.certification_states import (
    EDITABLE,
    HAVE_LAST_DAY,
    MOST_PAPERS,
    RETRACTABLE,
    CertificationStatus,
    PaperKind,
    PapersAnswer,
)
from portal.tiers.models import CertificationApplication, CertificationRound
from portal.tiers.rules.applications import MOST_NOTE, MOST_SENTENCE, is_outside
from portal.tiers.rules.certification_checks import checks_of, passes

NO_WINDOW = _("No window for the top-100 mark is open now.")


def can_see_own_certification(actor: Actor) -> Verdict:
    if actor.party is not None and actor.party.kind == PartyKind.AGENCY:
        return ALLOWED
    return forbidden(_("The mark is for agencies; everybody reads the public page."))


def can_start_certification(actor: Actor, round_: CertificationRound | None) -> Verdict:
    """A draft may be begun by any agency: it says what is lacking."""
    if actor.party is None or actor.party.kind != PartyKind.AGENCY:
        return forbidden(_("Only agencies apply for the top-100 mark."))
    if not (verdict := can_manage_party(actor, actor.party)):
        return verdict
    if round_ is None or not round_.is_open:
        return conflict(NO_WINDOW)
    made = CertificationApplication.objects.filter(round=round_, party=actor.party)
    if made.exclude(status=CertificationStatus.WITHDRAWN).exists():
        return conflict(_("Your party has an application in this round already."))
    return ALLOWED


def can_edit_certification(actor: Actor, application: CertificationApplication) -> Verdict:
    """A draft while the window is open; what was asked, also afterwards."""
    if not (verdict := can_manage_party(actor, application.party)):
        return verdict
    if application.status not in EDITABLE:
        return conflict(_("What was handed in stays as it is."))
    is_late = application.status == CertificationStatus.DRAFT and not application.round.is_open
    return conflict(NO_WINDOW) if is_late else ALLOWED


def can_submit_certification(actor: Actor, application: CertificationApplication) -> Verdict:
    """The checks that are made by themselves are asked here, too."""
    if not (verdict := can_edit_certification(actor, application)):
        return verdict
    if not (verdict := certification_is_whole(application)):
        return verdict
    return passes(checks_of(application))


def can_withdraw_certification(actor: Actor, application: CertificationApplication) -> Verdict:
    if not (verdict := can_manage_party(actor, application.party)):
        return verdict
    if application.status not in RETRACTABLE:
        return conflict(_("This application is decided or withdrawn already."))
    return ALLOWED


def applying_is_sound(fields: ApplyingFields) -> Verdict:
    return flawless(flaws_of_applying(fields))


def flaws_of_applying(fields: ApplyingFields) -> Iterator[Flaw]:
    for name in ("strengths", "cases"):
        if len(getattr(fields, name).strip()) > MOST_NOTE:
            yield Flaw(name, _("At most 2,000 characters."))


def certification_is_whole(application: CertificationApplication) -> Verdict:
    """What a draft may lack and an application may not."""
    if application.strengths.strip():
        return ALLOWED
    return flawless([Flaw("strengths", _("Say what you do for your creators."))])


def paper_is_sound(application: CertificationApplication, fields: PaperFields) -> Verdict:
    return flawless(flaws_of_paper(application, fields))


def flaws_of_paper(application: CertificationApplication, fields: PaperFields) -> Iterator[Flaw]:
    if fields.kind not in PaperKind.values:
        yield Flaw("kind", _("Choose one from the list."))
    elif fields.kind in HAVE_LAST_DAY and fields.expires_on is None:
        yield Flaw("expires_on", _("Say the last day this document holds."))
    if fields.expires_on is not None and fields.expires_on < clock.today():
        yield Flaw("expires_on", _("This document has ended already."))
    if application.papers.count() >= MOST_PAPERS:
        yield Flaw("file", _("At most twelve documents; remove one first."))


def can_check_certification(actor: Actor, application: CertificationApplication) -> Verdict:
    if not actor.has_perm("tiers.check_certificationapplication"):
        return forbidden(_("Only those who check documents of the mark may do this."))
    if not (verdict := is_outside(actor, application.party)):
        return verdict
    if application.status == CertificationStatus.SUBMITTED:
        return ALLOWED
    if application.status == CertificationStatus.NEED_INFO:
        return ALLOWED
    return conflict(_("Its documents are not to be checked now."))


def check_is_sound(application: CertificationApplication, fields: CheckFields) -> Verdict:
    return flawless(flaws_of_check(application, fields))


def flaws_of_check(application: CertificationApplication, fields: CheckFields) -> Iterator[Flaw]:
    is_asked = application.status == CertificationStatus.NEED_INFO
    if fields.answer not in PapersAnswer.values:
        yield Flaw("answer", _("Choose one from the list."))
    elif is_asked and fields.answer != PapersAnswer.REFUSE:
        yield Flaw("answer", _("The agency is asked for something; wait for it, or refuse."))
    if fields.answer != PapersAnswer.ACCEPT and not fields.sentence.strip():
        yield Flaw("sentence", _("Say why; the agency reads this sentence."))
    if len(fields.sentence.strip()) > MOST_SENTENCE:
        yield Flaw("sentence", _("At most 600 characters."))


def can_read_certification_paper(actor: Actor, party: Party) -> Verdict:
    """Those who sign for the agency, and those who look after the mark in its region."""
    if actor.role == SYSTEM:
        return ALLOWED
    if actor.speaks_for(party.pk):
        return can_manage_party(actor, party)
    works = (
        "tiers.check_certificationapplication",
        "tiers.review_certificationapplication",
        "tiers.decide_certificationappeal",
    )
    if any(actor.has_perm(one) for one in works) and covers_region(actor, party):
        return ALLOWED
    return forbidden(_("This file is not for you."))
