"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only, changes_only


class Migration(migrations.Migration):
    dependencies = [("advice", "0001_base")]

    operations = [
        append_only("advice_chapterversion"),
        changes_only("advice_slot", "withdrawn_at", "why"),
        # A booking stays the one of its hour; its words go with an erased person.
        changes_only(
            "advice_booking",
            *("party_id", "question", "status", "changed_at", "reminded_at"),
            *("cancelled_by", "reason", "absent", "notes", "noted_at"),
            *("rating", "rating_note", "rated_at"),
        ),
    ]
