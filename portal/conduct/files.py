"""Evidence: of who reports, and of who is accused. Who reported is hidden, so files get plain
names, and the party opens only what an operator chose to show it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.conduct import rules
from portal.conduct.models import ActionStep, Appeal, Case, Hearing, Report
from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, forbidden

REPORT_EVIDENCE = "conduct-report"
ANSWER_EVIDENCE = "conduct-answer"


def may_read_report(actor: Actor, file: StoredFile) -> Verdict:
    """Who handed it in, who decides the case, and the party if it was shown to it."""
    if _is_uploader(actor, file):
        return ALLOWED
    shown = Case.objects.filter(shown=file).select_related("party").first()
    if shown is not None and rules.can_read_case(actor, shown):
        return ALLOWED
    report = Report.objects.filter(evidence=file).select_related("case__party__city").first()
    found = Case.objects.filter(evidence=file).select_related("party__city").first()
    case = report.case if report is not None else found
    return rules.may_lead(actor, case) if case is not None else _not_for_you()


def may_read_answer(actor: Actor, file: StoredFile) -> Verdict:
    """The party's own managers, and who decides the case."""
    case = _case_of_answer(file)
    if case is not None:
        return rules.can_read_case(actor, case) or rules.may_lead(actor, case)
    return ALLOWED if _is_uploader(actor, file) else _not_for_you()


def _case_of_answer(file: StoredFile) -> Case | None:
    about = "case__party__city"
    for model in (Hearing, Appeal):
        row = model._default_manager.filter(evidence=file).select_related(about).first()
        if row is not None:
            return row.case
    steps = ActionStep.objects.filter(evidence=file).select_related(f"action__{about}")
    step = steps.first()
    return step.action.case if step is not None else None


def _is_uploader(actor: Actor, file: StoredFile) -> bool:
    return actor.user_id is not None and actor.user_id == file.uploaded_by_id


def _not_for_you() -> Verdict:
    return forbidden(_("This file is not for you."))


register_purpose(REPORT_EVIDENCE, may_read=may_read_report, is_personal=True)
register_purpose(ANSWER_EVIDENCE, may_read=may_read_answer)
