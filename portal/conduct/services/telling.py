"""What the party and the reporters are told. The one never learns who the others are."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.conduct.models import Case, CorrectiveAction
from portal.notices.services import notify
from portal.parties.services import tell_party


def tell_accused(case: Case, event: str, sentence: str, **params: Any) -> None:
    """Tell those who manage the party, once an event."""
    tell_party(
        case.party,
        event=f"conduct.{event}",
        key=f"conduct-{event}:{case.pk}",
        sentence=sentence,
        params={"number": case.number, "rule": titles_of(case), **_plain(params)},
        url=case.get_absolute_url(),
    )


def tell_reporters(case: Case, event: str, sentence: str, **params: Any) -> None:
    """Tell everybody who reported it how it ended."""
    for report in case.reports.all():
        notify(
            [report.reporter_id],
            party_id=report.reporter_party_id,
            event=f"conduct_report.{event}",
            key=f"conduct-report-{event}:{report.pk}",
            sentence=sentence,
            params={"party": case.party.name, **_plain(params)},
            url=report.get_absolute_url(),
        )


def tell_of_action(action: CorrectiveAction, event: str, sentence: str, **params: Any) -> None:
    """Tell those who manage the party; the same thing may happen to an action more than once."""
    tell_party(
        action.case.party,
        event=f"conduct.action_{event}",
        key=f"conduct-action-{event}:{action.pk}:{action.steps.count()}:{action.due_on}",
        sentence=sentence,
        params={"title": action.title, "day": action.due_on.isoformat(), **_plain(params)},
        url=action.get_absolute_url(),
    )


def titles_of(case: Case) -> dict[str, str]:
    """Each reader reads the rule's title in their own language."""
    return {"zh": case.rule.title_zh, "en": case.rule.title_en}


def _plain(params: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value[:200]
        for name, value in params.items()
    }
