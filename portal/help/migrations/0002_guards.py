"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only, forgettable


class Migration(migrations.Migration):
    dependencies = [("help", "0001_base")]

    operations = [
        append_only("help_message"),
        forgettable("help_message", "text"),
    ]
