"""What the columns of a feed may be called in its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from portal.core.imports.kinds import folded
from portal.core.verdict import Flaw
from portal.revenue.models import Feed
from portal.revenue.upstream import COLUMNS, column_named

MOST_HEADERS, LONGEST_HEADER = 10, 60  # of a column; characters
Headers = Mapping[str, Sequence[str]]  # by column


def flaws_of_headers(feed: Feed, headers: Headers, others: Sequence[Feed]) -> Iterator[Flaw]:
    """Named by the columns. A file does not say whose it is before its header is understood: so a
    header means one column, whichever feed it is from. `others`: the other feeds."""
    columns = {column.name for column in COLUMNS}
    seen = _taken(others)
    for name, said in headers.items():
        if name not in columns:
            yield Flaw("headers", _("There is no column “%(name)s”.") % {"name": name[:40]})
        if len(said) > MOST_HEADERS:
            most = {"limit_value": MOST_HEADERS}
            yield Flaw(name, _("At most %(limit_value)s.") % most)
        for header in said:
            if sentence := _wrong(header, name, seen):
                yield Flaw(name, sentence)
            seen.setdefault(folded(header), (name, feed.name))


def _taken(others: Sequence[Feed]) -> dict[str, tuple[str, str]]:
    return {
        folded(header): (column, feed.name)
        for feed in others
        for header, column in feed.headers.items()
    }


def _wrong(header: str, column: str, seen: Mapping[str, tuple[str, str]]) -> str:
    if not header.isprintable() or not folded(header):
        return _("Leave out line breaks and other signs that cannot be printed.")
    if len(header) > LONGEST_HEADER:
        most = {"limit_value": LONGEST_HEADER, "show_value": len(header)}
        return _("At most %(limit_value)s characters; there are %(show_value)s.") % most
    known = column_named(header)
    if known is not None and known.name != column:
        return _("“%(header)s” is the name of another column already.") % {"header": header}
    before, feed = seen.get(folded(header), (column, ""))
    if before != column:
        said = {"header": header, "feed": feed}
        return _("“%(header)s” is another column of %(feed)s already.") % said
    return ""
