"""What migrations say about who may change a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from django.conf import settings
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Guard(Operation):
    """What a migration tells the database alone. It asks for no model, so Django renders none for
    it: `RunPython` would have every model rendered anew."""

    def __init__(self, tell: Callable[[BaseDatabaseSchemaEditor], None]) -> None:
        self.tell = tell

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.tell(schema_editor)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Goes with its table."""

    def describe(self) -> str:
        return f"Guard: {self.tell.__qualname__}"


def site_role() -> str | None:
    """None where the owner's role is the site's, too: there is nothing to take from it then, and
    production refuses to start."""
    role, owner = (str(settings.DATABASES[alias]["USER"]) for alias in ("default", "owner"))
    return None if role == owner else role


def append_only(*tables: str) -> Guard:
    """Take UPDATE, DELETE and TRUNCATE on `tables` from the site's role. Grants, not triggers: a
    row trigger does not stop TRUNCATE, and a statement trigger would stop a test's flush."""

    def revoke(schema_editor: BaseDatabaseSchemaEditor) -> None:
        role = site_role()
        if role is None:
            return
        for table in tables:
            schema_editor.execute(
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {schema_editor.quote_name(table)} "
                f"FROM {schema_editor.quote_name(role)}"
            )

    return Guard(revoke)


def changes_only(table: str, *columns: str) -> Guard:
    """The site's role may add rows and change these columns of them; all else stays as written."""

    def narrow(schema_editor: BaseDatabaseSchemaEditor) -> None:
        role = site_role()
        if role is None:
            return
        quote = schema_editor.quote_name
        names = ", ".join(map(quote, columns))
        schema_editor.execute(
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {quote(table)} FROM {quote(role)}"
        )
        schema_editor.execute(f"GRANT UPDATE ({names}) ON {quote(table)} TO {quote(role)}")

    return Guard(narrow)


FORGET = """
CREATE OR REPLACE FUNCTION {function}(keys bigint[], words text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE word text;
BEGIN
  IF words IS NULL THEN
    UPDATE {table} SET {column} = '—' WHERE id = ANY(keys);
  ELSE
    FOREACH word IN ARRAY words LOOP
      UPDATE {table} SET {column} = replace({column}, word, '—')
      WHERE id = ANY(keys) AND length(word) > 1 AND position(word IN {column}) > 0;
    END LOOP;
  END IF;
END $$
"""


def forgettable(table: str, column: str) -> Guard:
    """One way round `append_only`: a function of the owner's that the site's role may call. It
    takes words out of a text column, or the whole text; it puts none in, so nothing is forged."""

    def make(schema_editor: BaseDatabaseSchemaEditor) -> None:
        quote = schema_editor.quote_name
        name, role = quote(f"{table}_forget"), quote(str(settings.DATABASES["default"]["USER"]))
        names = {"function": name, "table": quote(table), "column": quote(column)}
        signature = f"{name}(bigint[], text[])"
        schema_editor.execute(FORGET.format(**names))
        schema_editor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
        schema_editor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}")

    return Guard(make)


def forget(table: str, keys: Sequence[int], words: Sequence[str] | None) -> None:
    """Take `words` out of the rows' text, or all of it (None), where `forgettable` allows it."""
    if keys:
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(f"{table}_forget")
            given = None if words is None else list(words)
            cursor.execute(f"SELECT {name}(%s::bigint[], %s::text[])", [list(keys), given])


class Together(Operation):
    """Operations of one migration over which the models are rendered once.

    Django renders every related model anew after each operation, and all of ours are related to
    the person: a hundred and fifty tables took a minute. None of `operations` may need a model or
    a column that another of them makes.
    """

    serialization_expand_args: ClassVar[list[str]] = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        vars(state).pop("apps", None)  # not rendered, so nothing to render anew
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)
