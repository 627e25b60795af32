"""What the database itself refuses, whoever asks: what was found is never deleted, and what a
difference is about never changed."""

from django.db import migrations

from portal.core.database import append_only, changes_only


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0001_base")]

    operations = [
        append_only("reconciliation_differencestep"),
        changes_only(
            "reconciliation_difference",
            *("subject", "expected_fen", "found_fen", "expected", "found", "url"),
            *("event_id", "bank_row_id", "status", "seen_at", "gone_at"),
            *("resolved_at", "resolved_by_id", "why", "document"),
        ),
        changes_only("reconciliation_listing", "dropped_at", "dropped_by_id"),
        changes_only(
            "reconciliation_listedevent",
            *("order", "line", "kind", "phase", "amount_fen", "occurred_at"),
        ),
        changes_only("reconciliation_bankmatch", "ended_at"),
        changes_only(
            "reconciliation_day",
            *("basis", "expected_events", "expected_fen", "arrived_events", "arrived_fen"),
            *("booked_events", "booked_fen", "sound_events", "sound_fen"),
            *("counted_at", "told_at"),
        ),
    ]
