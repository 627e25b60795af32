"""Cases in every state, made through the services like everybody's. Those further on are made
first: the sweep that ends one hearing ends the others, too."""

from __future__ import annotations

from datetime import timedelta

from portal.conduct import services
from portal.conduct.fields import ActionFields, ReportFields
from portal.conduct.models import Case, CorrectiveAction, Report
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party
from tests.factories import SYSTEM

CHARGE = "收取服务费后三场直播没有开播。"


def report_fields(rule: str = "brushing", **changes) -> ReportFields:
    said = {"text": "三场都没开播，钱也没退。", "happened_on": clock.today() - timedelta(days=3)}
    return ReportFields(rule=rule, **(said | changes))


def reported(actor: Actor, party: Party, rule: str = "brushing", **changes) -> Report:
    return services.report_conduct(actor, party=party, fields=report_fields(rule, **changes))


def notified(judge: Actor, report: Report) -> Case:
    return services.notify_case(judge, case=report.case, charge=CHARGE)


def heard(judge: Actor, report: Report) -> Case:
    """The party said nothing in its time."""
    case = notified(judge, report)
    with clock.standing_at(clock.now() + timedelta(days=30)):
        services.sweep_cases(SYSTEM)
    case.refresh_from_db()
    return case


def confirmed(judge: Actor, report: Report) -> Case:
    return services.confirm_case(judge, case=heard(judge, report), reason="证据充分。")


def in_force(judge: Actor, report: Report) -> Case:
    """Nobody appealed in time: in force from now on."""
    case = confirmed(judge, report)
    Case.objects.filter(pk=case.pk).update(due_on=clock.today() - timedelta(days=1))
    assert services.sweep_cases(SYSTEM) == 1
    case.refresh_from_db()
    return case


def asked(judge: Actor, case: Case, days: int = 10) -> CorrectiveAction:
    fields = ActionFields(
        "退还服务费", "把三场的服务费退给商家。", clock.today() + timedelta(days=days)
    )
    return services.ask_action(judge, case=case, fields=fields)
