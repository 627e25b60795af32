"""The audit is written once; the cache lives in a table of its own."""

from django.core.management import call_command
from django.db import migrations

from portal.core.database import Guard, append_only


def create_cache_table(schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_base")]
    operations = [
        append_only("core_auditentry"),
        Guard(create_cache_table),
    ]
