"""Telling the platform of a party's conduct, and opening a case without a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.conduct import rules
from portal.conduct.fields import Evidence, ReportFields
from portal.conduct.files import REPORT_EVIDENCE
from portal.conduct.models import Case, Report, Rule
from portal.conduct.places import find_place
from portal.conduct.services.evidence import keep_evidence
from portal.conduct.states import UNDECIDED, WITHIN, CaseStatus
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.core.workdays import add_working_days
from portal.parties.models import Party, User
from portal.parties.services import lock_party


@transaction.atomic
def report_conduct(
    actor: Actor, *, party: Party, fields: ReportFields, evidence: Sequence[Evidence] = ()
) -> Report:
    """Report a party. What others reported of the same thing, and is not decided yet, becomes one
    case with it; the party never learns who reported."""
    rules.can_report_party(actor, party).require()
    assert actor.user is not None  # a rule above
    User.objects.select_for_update(no_key=True).get(
        pk=actor.user.pk
    )  # a person's reports come one by one
    rules.may_report_again(actor).require()
    party = lock_party(party)
    rule = _require_sound(actor, party, fields, len(evidence))
    case = _undecided(party, rule, fields) or _new_case(party, rule, fields)
    if case.reports.filter(reporter=actor.user).exists():
        raise Refused(conflict(_("You have reported this already; it is being looked into.")))
    report = Report.objects.create(
        case=case,
        reporter=actor.user,
        reporter_party=actor.party,
        text=fields.text.strip(),
        happened_on=fields.happened_on,
        at=clock.now(),
    )
    report.evidence.set(keep_evidence(actor, evidence, purpose=REPORT_EVIDENCE))
    # The trail of the case is read by the party: it does not hold who reported.
    after = {"case": case.pk, "rule": rule.code, "evidence": len(evidence)}
    audit.record(actor, "report_conduct", report, after=after)
    return report


@transaction.atomic
def open_case(
    actor: Actor, *, party: Party, fields: ReportFields, evidence: Sequence[Evidence] = ()
) -> Case:
    """An operator opens a case on their own; the text becomes the draft of the charge."""
    party = lock_party(party)
    rules.may_open_case(actor, party).require()
    rule = _require_sound(actor, party, fields, len(evidence))
    if (known := _undecided(party, rule, fields)) is not None:
        sentence = _("An undecided case says the same: %(number)s.") % {"number": known.number}
        raise Refused(conflict(sentence))
    case = _new_case(party, rule, fields, charge=fields.text.strip(), opened_by=actor.user)
    case.evidence.set(keep_evidence(actor, evidence, purpose=REPORT_EVIDENCE))
    after = {"party": party.pk, "rule": rule.code, "evidence": len(evidence)}
    audit.record(actor, "open_conduct_case", case, after=after)
    return case


def _require_sound(actor: Actor, party: Party, fields: ReportFields, evidence: int) -> Rule:
    """The rule that was in force then, if everything said is sound."""
    flaws = list(rules.flaws_of_report(party, fields, evidence))
    kind, key = fields.place
    if kind:
        place = find_place(actor, kind, key)
        if place is None or party.pk not in place.party_ids:
            flaws.append(Flaw("place", _("There is no such place that you and the party share.")))
    flawless(flaws).require()
    rule = rules.rule_named(party, fields)
    assert rule is not None  # the flaws above
    return rule


def _undecided(party: Party, rule: Rule, fields: ReportFields) -> Case | None:
    """The case this belongs to; the party is locked, so nobody opens a second one meanwhile."""
    kind, key = fields.place
    same = Case.objects.filter(party=party, rule=rule, place_kind=kind, place_key=key)
    return same.filter(status__in=UNDECIDED).first()


def _new_case(
    party: Party,
    rule: Rule,
    fields: ReportFields,
    *,
    charge: str = "",
    opened_by: User | None = None,
) -> Case:
    now = clock.now()
    kind, key = fields.place
    return Case.objects.create(
        party=party,
        rule=rule,
        happened_on=fields.happened_on,
        place_kind=kind,
        place_key=key,
        charge=charge,
        opened_by=opened_by,
        opened_at=now,
        changed_at=now,
        due_on=_look_by(clock.day_of(now)),
    )


def _look_by(day: date) -> date:
    return add_working_days(day, WITHIN[CaseStatus.REPORTED])
