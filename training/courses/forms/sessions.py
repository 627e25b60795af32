"""A session as operators plan it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.forms import Form, MomentField, show_flaws
from portal.parties.models import City, User
from training.courses import rules, states
from training.courses.fields import SessionFields
from training.courses.models import Course, Session
from training.courses.states import SessionForm as Form_

DAY, HOUR = "%Y-%m-%d", "%H:%M"
WEEK = timedelta(days=7)
PLAIN = (
    *("joins_until", "cancels_until", "finishes_until", "most_per_party"),
    *("starts_at", "ends_at", "city_id", "venue", "link"),
)


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Everybody concerned reads it.")
    )


class SessionForm(Form):
    """What a session of this course is asked for: hours and a link or a place, or at one's own
    pace its first and last day."""

    meetings = forms.CharField(
        label=_("Planned hours"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A line each, in Shanghai time: 2026-12-01 14:00 16:00"),
    )
    starts_at = MomentField(label=_("starts at"))
    ends_at = MomentField(label=_("ends at"))
    link = forms.URLField(
        label=_("link to the live room"), required=False, max_length=300, assume_scheme="https"
    )
    city_id = forms.TypedChoiceField(label=_("city"), coerce=int)
    venue = forms.CharField(label=_("venue"), max_length=80)
    opens_at = MomentField(label=_("Enrolling opens"))
    joins_until = MomentField(label=_("enrol until"))
    cancels_until = MomentField(label=_("give up until"))
    finishes_until = MomentField(label=_("finish until"))
    seats = forms.IntegerField(label=_("seats"), min_value=1, max_value=20_000)
    most_per_party = forms.IntegerField(
        label=_("seats of one party, at most"), min_value=1, max_value=1_000, initial=5
    )
    offer_hours = forms.IntegerField(
        label=_("an offer lasts (hours)"), min_value=1, max_value=168, initial=24
    )
    instructors = forms.CharField(
        label=_("Instructors"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The mail of each one's login, a line each."),
    )

    def __init__(
        self,
        course: Course,
        *args: Any,
        session: Session | None = None,
        like: Session | None = None,
        **kwargs: Any,
    ) -> None:
        """`like`: one that is planned again, at the same hours of another week."""
        kwargs["initial"] = _initial(session) if session else _again(like) if like else {}
        super().__init__(*args, **kwargs)
        self.course = course
        for name in _left_out(states.FORMS[course.kind]):
            del self.fields[name]
        if "city_id" in self.fields:
            cities = [(one.pk, one.name) for one in City.objects.all()]
            cast(forms.ChoiceField, self.fields["city_id"]).choices = cities

    def clean_meetings(self) -> list[tuple[datetime, datetime]]:
        lines = str(self.cleaned_data["meetings"]).splitlines()
        return [_read(number, line) for number, line in enumerate(lines, 1) if line.strip()]

    def clean_instructors(self) -> list[int]:
        mails = str(self.cleaned_data["instructors"]).split()
        found = {user.email: user.pk for user in User.objects.filter(email__in=mails)}
        for mail in mails:
            if mail not in found:
                raise forms.ValidationError(_("Nobody signs in with %(mail)s.") % {"mail": mail})
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            show_flaws(self, rules.flaws_of_session(self.course, self.fields_given()), {})
        return data

    def fields_given(self) -> SessionFields:
        return SessionFields(**self.cleaned_data)


def _left_out(form: Form_) -> tuple[str, ...]:
    if form == Form_.OPEN:
        return ("meetings", "city_id", "venue", "link")
    if form == Form_.LIVE:
        return ("starts_at", "ends_at", "city_id", "venue")
    return ("starts_at", "ends_at", "link")


def _read(number: int, line: str) -> tuple[datetime, datetime]:
    """A day and two hours."""
    try:
        day, begins, ends = line.split()
        start, end = (
            datetime.strptime(f"{day} {hour}", f"{DAY} {HOUR}").replace(tzinfo=clock.SHANGHAI)
            for hour in (begins, ends)
        )
    except ValueError as error:
        sentence = _("Line %(n)s: write a day and two hours, such as 2026-12-01 14:00 16:00.")
        raise forms.ValidationError(sentence % {"n": number}) from error
    return start, end


def _again(session: Session) -> dict[str, Any]:
    """In the first week that is at least seven days ahead, with every other time moved along."""
    ahead = clock.now() + WEEK - session.starts_at
    weeks = max(1, -(-ahead // WEEK))
    return _initial(session, weeks * WEEK)


def _initial(session: Session, moved: timedelta = timedelta()) -> dict[str, Any]:
    local = clock.SHANGHAI
    hours = [(one.starts_at + moved, one.ends_at + moved) for one in session.meetings.all()]
    lines = [
        f"{start.astimezone(local):{DAY} {HOUR}} {end.astimezone(local):{HOUR}}"
        for start, end in hours
    ]
    mails = session.instructors.values_list("user__email", flat=True)
    return {
        **{name: _later(getattr(session, name), moved) for name in PLAIN},
        "meetings": "\n".join(lines),
        "opens_at": session.occasion.opens_at + moved,
        "seats": session.pool.capacity,
        "offer_hours": session.occasion.offer_minutes // 60,
        "instructors": "\n".join(mail for mail in mails if mail),
    }


def _later(value: Any, moved: timedelta) -> Any:
    return value + moved if isinstance(value, datetime) else value
