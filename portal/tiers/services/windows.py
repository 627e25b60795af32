"""Opening windows in which agencies apply."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.tiers import rules, selectors
from portal.tiers.engine import Quarter
from portal.tiers.fields import WindowFields
from portal.tiers.models import StarReview, StarRuleSet, StarWindow
from portal.tiers.states import ReviewStatus


@transaction.atomic
def open_star_window(actor: Actor, *, fields: WindowFields) -> StarWindow:
    """Of a quarter; its reviews, computed or still to be, wait for its results' day."""
    rules.can_manage_windows(actor).require()
    rules_held = _check(fields)
    # The night that freezes the quarter waits, or has frozen: else each would miss the other.
    StarRuleSet.objects.select_for_update(no_key=True).get(pk=rules_held.pk)
    try:
        with transaction.atomic():
            window = StarWindow.objects.create(
                **asdict(fields), created_by=actor.user, created_at=clock.now()
            )
    except IntegrityError as error:
        raise Refused(conflict(_("This quarter has its window already."))) from error
    computed = StarReview.objects.of(window.of_quarter).filter(status=ReviewStatus.COMPUTED)
    computed.update(window=window)
    audit.record(actor, "open_star_window", window, after=_said(fields))
    return window


@transaction.atomic
def update_star_window(actor: Actor, *, window: StarWindow, fields: WindowFields) -> StarWindow:
    """Its days, until it opens; the quarter stays."""
    window = StarWindow.objects.select_for_update().get(pk=window.pk)
    rules.can_change_window(actor, window).require()
    if Quarter(fields.year, fields.quarter) != window.of_quarter:
        raise Refused(conflict(_("The quarter of a window stays; open another one.")))
    _check(fields)
    before = {name: getattr(window, name) for name in _said(fields)}
    for name, value in asdict(fields).items():
        setattr(window, name, value)
    window.save()
    audit.record(actor, "update_star_window", window, before=before, after=_said(fields))
    return window


def _check(fields: WindowFields) -> StarRuleSet:
    """The rules that judge its quarter."""
    held, before = None, None
    if 1 <= fields.quarter <= 4 and 2000 <= fields.year <= 2200:
        quarter = Quarter(fields.year, fields.quarter)
        held = selectors.rules_of(quarter)
        before = StarWindow.objects.of(quarter.previous()).first()
    rules.window_is_sound(fields, held, before).require()
    assert held is not None
    return held


def _said(fields: WindowFields) -> dict[str, object]:
    return {
        name: value for name, value in asdict(fields).items() if name not in ("year", "quarter")
    }
