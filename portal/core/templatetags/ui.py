"""Tags and filters of every page: icons, form fields, and the one way to write money and dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect, Select, Widget
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from portal.core import clock
from portal.core.clock import SHANGHAI
from portal.core.contacts import masked_phone
from portal.core.money import Money
from portal.core.prose import rendered

register = template.Library()

MISSING = "—"  # shown where there is no value; never 0
UNDO = "undo="
SOON = timedelta(days=7)


@register.simple_tag
@lru_cache(maxsize=1_000)  # a page has a hundred of them, the site two hundred sorts
def icon(name: str, size: str = "") -> SafeString:
    """A drawing from the sprite: `{% icon "bell" %}`, `{% icon "lock" "small" %}`."""
    small = " icon-sm" if size == "small" else ""
    sprite = static("vendor/icons.svg")
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>', small, sprite, name
    )


@register.filter
def money(fen: Money | int | None) -> str:
    """¥1,234.50, with a true minus sign."""
    return MISSING if fen is None else str(_as_money(fen))


@register.filter
def money_short(fen: Money | int | None) -> str:
    """¥1,234 when there are no fen, the full form otherwise."""
    return MISSING if fen is None else _as_money(fen).short


@register.filter
def num(value: Decimal | float | None, digits: int = 0) -> str:
    """1,234 or, with `|num:1`, 66.2; with a true minus sign."""
    return MISSING if value is None else f"{value:z,.{digits}f}".replace("-", "−")


@register.filter
def day(value: date | None) -> str:
    """06-11, the calendar day in Shanghai; 2025-06-11 in another year. A date, or an aware
    datetime."""
    return MISSING if value is None else _day(_in_shanghai(value))


@register.filter
def moment(value: datetime | None) -> str:
    """06-11 10:02, in Shanghai; with its year where that is not this one."""
    if value is None:
        return MISSING
    local = _in_shanghai(value)
    return f"{_day(local)} {local:%H:%M}"


def _day(value: date) -> str:
    return f"{value:%m-%d}" if value.year == clock.today().year else f"{value:%Y-%m-%d}"


@register.filter
def age(value: datetime) -> str:
    """How long ago, in one unit: 3 months, 12 days, 5 hours."""
    minutes = int((clock.now() - value).total_seconds() // 60)
    hours, days = minutes // 60, minutes // (24 * 60)
    if days >= 60:
        return ngettext("%(n)d month", "%(n)d months", days // 30) % {"n": days // 30}
    if days:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if hours:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


@register.filter
def due_tone(value: date | None) -> str:
    """The colour of a deadline by the days left, the same everywhere: bad on its day and after it,
    warn in the week before."""
    if value is None:
        return ""
    left = (clock.day_of(value) if isinstance(value, datetime) else value) - clock.today()
    if left <= timedelta(0):
        return "bad"
    return "warn" if left <= SOON else ""


register.filter("masked_phone", masked_phone)
register.filter("prose", rendered)


@register.filter
def undo_url(extra_tags: str | None) -> str:
    """Where a message's undo is posted: `messages.success(…, extra_tags=f"undo={url}")`."""
    tags = (extra_tags or "").split()
    return next((tag.removeprefix(UNDO) for tag in tags if tag.startswith(UNDO)), "")


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, unit: str = "", prefix: str = "") -> dict[str, Any]:
    """A form field with label, help, and its errors beside it: `{% field form.name %}`."""
    return {
        "field": bound,
        "kind": _kind_of(bound),
        "is_optional": _is_optional(bound),
        "widget": bound.as_widget(attrs=_widget_attrs(bound)),
        "unit": unit,
        "prefix": prefix,
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(*forms: BaseForm) -> dict[str, Any]:
    """What is wrong with the forms, as links to the fields: `{% form_errors form %}`."""
    return {
        "sentences": [error for form in forms for error in form.non_field_errors()],
        "fields": [bound for form in forms for bound in form if bound.errors],
    }


@register.inclusion_tag("components/crumbs.html")
def crumbs(*steps: str) -> dict[str, Any]:
    """Where a page stands: label and address of each page above it, then its own label.

    `{% crumbs _("Service needs") needs_url need.number %}`
    """
    *above, here = steps
    return {"links": list(zip(above[::2], above[1::2], strict=True)), "here": here}


@register.simple_tag
def page_link(query: QueryDict | None, parameter: str, value: str) -> str:
    """This page's address with one parameter changed: `?kind=merchant&cursor=…`."""
    changed = query.copy() if query else QueryDict(mutable=True)
    changed[parameter] = value
    return f"?{changed.urlencode()}"


def _as_money(fen: Money | int) -> Money:
    return fen if isinstance(fen, Money) else Money(fen)


def _in_shanghai(value: date) -> date:
    return value.astimezone(SHANGHAI) if isinstance(value, datetime) else value


def _is_optional(bound: BoundField) -> bool:
    """What begins with a value is chosen already; what is needed unless something else is given
    says so itself."""
    is_conditional = getattr(bound.field, "is_conditional", False)
    return not bound.field.required and bound.field.initial is None and not is_conditional


def _kind_of(bound: BoundField) -> str:
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, CheckboxInput):
        return "check"
    if getattr(widget, "input_type", "") == "range":
        return "range"
    return "choices" if isinstance(widget, RadioSelect) else "plain"


def _class_of(widget: Widget) -> str:
    if getattr(widget, "input_type", "") == "range":
        return "form-range"
    return "form-select" if isinstance(widget, Select) else "form-control"


def _widget_attrs(bound: BoundField) -> dict[str, str | bool]:
    """The classes that Tabler wants on this kind of widget, beside the widget's own."""
    widget = bound.field.widget
    if isinstance(widget, RadioSelect):
        return {}  # its class would fall on the box around the choices
    if isinstance(widget, CheckboxInput):
        classes = "form-check-input"
    else:
        classes = _class_of(widget)
    invalid = "is-invalid" if bound.errors else ""
    own = widget.attrs.get("class", "")
    return {"class": " ".join(word for word in (own, classes, invalid) if word)}
