"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only, changes_only


class Migration(migrations.Migration):
    dependencies = [("tiers", "0001_base")]

    operations = [
        append_only("tiers_starrung", "tiers_starbenefit", "tiers_starstep"),
        changes_only(
            "tiers_starruleset",
            *("status", "decided_by_id", "decided_at", "announced_on", "checked_on"),
        ),
    ]
