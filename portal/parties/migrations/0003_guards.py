"""What the database itself refuses, and what it notes when an offer changes."""

from django.db import migrations

from portal.core.database import append_only

ONE_OWNER = """
CREATE FUNCTION parties_one_owner() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    about bigint;
    owners integer;
    others integer;
BEGIN
    IF TG_OP = 'DELETE' THEN about := OLD.party_id; ELSE about := NEW.party_id; END IF;
    PERFORM 1 FROM parties_party WHERE id = about AND status <> 'closed';
    IF NOT FOUND THEN RETURN NULL; END IF;
    SELECT count(*) FILTER (WHERE role = 'owner'), count(*) FILTER (WHERE role <> 'owner')
        INTO owners, others FROM parties_membership WHERE party_id = about;
    IF owners <> 1 THEN
        RAISE EXCEPTION 'party % has % owners and % other members', about, owners, others
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_always_an_owner';
    END IF;
    RETURN NULL;
END $$;
-- Deferred: the ownership passes on in two steps of one transaction.
CREATE CONSTRAINT TRIGGER membership_always_an_owner
    AFTER INSERT OR UPDATE OR DELETE ON parties_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION parties_one_owner();
"""
NO_ONE_OWNER = """
DROP TRIGGER membership_always_an_owner ON parties_membership;
DROP FUNCTION parties_one_owner();
"""
# What an offer is read from, and the column that names its party.
TABLES = {
    "parties_party": "id",
    "parties_providerprofile": "party_id",
    "parties_providerprofile_services": "providerprofile_id",
    "parties_providerprofile_cities": "providerprofile_id",
    "parties_partycategory": "party_id",
}
REFERENCE = ("parties_category", "parties_servicetype", "parties_city")
FUNCTIONS = """
CREATE FUNCTION note_offers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'INSERT INTO parties_offerchange (party_id, txid) '
        'SELECT DISTINCT %I, pg_current_xact_id()::text::bigint FROM changed', TG_ARGV[0]);
    RETURN NULL;
END $$;
CREATE FUNCTION note_every_offer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO parties_offerchange (txid) VALUES (pg_current_xact_id()::text::bigint);
    RETURN NULL;
END $$;
"""
# A statement, not a row, calls them once. Only one event may see its rows under a name.
BY_STATEMENT = """
CREATE TRIGGER offers_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_offers_changed('{column}');
CREATE TRIGGER offers_changed AFTER UPDATE ON {table} REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_offers_changed('{column}');
CREATE TRIGGER offers_removed AFTER DELETE ON {table} REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_offers_changed('{column}');
"""
BY_REFERENCE = """
CREATE TRIGGER every_offer_changed AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION note_every_offer_changed();
"""
NO_TRIGGERS = """
DROP FUNCTION note_offers_changed() CASCADE;
DROP FUNCTION note_every_offer_changed() CASCADE;
"""
TRIGGERS = "".join(
    [
        *(BY_STATEMENT.format(table=table, column=column) for table, column in TABLES.items()),
        *(BY_REFERENCE.format(table=table) for table in REFERENCE),
    ]
)
# The search asks them how common a token is; usually they know only what more than one row in a
# hundred has.
STATISTICS = "ALTER TABLE parties_listing ALTER COLUMN tokens SET STATISTICS 500"
NO_STATISTICS = "ALTER TABLE parties_listing ALTER COLUMN tokens SET STATISTICS -1"


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_base")]

    operations = [
        append_only(
            "parties_departurestatement",
            "parties_reviewanswer",
            "parties_appealdecision",
            "parties_payoutchange",
            "parties_casecheck",
        ),
        migrations.RunSQL(ONE_OWNER, NO_ONE_OWNER),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(STATISTICS, NO_STATISTICS),
    ]
