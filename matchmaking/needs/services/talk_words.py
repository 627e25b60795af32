"""What the two sides are told of contacts and calls: to the merchant, and to the bidder."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop


@dataclass(frozen=True, slots=True)
class Telling:
    """The event's name, and the sentence for each side."""

    what: str
    to_merchant: str
    to_bidder: str


PROPOSED = {
    "contacts": Telling(
        "proposed",
        gettext_noop("%(provider)s asks to exchange contacts about “%(need)s”."),
        gettext_noop("The merchant asks to exchange contacts about “%(need)s”."),
    ),
    "call": Telling(
        "proposed",
        gettext_noop("%(provider)s suggests a call about “%(need)s”: choose a time."),
        gettext_noop("The merchant suggests a call about “%(need)s”: choose a time."),
    ),
}
SUGGESTED = Telling(
    "suggested",
    gettext_noop("%(provider)s suggests other times for the call about “%(need)s”."),
    gettext_noop("The merchant suggests other times for the call about “%(need)s”."),
)
AGREED = {
    "contacts": Telling(
        "agreed",
        gettext_noop("%(provider)s agreed: contacts about “%(need)s” are exchanged."),
        gettext_noop("The merchant agreed: contacts about “%(need)s” are exchanged."),
    ),
    "call": Telling(
        "agreed",
        gettext_noop("The call with %(provider)s about “%(need)s” is booked: %(at)s."),
        gettext_noop("The call about “%(need)s” is booked: %(at)s."),
    ),
}
KEPT = Telling(
    "kept",
    gettext_noop("The call with %(provider)s about “%(need)s” stays at %(at)s."),
    gettext_noop("The call about “%(need)s” stays at %(at)s."),
)
DECLINED = Telling(
    "declined",
    gettext_noop("%(provider)s declined: %(t_kind)s, about “%(need)s”."),
    gettext_noop("The merchant declined: %(t_kind)s, about “%(need)s”."),
)
WITHDRAWN = Telling(
    "withdrawn",
    gettext_noop("%(provider)s took it back: %(t_kind)s, about “%(need)s”."),
    gettext_noop("The merchant took it back: %(t_kind)s, about “%(need)s”."),
)
CANCELLED = Telling(
    "cancelled",
    gettext_noop("The call with %(provider)s about “%(need)s” at %(at)s is cancelled."),
    gettext_noop("The call about “%(need)s” at %(at)s is cancelled."),
)
LAPSED = Telling(
    "lapsed",
    gettext_noop("Nobody answered in time: %(t_kind)s with %(provider)s, about “%(need)s”."),
    gettext_noop("Nobody answered in time: %(t_kind)s, about “%(need)s”."),
)
REMINDED = Telling(
    "reminded",
    gettext_noop("Your call with %(provider)s about “%(need)s” begins at %(at)s."),
    gettext_noop("Your call about “%(need)s” begins at %(at)s."),
)
