"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only, changes_only


class Migration(migrations.Migration):
    dependencies = [("growth", "0001_base")]

    operations = [
        append_only("growth_levelrung", "growth_benefit", "growth_levelstep"),
        changes_only(
            "growth_growthrules",
            *("status", "decided_by_id", "decided_at", "announced_on", "checked_on"),
        ),
    ]
