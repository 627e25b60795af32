from django.core.management import call_command
from django.db import migrations

from portal.core.database import append_only


def create_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_initial")]
    operations = [
        append_only("core_auditentry"),
        migrations.RunPython(create_cache_table, migrations.RunPython.noop),
    ]
