"""What kinds of courses there are, and the ways of a course and of a session of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseKind(models.TextChoices):
    """The kinds that the year's plan counts."""

    LIVE = "live", _("Live course")
    OFFLINE = "offline", _("Offline course")
    MEETUP = "meetup", _("Exchange meet-up")
    OPEN = "open", _("Open course")


class Level(models.TextChoices):
    BASIC = "basic", _("Beginners")
    MIDDLE = "middle", _("Experienced")
    EXPERT = "expert", _("Experts")


class Topic(models.TextChoices):
    ONBOARDING = "onboarding", _("Opening and onboarding")
    LIVE_ROOM = "live_room", _("Live rooms")
    SHORT_VIDEO = "short_video", _("Short video")
    ADS = "ads", _("Paid ads")
    PRODUCT = "product", _("Products and supply")
    CREATORS = "creators", _("Working with creators")
    SERVICE = "service", _("After-sales and service")
    COMPLIANCE = "compliance", _("Compliance")
    DATA = "data", _("Data and method")
    TEAM = "team", _("Team")
    MONEY = "money", _("Money and statements")


class CourseStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


C = CourseStatus
COURSE_TRANSITIONS: dict[str, frozenset[str]] = {
    C.DRAFT: frozenset({C.PUBLISHED}),
    C.PUBLISHED: frozenset({C.ARCHIVED}),
    C.ARCHIVED: frozenset({C.PUBLISHED}),
}


class ProgrammeKind(models.TextChoices):
    COLD_START = "cold_start", _("Cold start")
    BELT = "belt", _("Industry belt")
    ACADEMY = "academy", _("Creator academy")
    ROLE = "role", _("For a role")
    CUSTOM = "custom", _("Custom path")


class SessionForm(models.TextChoices):
    LIVE = "live", _("Live link")
    OFFLINE = "offline", _("On site")
    OPEN = "open", _("At your own pace")


FORMS: dict[str, SessionForm] = {  # what a session of each kind is
    CourseKind.LIVE: SessionForm.LIVE,
    CourseKind.OFFLINE: SessionForm.OFFLINE,
    CourseKind.MEETUP: SessionForm.OFFLINE,
    CourseKind.OPEN: SessionForm.OPEN,
}


class SessionStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Enrolling")
    RUNNING = "running", _("Running")
    DONE = "done", _("Over")
    CANCELLED = "cancelled", _("Cancelled")


S = SessionStatus
SESSION_TRANSITIONS: dict[str, frozenset[str]] = {
    S.PLANNED: frozenset({S.OPEN, S.CANCELLED}),
    S.OPEN: frozenset({S.RUNNING, S.CANCELLED}),
    S.RUNNING: frozenset({S.DONE}),
    S.DONE: frozenset(),
    S.CANCELLED: frozenset(),
}
AHEAD = frozenset({S.OPEN, S.RUNNING})
BEFORE = frozenset({S.PLANNED, S.OPEN})
TOLD = frozenset({S.OPEN, S.RUNNING, S.DONE})
