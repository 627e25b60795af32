"""What the database itself refuses, whoever asks."""

from django.db import migrations

from portal.core.database import append_only, changes_only, forgettable

# What was agreed changes by the amendment that was accepted, and into nothing else; whatever is
# not its life is what was agreed, also a column that comes along.
WORD = """
CREATE FUNCTION cooperation_keeps_its_word() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    life text[] := ARRAY['status', 'version', 'began_at', 'ended_at', 'merchant_id', 'provider_id'];
BEGIN
    IF NEW.version = OLD.version AND to_jsonb(NEW) - life = to_jsonb(OLD) - life THEN
        RETURN NEW;
    END IF;
    IF OLD.version = 0 THEN
        life := life || ARRAY['agreed_at'];
    END IF;
    IF NEW.version = OLD.version + 1 AND EXISTS (
        SELECT 1 FROM cooperation_amendment a
        WHERE a.cooperation_id = NEW.id AND a.number = NEW.version AND a.status = 'accepted'
          AND (to_jsonb(OLD) || a.after) - life = to_jsonb(NEW) - life
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'cooperation %: not what an accepted amendment says', NEW.id
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER cooperation_keeps_its_word BEFORE UPDATE ON cooperation_cooperation
    FOR EACH ROW EXECUTE FUNCTION cooperation_keeps_its_word();

CREATE FUNCTION cooperation_has_its_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.version > 0 AND NOT EXISTS (
        SELECT 1 FROM cooperation_version v
        WHERE v.cooperation_id = NEW.id AND v.number = NEW.version
    ) THEN
        RAISE EXCEPTION 'cooperation %: version % is not written', NEW.id, NEW.version
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cooperation_has_its_version
    AFTER INSERT OR UPDATE OF version ON cooperation_cooperation
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION cooperation_has_its_version();

CREATE FUNCTION version_was_accepted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.number > 1 OR NEW.amendment_id IS NOT NULL) AND NOT EXISTS (
        SELECT 1 FROM cooperation_amendment a
        WHERE a.id = NEW.amendment_id AND a.cooperation_id = NEW.cooperation_id
          AND a.number = NEW.number AND a.status = 'accepted'
    ) THEN
        RAISE EXCEPTION 'version % of cooperation % was not accepted', NEW.number,
            NEW.cooperation_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_was_accepted BEFORE INSERT ON cooperation_version
    FOR EACH ROW EXECUTE FUNCTION version_was_accepted();

CREATE FUNCTION amendment_is_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answer text[] := ARRAY['status', 'answered_at', 'answered_by_id'];
    people text[] := ARRAY['party_id', 'answered_party_id', 'note'];  -- merged, erased
BEGIN
    IF to_jsonb(NEW) - answer - people <> to_jsonb(OLD) - answer - people
        OR OLD.status <> 'open' AND to_jsonb(NEW) - people <> to_jsonb(OLD) - people
    THEN
        RAISE EXCEPTION 'amendment %: what was proposed or answered stays', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER amendment_is_answered_once BEFORE UPDATE ON cooperation_amendment
    FOR EACH ROW EXECUTE FUNCTION amendment_is_answered_once();
"""
NO_WORD = """
DROP TRIGGER amendment_is_answered_once ON cooperation_amendment;
DROP FUNCTION amendment_is_answered_once();
DROP TRIGGER version_was_accepted ON cooperation_version;
DROP FUNCTION version_was_accepted();
DROP TRIGGER cooperation_has_its_version ON cooperation_cooperation;
DROP FUNCTION cooperation_has_its_version();
DROP TRIGGER cooperation_keeps_its_word ON cooperation_cooperation;
DROP FUNCTION cooperation_keeps_its_word();
"""
# An amendment and its version of the paper are in one state.
PAPER = """
CREATE FUNCTION amendment_is_as_its_paper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM cooperation_amendment a JOIN revenue_agreementversion v ON v.id = a.paper_id
        WHERE v.id = CASE TG_TABLE_NAME
            WHEN 'cooperation_amendment' THEN (to_jsonb(NEW) ->> 'paper_id')::uuid ELSE NEW.id END
          AND a.status <> v.status
    ) THEN
        RAISE EXCEPTION 'amendment and version of the paper are not in one state'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER amendment_is_as_its_paper
    AFTER INSERT OR UPDATE OF status ON cooperation_amendment
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION amendment_is_as_its_paper();
CREATE CONSTRAINT TRIGGER paper_is_as_its_amendment
    AFTER UPDATE OF status ON revenue_agreementversion
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION amendment_is_as_its_paper();
"""
NO_PAPER = """
DROP TRIGGER paper_is_as_its_amendment ON revenue_agreementversion;
DROP TRIGGER amendment_is_as_its_paper ON cooperation_amendment;
DROP FUNCTION amendment_is_as_its_paper();
"""


class Migration(migrations.Migration):
    dependencies = [("cooperation", "0001_base"), ("revenue", "0001_base")]
    operations = [
        migrations.RunSQL(WORD, NO_WORD),
        migrations.RunSQL(PAPER, NO_PAPER),
        append_only("cooperation_version", "cooperation_closing"),
        changes_only("cooperation_statement", "party_id"),
        forgettable("cooperation_statement", "text"),
    ]
