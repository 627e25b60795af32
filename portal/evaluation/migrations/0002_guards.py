"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only

# A published document and a published rating say the same for ever.
FROZEN = """
CREATE FUNCTION evaluation_method_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.announced_at IS NOT NULL AND (
      NEW.code, NEW.version, NEW.document, NEW.gathering, NEW.digest,
      NEW.announced_at, NEW.comes_into_force_at
  ) IS DISTINCT FROM (
      OLD.code, OLD.version, OLD.document, OLD.gathering, OLD.digest,
      OLD.announced_at, OLD.comes_into_force_at
  ) THEN
    RAISE EXCEPTION 'an announced method is frozen' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER method_frozen BEFORE UPDATE ON evaluation_method
  FOR EACH ROW EXECUTE FUNCTION evaluation_method_frozen();

CREATE FUNCTION evaluation_snapshot_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL AND (TG_OP = 'DELETE' OR (
      NEW.method_id, NEW.kind, NEW.period, NEW.revision, NEW.ends_on, NEW.cut, NEW.draws, NEW.seed,
      NEW.code_version, NEW.facts_digest, NEW.values_digest, NEW.scores_digest, NEW.published_at
  ) IS DISTINCT FROM (
      OLD.method_id, OLD.kind, OLD.period, OLD.revision, OLD.ends_on, OLD.cut, OLD.draws, OLD.seed,
      OLD.code_version, OLD.facts_digest, OLD.values_digest, OLD.scores_digest, OLD.published_at
  )) THEN
    RAISE EXCEPTION 'a published snapshot is frozen' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER snapshot_frozen BEFORE UPDATE OR DELETE ON evaluation_snapshot
  FOR EACH ROW EXECUTE FUNCTION evaluation_snapshot_frozen();

CREATE FUNCTION evaluation_rating_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what a snapshot says is written once' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER rating_written_once BEFORE UPDATE ON evaluation_rating
  FOR EACH STATEMENT EXECUTE FUNCTION evaluation_rating_written_once();
CREATE TRIGGER dimension_written_once BEFORE UPDATE ON evaluation_dimensionscore
  FOR EACH STATEMENT EXECUTE FUNCTION evaluation_rating_written_once();
CREATE TRIGGER value_written_once BEFORE UPDATE ON evaluation_indicatorvalue
  FOR EACH STATEMENT EXECUTE FUNCTION evaluation_rating_written_once();
"""
THAWED = """
DROP TRIGGER method_frozen ON evaluation_method;
DROP TRIGGER snapshot_frozen ON evaluation_snapshot;
DROP TRIGGER rating_written_once ON evaluation_rating;
DROP TRIGGER dimension_written_once ON evaluation_dimensionscore;
DROP TRIGGER value_written_once ON evaluation_indicatorvalue;
DROP FUNCTION evaluation_method_frozen, evaluation_snapshot_frozen, evaluation_rating_written_once;
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_base")]

    operations = [
        append_only("evaluation_fact"),
        migrations.RunSQL(FROZEN, THAWED),
    ]
