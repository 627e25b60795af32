"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only


class Migration(migrations.Migration):
    replaces = [("brokerage", "0001_initial")]
    dependencies = [("brokerage", "0001_base")]

    operations = [
        append_only("brokerage_nudge"),
    ]
