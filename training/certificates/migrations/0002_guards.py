"""What the database itself refuses, whoever asks: a certificate without its completed course, and
one that becomes another."""

from django.db import migrations

from portal.core.database import changes_only

EARNED = """
CREATE FUNCTION certificate_is_earned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM learning_enrolment AS enrolment
    JOIN courses_session AS session ON session.id = enrolment.session_id
    WHERE enrolment.claim_id = NEW.enrolment_id AND enrolment.outcome = 'completed'
      AND session.course_id = NEW.course_id
  ) THEN
    RAISE EXCEPTION 'a certificate is of a course that was completed' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER certificate_is_earned BEFORE INSERT ON certificates_certificate FOR EACH ROW
EXECUTE FUNCTION certificate_is_earned();
"""
FORGET = """
DROP TRIGGER certificate_is_earned ON certificates_certificate;
DROP FUNCTION certificate_is_earned();
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_base"), ("parties", "0012_issued_certificates")]

    operations = [
        # The name goes with an erased person, or is sealed anew under another key.
        changes_only(
            "certificates_certificate",
            *("holder_sealed", "masked", "status", "revoked_at", "revoked_by_id", "reason"),
            "reminded",
        ),
        migrations.RunSQL(EARNED, FORGET),
    ]
