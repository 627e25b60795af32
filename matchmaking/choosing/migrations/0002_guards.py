"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("choosing", "0001_base")]

    operations = [
        append_only("choosing_disclosure"),
    ]
