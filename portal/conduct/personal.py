"""What cases of conduct hold of a person. That something was reported, said and decided stays; the
words of persons go, and the files they handed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.conduct.models import ActionStep, Appeal, Case, Hearing, Report
from portal.conduct.rules import is_kept_hidden
from portal.conduct.states import RUNNING
from portal.core.actor import system_actor
from portal.core.database import forget
from portal.core.files import delete_file
from portal.core.models import StoredFile
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_ban, register_holding, register_obstacle
from portal.parties.models import Party, User

GONE = "—"


def tell_reports(person: User) -> list[dict[str, Any]]:
    rows = Report.objects.filter(reporter=person).order_by("pk")
    return [dict(row) for row in rows.values("public_id", "case__party_id", "text", "at")]


def forget_reports(person: User, own: Sequence[Party]) -> None:
    """What the party was told of it stays: it names nobody who reported."""
    Report.objects.filter(reporter=person).update(text=GONE)  # its files go with all personal ones


def tell_statements(person: User) -> list[dict[str, Any]]:
    """What this person said for a party that was accused."""
    said: list[dict[str, Any]] = []
    for model in (Hearing, Appeal):
        rows = model._default_manager.filter(by=person).order_by("pk")
        said += [dict(row) for row in rows.values("case__public_id", "text", "at")]
    steps = ActionStep.objects.filter(by=person).order_by("pk")
    return said + [dict(row) for row in steps.values("action_id", "step", "text", "at")]


def forget_statements(person: User, own: Sequence[Party]) -> None:
    """A natural person's words in their own case; a firm's words are the firm's."""
    natural = [party.pk for party in own if party.is_natural_person]
    for model in (Hearing, Appeal):
        rows = model._default_manager.filter(case__party__in=natural)
        _forget_files(rows)
        rows.update(text=GONE)
    Case.objects.filter(party__in=natural).exclude(charge="").update(charge=GONE)
    steps = ActionStep.objects.filter(action__case__party__in=natural).exclude(text="")
    _forget_files(steps)
    forget(ActionStep._meta.db_table, list(steps.values_list("pk", flat=True)), None)


def _forget_files(rows: Any) -> None:
    for file in StoredFile.objects.alive().filter(pk__in=rows.values("evidence")):
        delete_file(system_actor("task"), file=file, why="erasure")


@register_obstacle
def has_no_running_case(party: Party) -> Verdict:
    """Nobody closes a party to get out of a case it was told of."""
    if Case.objects.filter(party=party, status__in=RUNNING).exists():
        return conflict(_("A case of conduct about this party is running; wait for its end."))
    return ALLOWED


@register_ban
def is_not_kept_hidden(party: Party) -> Verdict:
    """A measure that hides a party is not undone by its own people."""
    return is_kept_hidden(party.pk)


register_holding("conduct_reports", tell_reports, forget_reports)
register_holding("conduct_statements", tell_statements, forget_statements)
