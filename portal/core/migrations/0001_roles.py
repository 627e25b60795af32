"""Two roles: the owner migrates, the site's own role works and never changes the schema.

The site's role may not write the list of migrations. Each append-only table takes its UPDATE,
DELETE and TRUNCATE back in the migration that creates it.
"""

from django.conf import settings
from django.db import migrations

from portal.core.database import Guard


def grant(schema_editor):
    role = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    owner = schema_editor.quote_name(settings.DATABASES["owner"]["USER"])
    if role == owner:
        return  # one role for both: nothing to share (refused in production)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public "
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    ):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True
    operations = [Guard(grant)]
