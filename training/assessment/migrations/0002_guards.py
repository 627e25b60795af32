"""What the database itself refuses, whoever asks: a question that changes after it was asked, an
answer after the attempt was handed in, a result or a mark that changes."""

from django.db import migrations

from portal.core.database import append_only, changes_only


def frozen(table: str, when: str, sentence: str) -> migrations.RunSQL:
    """No update of a row for which `when` holds."""
    name = f"{table}_frozen"
    return migrations.RunSQL(
        f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {when} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = '23514'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
""",
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


WORDS = ("text_zh", "text_en", "options_zh", "options_en", "kind")
OLD, NEW = (", ".join(f"{row}.{name}" for name in (*WORDS, '"right"')) for row in ("OLD", "NEW"))


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_base")]

    operations = [
        changes_only("assessment_attempt", "submitted_at", "ended_by", "right", "is_passed"),
        changes_only("assessment_askedquestion", "answer", "answered_at", "is_right"),
        # The words of a work go with an erased person.
        changes_only("assessment_work", "text", "status", "score", "is_passed", "marked_at"),
        changes_only(
            "assessment_mark", "marker_id", "asked_at", "due_at", "points", "words", "given_at"
        ),
        changes_only("assessment_feedback", "words"),
        append_only("assessment_workfile"),
        frozen(
            "assessment_question",
            f"({OLD}) IS DISTINCT FROM ({NEW}) AND EXISTS "
            "(SELECT 1 FROM assessment_askedquestion WHERE question_id = OLD.id)",
            "a question that was asked stays as it was asked",
        ),
        frozen(
            "assessment_askedquestion",
            "EXISTS (SELECT 1 FROM assessment_attempt"
            " WHERE id = OLD.attempt_id AND submitted_at IS NOT NULL)",
            "an attempt that was handed in stays as it is",
        ),
        frozen(
            "assessment_attempt",
            "OLD.submitted_at IS NOT NULL",
            "an attempt is handed in once",
        ),
        frozen(
            "assessment_work",
            "OLD.marked_at IS NOT NULL AND (OLD.status, OLD.score, OLD.is_passed, OLD.marked_at)"
            " IS DISTINCT FROM (NEW.status, NEW.score, NEW.is_passed, NEW.marked_at)",
            "what came of a work is written once",
        ),
        frozen("assessment_mark", "OLD.given_at IS NOT NULL", "a mark is given once"),
    ]
