"""What migrations say about who may change a table."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import migrations


def append_only(*tables: str) -> migrations.RunPython:
    """Take UPDATE, DELETE and TRUNCATE on `tables` from the site's role. Grants, not triggers: a
    row trigger does not stop TRUNCATE, and a statement trigger would stop a test's flush."""

    def revoke(apps: Any, schema_editor: Any) -> None:
        role = settings.DATABASES["default"]["USER"]
        if role == settings.DATABASES["owner"]["USER"]:
            return
        for table in tables:
            schema_editor.execute(
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {schema_editor.quote_name(table)} "
                f"FROM {schema_editor.quote_name(role)}"
            )

    return migrations.RunPython(revoke, migrations.RunPython.noop)
