"""What the database itself refuses, and what it notes when an order of candidates changes."""

from django.db import migrations

from portal.core.database import append_only

# A pace that changes changes an order: it is written into the journal that keeps orders new.
PACES = """
CREATE TRIGGER paces_added AFTER INSERT ON needs_responsepace REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_offers_changed('party_id');
CREATE TRIGGER paces_changed AFTER UPDATE ON needs_responsepace REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_offers_changed('party_id');
CREATE TRIGGER paces_removed AFTER DELETE ON needs_responsepace REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_offers_changed('party_id');
"""
NO_PACES = """
DROP TRIGGER paces_added ON needs_responsepace;
DROP TRIGGER paces_changed ON needs_responsepace;
DROP TRIGGER paces_removed ON needs_responsepace;
"""
# What changes a candidate's places or its reach changes an order: it is written into the journal
# that keeps orders new. A creator's followers count for its agency, too.
PLACES = """
CREATE TRIGGER places_added AFTER INSERT ON cooperation_cooperation REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_offers_changed('provider_id');
CREATE TRIGGER places_changed AFTER UPDATE ON cooperation_cooperation
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_offers_changed('provider_id');
CREATE FUNCTION note_reach_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO parties_offerchange (party_id, txid)
    SELECT DISTINCT pk, pg_current_xact_id()::text::bigint FROM (
        SELECT party_id AS pk FROM changed
        UNION
        SELECT r.agency_id FROM parties_rosterentry r JOIN changed c ON c.party_id = r.creator_id
    ) AS parties;
    RETURN NULL;
END $$;
CREATE TRIGGER reach_added AFTER INSERT ON parties_reach REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_reach_changed();
CREATE TRIGGER reach_changed AFTER UPDATE ON parties_reach REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_reach_changed();
CREATE TRIGGER reach_removed AFTER DELETE ON parties_reach REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_reach_changed();
CREATE TRIGGER rosters_added AFTER INSERT ON parties_rosterentry REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_offers_changed('agency_id');
CREATE TRIGGER rosters_changed AFTER UPDATE ON parties_rosterentry REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_offers_changed('agency_id');
CREATE TRIGGER rosters_removed AFTER DELETE ON parties_rosterentry REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION note_offers_changed('agency_id');
"""
NO_PLACES = """
DROP TRIGGER places_added ON cooperation_cooperation;
DROP TRIGGER places_changed ON cooperation_cooperation;
DROP FUNCTION note_reach_changed() CASCADE;
DROP TRIGGER rosters_added ON parties_rosterentry;
DROP TRIGGER rosters_changed ON parties_rosterentry;
DROP TRIGGER rosters_removed ON parties_rosterentry;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("needs", "0001_base"),
        ("cooperation", "0001_base"),
        ("parties", "0003_guards"),
    ]

    operations = [
        append_only("needs_exposure", "needs_offer", "needs_responsefact", "needs_talkstep"),
        migrations.RunSQL(PACES, NO_PACES),
        migrations.RunSQL(PLACES, NO_PLACES),
    ]
