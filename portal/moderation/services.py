"""Opening, deciding and appealing cases; the list of words."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, unmet
from portal.moderation import rules, states
from portal.moderation.engine.matching import Hit, folded
from portal.moderation.models import Case, Word
from portal.moderation.selectors import digest_of
from portal.moderation.states import CaseKind, CaseState
from portal.moderation.words import forget_words
from portal.notices.services import notify

Outcome = Callable[[str], None]
_outcomes: dict[str, Outcome] = {}
AROUND = 30  # characters of an excerpt on each side of the first word


def register_outcome(object_type: str, outcome: Outcome) -> None:
    """Announce what follows when a case about this kind of object changes; it gets the object's
    key, in the transaction of the change."""
    _outcomes[object_type] = outcome


# --- what is watched ------------------------------------------------------------------------------


@transaction.atomic
def watch_texts(
    actor: Actor, *, obj: models.Model, party_id: int | None, texts: Mapping[str, str], url: str
) -> None:
    """Call it where these texts of `obj` are written: a case opens for each that a person must
    look at; cases about what stood there before are dropped."""
    kept = []
    for field, text in texts.items():
        hits = rules.words_to_review(text)
        if hits:
            kept.append(digest_of(text))
            facts = {"excerpt": _excerpt(text, hits[0]), "words": _words(hits), "url": url}
            _open_case(actor, obj, CaseKind.TEXT, field, kept[-1], party_id, **facts)
    old = Case.objects.about(obj).holding().filter(kind=CaseKind.TEXT, field__in=texts)
    for case in old.exclude(digest__in=kept).select_for_update(no_key=True):
        _change_state(actor, case, CaseState.DROPPED, verb="drop_case")


@transaction.atomic
def watch_picture(
    actor: Actor,
    *,
    obj: models.Model,
    field: str,
    file_id: uuid.UUID,
    party_id: int | None,
    url: str,
) -> None:
    """Call it where a public picture is set: only its party sees it until an operator passes it."""
    _open_case(actor, obj, CaseKind.IMAGE, field, str(file_id), party_id, file_id=file_id, url=url)


@transaction.atomic
def drop_pictures(actor: Actor, *, obj: models.Model) -> None:
    """Call it where a picture is taken off: nobody has to look at it any more."""
    for case in (
        Case.objects.about(obj).holding().filter(kind=CaseKind.IMAGE).select_for_update(no_key=True)
    ):
        _change_state(actor, case, CaseState.DROPPED, verb="drop_case")


# --- the decision ---------------------------------------------------------------------------------


@transaction.atomic
def pass_case(actor: Actor, *, case: Case) -> Case:
    """Everybody may see it."""
    case = _lock(case)
    rules.can_decide_case(actor, case).require()
    case.decided_by, case.decided_at = actor.user, clock.now()
    _change_state(actor, case, CaseState.PASSED, verb="pass_case")
    _tell(case, gettext_noop("What you wrote was looked at and is shown now."))
    return case


@transaction.atomic
def refuse_case(actor: Actor, *, case: Case, reason: str) -> Case:
    """It stays hidden; the author reads the reason and may appeal."""
    case = _lock(case)
    rules.can_decide_case(actor, case).require()
    case.decided_by, case.decided_at = actor.user, clock.now()
    case.reason = _said(reason)
    _change_state(actor, case, CaseState.REFUSED, verb="refuse_case", why=case.reason)
    _tell(case, gettext_noop("What you wrote was refused: %(reason)s"), reason=case.reason)
    return case


@transaction.atomic
def appeal_case(actor: Actor, *, case: Case, text: str) -> Case:
    """The author disagrees; another operator decides."""
    case = _lock(case)
    rules.can_appeal_case(actor, case).require()
    if not text.strip():
        raise Refused(unmet(_("Say why the refusal is wrong.")))
    case.appealed_at, case.appeal = clock.now(), text.strip()[:600]
    _change_state(actor, case, CaseState.APPEALED, verb="appeal_case")
    return case


@transaction.atomic
def decide_appeal(actor: Actor, *, case: Case, is_upheld: bool, reason: str) -> Case:
    """The last word, by a second person."""
    case = _lock(case)
    rules.can_decide_appeal(actor, case).require()
    case.second_by, case.second_at = actor.user, clock.now()
    case.second_reason = _said(reason)
    state = CaseState.UPHELD if is_upheld else CaseState.REVERSED
    _change_state(actor, case, state, verb="decide_appeal", why=case.second_reason)
    sentence = (
        gettext_noop("Your appeal was turned down: %(reason)s")
        if is_upheld
        else gettext_noop("Your appeal was right; the text or picture is shown: %(reason)s")
    )
    _tell(case, sentence, reason=case.second_reason)
    return case


# --- the list of words ----------------------------------------------------------------------------


@transaction.atomic
def save_word(actor: Actor, *, word: Word, changed: Sequence[str]) -> None:
    """Write a word an operator edited."""
    rules.can_edit_words(actor).require()
    word.folded, word.changed_at = folded(word.text), clock.now()
    if not word.folded:
        raise Refused(unmet(_("A word has letters or numbers.")))
    if Word.objects.exclude(pk=word.pk).filter(folded=word.folded).exists():
        raise Refused(conflict(_("This word is listed already.")))
    word.save()
    audit.record(actor, "save_word", word, after={n: str(getattr(word, n)) for n in changed})
    transaction.on_commit(forget_words)


# --- within ---------------------------------------------------------------------------------------


def _open_case(
    actor: Actor,
    obj: models.Model,
    kind: CaseKind,
    field: str,
    digest: str,
    party_id: int | None,
    **facts: object,
) -> None:
    case, is_new = Case.objects.get_or_create(
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        field=field,
        digest=digest,
        defaults={
            **facts,
            "kind": kind,
            "author": actor.user,
            "party_id": party_id,
            "opened_at": clock.now(),
        },
    )
    if is_new:
        audit.record(actor, "open_case", case, after={"field": field, "words": case.words})
    elif case.state == CaseState.DROPPED:
        _reopen(actor, case)


def _reopen(actor: Actor, case: Case) -> None:
    """The same text came back: what was decided about it holds again, else it waits anew."""
    state = CaseState.REFUSED if case.reason else CaseState.OPEN
    _change_state(actor, case, CaseState.UPHELD if case.second_reason else state, verb="open_case")


def _lock(case: Case) -> Case:
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def _change_state(actor: Actor, case: Case, state: CaseState, *, verb: str, why: str = "") -> None:
    if state not in states.TRANSITIONS[case.state]:
        raise Refused(conflict(_("This is not possible in the case's present state.")))
    before, case.state = case.state, state
    case.save()
    audit.record(actor, verb, case, before={"state": before}, after={"state": state}, why=why)
    if outcome := _outcomes.get(case.object_type):
        outcome(case.object_id)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused(unmet(_("Give a reason; the author reads it.")))
    return reason.strip()[:300]


def _tell(case: Case, sentence: str, **params: str) -> None:
    if case.author_id is None:
        return
    notify(
        [case.author_id],
        party_id=case.party_id,
        event=f"moderation.{case.state}",
        key=f"moderation:{case.pk}:{case.state}",
        sentence=sentence,
        params=params,
        url=case.get_absolute_url(),
    )


def _excerpt(text: str, hit: Hit) -> str:
    return " ".join(text[max(0, hit.start - AROUND) : hit.end + AROUND].split())[:200]


def _words(hits: Sequence[Hit]) -> list[str]:
    return list(dict.fromkeys(hit.entry.text for hit in hits))
