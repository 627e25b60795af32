"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only, changes_only

# A third verdict only where the first two differ.
IN_TURN = """
CREATE FUNCTION tiers_certification_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.place = 3 AND (
    SELECT count(DISTINCT verdict) FROM tiers_certificationreview
    WHERE application_id = NEW.application_id AND place IN (1, 2)
  ) <> 2 THEN
    RAISE EXCEPTION 'a third review is for two that differ' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tiers_certification_review BEFORE INSERT ON tiers_certificationreview
FOR EACH ROW EXECUTE FUNCTION tiers_certification_review();
"""
NOT_IN_TURN = """
DROP TRIGGER tiers_certification_review ON tiers_certificationreview;
DROP FUNCTION tiers_certification_review();
"""
# Who took part in a refusal decides no objection to it.
BY_OTHERS = """
CREATE FUNCTION tiers_certification_appeal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.decider_id IS NOT NULL AND (
    EXISTS (
      SELECT FROM tiers_certificationreview
      WHERE application_id = NEW.application_id AND reviewer_id = NEW.decider_id
    ) OR EXISTS (
      SELECT FROM tiers_certificationapplication
      WHERE id = NEW.application_id AND checked_by_id = NEW.decider_id
    )
  ) THEN
    RAISE EXCEPTION 'who took part does not decide' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tiers_certification_appeal BEFORE INSERT OR UPDATE ON tiers_certificationappeal
FOR EACH ROW EXECUTE FUNCTION tiers_certification_appeal();
"""
BY_ANYBODY = """
DROP TRIGGER tiers_certification_appeal ON tiers_certificationappeal;
DROP FUNCTION tiers_certification_appeal();
"""


class Migration(migrations.Migration):
    dependencies = [("tiers", "0004_certification")]

    operations = [
        append_only("tiers_certificationreview", "tiers_certificationcreator"),
        changes_only("tiers_certificationmethod", "status", "decided_by_id", "decided_at"),
        migrations.RunSQL(IN_TURN, NOT_IN_TURN),
        migrations.RunSQL(BY_OTHERS, BY_ANYBODY),
    ]
