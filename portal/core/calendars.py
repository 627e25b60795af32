"""Appointments as calendars read them (RFC 5545), one event a file. No contacts stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpResponse

LINE = 75  # bytes, without the line break
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Event:
    """`version` grows with each change, so that a calendar takes the last one."""

    uid: str
    version: int
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    title: str
    text: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar_file(event: Event, name: str) -> HttpResponse:
    """The event as a download."""
    response = HttpResponse(render_event(event), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def render_event(event: Event) -> bytes:
    method = "CANCEL" if event.is_cancelled else "PUBLISH"
    return _calendar([event], f"METHOD:{method}")


def render_feed(events: Iterable[Event], name: str) -> bytes:
    """What a calendar subscribes to: it looks again every hour."""
    return _calendar(
        events,
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{name.translate(ESCAPED)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    )


def _calendar(events: Iterable[Event], *head: str) -> bytes:
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Trilink//Calendar//EN", *head),
        *(line for event in events for line in _lines(event)),
        "END:VCALENDAR",
    ]
    return b"".join(b"\r\n ".join(_folded(line)) + b"\r\n" for line in lines)


def _lines(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"SEQUENCE:{event.version}"
    yield f"DTSTAMP:{_utc(event.changed_at)}"
    yield f"DTSTART:{_utc(event.starts_at)}"
    yield f"DTEND:{_utc(event.ends_at)}"
    yield f"SUMMARY:{event.title.translate(ESCAPED)}"
    if event.text:
        yield f"DESCRIPTION:{event.text.translate(ESCAPED)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "STATUS:CANCELLED" if event.is_cancelled else "STATUS:CONFIRMED"
    if not event.is_cancelled:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M")
        yield f"DESCRIPTION:{event.title.translate(ESCAPED)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _folded(line: str) -> Iterator[bytes]:
    """Pieces of at most 75 bytes that split no character; those after the first begin with a
    space, which counts."""
    piece = b""
    room = LINE
    for character in line:
        encoded = character.encode()
        if len(piece) + len(encoded) > room:
            yield piece
            piece, room = b"", LINE - 1
        piece += encoded
    yield piece


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
