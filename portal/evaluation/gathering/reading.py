"""The facts a method reads, as they stood at a moment, with the digest of exactly these rows."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.db.backends.postgresql.psycopg_any import mogrify

from portal.core.models import AuditEntry
from portal.evaluation.gathering.document import Gathering
from portal.evaluation.states import COUNTED, Door
from portal.parties.models import Party

# A row that was corrected or taken back by the cut stands no more; one corrected later does. Every
# column that a score or its page rests on is in the text, and so in the digest.
READ = """
COPY (
  SELECT f.id, f.party_id, f.measure, coalesce(f.service_id, 0), coalesce(f.counterpart_id, 0),
         f.value, f.sample, f.ends_on - date '0001-01-01' + 1, f.grade, f.strike,
         f.starts_on, f.door, f.ref_kind, f.ref_id, f.corrects_id,
         extract(epoch FROM f.recorded_at)
  FROM evaluation_fact AS f
  JOIN parties_party AS p ON p.id = f.party_id AND p.kind = %(kind)s AND p.sandbox_of_id IS NULL
  WHERE f.measure = ANY(%(measures)s) AND f.ends_on > %(since)s AND f.ends_on <= %(ends_on)s
    AND f.recorded_at <= %(cut)s AND NOT f.is_void
    AND (%(parties)s::bigint[] IS NULL OR f.party_id = ANY(%(parties)s::bigint[]))
    AND NOT EXISTS (
      SELECT FROM evaluation_fact AS later
      WHERE later.corrects_id = f.id AND later.recorded_at <= %(cut)s
    )
  ORDER BY f.id
) TO STDOUT
"""
COUNTED_TEXTS = frozenset(str(int(grade)) for grade in COUNTED)


class Row(NamedTuple):
    """A fact as it is gathered; parties and counterparts are those that stayed after mergers.
    Neither struck nor counted: the party's own word. `is_own`: made by a part of this site."""

    fact: int
    party: int
    measure: str
    service: int
    counterpart: int
    value: float
    sample: int
    day: int
    is_struck: bool
    is_counted: bool
    is_own: bool = False


class Facts(NamedTuple):
    rows: list[Row]
    digest: str


def read_facts(
    gathering: Gathering,
    *,
    ends_on: date,
    cut: datetime,
    parties: Collection[int] | None = None,
    measures: Iterable[str] | None = None,
) -> Facts:
    """Facts whose last day is in the longest window, recorded by the cut and in force then. Of
    everybody, or of some parties with those that were merged into them."""
    stays = survivors(cut)
    asked = {
        "kind": gathering.parties.value,
        "measures": gathering.measures if measures is None else list(measures),
        "since": gathering.since(ends_on),
        "ends_on": ends_on,
        "cut": cut,
        "parties": None if parties is None else with_absorbed(parties, stays),
    }
    digest, rows = hashlib.sha256(), []
    with connection.cursor() as cursor:
        statement = mogrify(READ, asked, connection)
        with cursor.copy(statement) as copy:
            for line in copy:
                digest.update(line)
                rows.append(_row(bytes(line), stays))
    return Facts(rows, digest.hexdigest())


def survivors(cut: datetime) -> dict[int, int]:
    """Party that was merged by the cut → the party it is now part of. Of later mergers nothing is
    known yet, so that an earlier moment can be gathered again."""
    merged = Party.objects.filter(merged_into__isnull=False).values_list("pk", flat=True)
    keys = [str(pk) for pk in merged]
    told = AuditEntry.objects.filter(
        object_type=Party._meta.label_lower, object_id__in=keys, verb="merge_party", at__lte=cut
    )
    into = {int(one.object_id): int(one.after["merged_into"]) for one in told.order_by("id")}
    return {pk: _end_of(pk, into) for pk in into}


def with_absorbed(parties: Collection[int], stays: dict[int, int]) -> list[int]:
    wanted = set(parties)
    return sorted(wanted | {pk for pk, survivor in stays.items() if survivor in wanted})


def _end_of(pk: int, into: dict[int, int]) -> int:
    while pk in into:
        pk = into[pk]
    return pk


def _row(line: bytes, stays: dict[int, int]) -> Row:
    parts = line.decode().split("\t", 12)
    party, counterpart = int(parts[1]), int(parts[4])
    party, counterpart = stays.get(party, party), stays.get(counterpart, counterpart)
    # Who became one party with the other side is no witness of it.
    is_struck = parts[9] != "" or party == counterpart
    return Row(
        fact=int(parts[0]),
        party=party,
        measure=parts[2],
        service=int(parts[3]),
        counterpart=counterpart,
        value=float(parts[5]),
        sample=int(parts[6]),
        day=int(parts[7]),
        is_struck=is_struck,
        is_counted=not is_struck and parts[8] in COUNTED_TEXTS,
        is_own=parts[11] == Door.PORTAL,
    )
