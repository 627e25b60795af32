"""What the database itself refuses: history that changes. And the numbers drawn in line."""

from django.db import migrations

from portal.core.database import append_only


class Migration(migrations.Migration):
    dependencies = [("seats", "0001_base")]

    operations = [
        append_only("seats_step"),
        migrations.RunSQL("CREATE SEQUENCE seats_place", "DROP SEQUENCE seats_place"),
    ]
