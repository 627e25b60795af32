"""What the database itself refuses, whoever asks: an outcome that changes, an enrolment that
becomes another one's."""

from django.db import migrations

from portal.core.database import changes_only

ONCE = """
CREATE FUNCTION learning_outcome_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the outcome of an enrolment is written once' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER learning_outcome_once BEFORE UPDATE ON learning_enrolment FOR EACH ROW
WHEN (OLD.outcome <> 'none' AND (OLD.outcome, OLD.ended_at, OLD.attended_minutes,
  OLD.planned_minutes) IS DISTINCT FROM (NEW.outcome, NEW.ended_at, NEW.attended_minutes,
  NEW.planned_minutes))
EXECUTE FUNCTION learning_outcome_once();
"""
FORGET = """
DROP TRIGGER learning_outcome_once ON learning_enrolment;
DROP FUNCTION learning_outcome_once();
"""


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_base")]

    operations = [
        # The party and the learner follow a merge of parties.
        changes_only(
            "learning_enrolment",
            *("party_id", "learner_id", "outcome", "reason", "ended_at"),
            *("attended_minutes", "planned_minutes"),
        ),
        changes_only("learning_lessonprogress", "done_at"),
        migrations.RunSQL(ONCE, FORGET),
    ]
