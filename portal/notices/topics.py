"""What notices are about. Each part of the site names its topics in its `notice_topics.py`:

    register_topic("proposals", _("Proposals"), events=("proposal.",), is_urgent=True)

`events` are names of events, or beginnings that end with a point. A topic is *required* where the
law or a person's safety asks for a mail, and *urgent* where a text message is worth its price.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.notices.states import Mail


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    title: str | Promise
    events: tuple[str, ...]
    is_required: bool = False
    is_urgent: bool = False
    mail: Mail = Mail.NOW


_topics: dict[str, Topic] = {}


def register_topic(
    name: str,
    title: str | Promise,
    *,
    events: tuple[str, ...],
    is_required: bool = False,
    is_urgent: bool = False,
    mail: Mail = Mail.NOW,
) -> Topic:
    _topics[name] = Topic(name, title, events, is_required, is_urgent, mail)
    return _topics[name]


def topics() -> list[Topic]:
    """Every topic, in the order they were named; what belongs to none of them comes last."""
    return [*_topics.values(), OTHER]


def topic_named(name: str) -> Topic | None:
    return next((topic for topic in topics() if topic.name == name), None)


def topic_of(event: str) -> Topic:
    """The topic that names this very event, else the one that names its beginning."""
    for topic in _topics.values():
        if event in topic.events:
            return topic
    for topic in _topics.values():
        if any(event.startswith(start) for start in topic.events if start.endswith(".")):
            return topic
    return OTHER


OTHER = Topic("other", _("Everything else"), ())
FILES = register_topic(
    "files", _("Imports and exports that ended"), events=("import.", "export."), mail=Mail.OFF
)
