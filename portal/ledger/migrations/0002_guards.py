"""What the database itself sees to.

The site's role appends and reads. A journal that is not at zero within each track and currency, that
has no legs, that counts in a closed month, or that gets a leg from another transaction than its own
is refused by triggers, which look at a whole statement at once.
"""

from django.db import migrations

from portal.core.database import append_only

# Tables are named with their schema: else a temporary table of the same name would be asked.
JOURNAL = """
CREATE FUNCTION ledger_check_journals() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_late boolean; is_behind boolean;
BEGIN
  -- A month is not closed while a journal is on its way into it.
  PERFORM pg_advisory_xact_lock_shared(hashtext('ledger_closing'));
  SELECT
    EXISTS (SELECT FROM made WHERE period <= (SELECT max(month) FROM public.ledger_closing)),
    pg_current_xact_id() < (SELECT upto FROM public.ledger_watermark)
  INTO is_late, is_behind;
  IF is_late THEN
    RAISE EXCEPTION 'the month is closed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_period_is_open';
  ELSIF is_behind THEN
    RAISE EXCEPTION 'checkpoints come from another cluster'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_watermark_is_of_this_cluster',
      HINT = 'manage.py rewrite_checkpoints';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_check_journals AFTER INSERT ON ledger_journal
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_journals();
"""

# What is wrong with the legs of this statement, if anything. Planned anew for many of them: a plan
# made for five would look each of ten thousand up by itself.
FAULT = """
    SELECT CASE
        WHEN NOT sums.is_whole THEN 'ledger_leg_has_an_account'
        WHEN journal.xact IS DISTINCT FROM pg_current_xact_id() THEN 'ledger_leg_is_of_its_transaction'
        ELSE 'ledger_journal_is_balanced' END
    FROM (
      SELECT legs.journal_id, sum(legs.amount) AS rest,
        bool_and(account.id IS NOT NULL AND legs.xact = pg_current_xact_id()) AS is_whole
      FROM legs LEFT JOIN public.ledger_account account ON account.id = legs.account_id
      GROUP BY legs.journal_id, account.track, account.currency
    ) sums LEFT JOIN public.ledger_journal journal ON journal.id = sums.journal_id
    WHERE sums.rest <> 0 OR NOT sums.is_whole
      OR journal.xact IS DISTINCT FROM pg_current_xact_id()
    -- A leg without an account leaves its journal unbalanced as well: the cause is named.
    ORDER BY sums.is_whole, 1 DESC
    LIMIT 1
"""
LEGS = f"""
CREATE FUNCTION ledger_check_legs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE fault text;
BEGIN
  IF (SELECT count(*) FROM legs) > 100 THEN
    EXECUTE $query${FAULT}$query$ INTO fault;
  ELSE
    {FAULT.rstrip()}
    INTO fault;
  END IF;
  IF fault IS NOT NULL THEN
    RAISE EXCEPTION '%', fault USING ERRCODE = 'check_violation', CONSTRAINT = fault;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_check_legs AFTER INSERT ON ledger_entry
  REFERENCING NEW TABLE AS legs FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_legs();
"""

# Looked up by key whatever the table was like when the plan was made: else the first import into
# young books would read all of them for each journal.
HAS_LEGS = """
CREATE FUNCTION ledger_check_has_legs() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.ledger_entry WHERE journal_id = NEW.id) THEN
    RAISE EXCEPTION 'journal % has no legs', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_journal_has_legs';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_check_has_legs AFTER INSERT ON ledger_journal
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_has_legs();
"""

GONE = """
DROP FUNCTION ledger_check_journals() CASCADE;
DROP FUNCTION ledger_check_legs() CASCADE;
DROP FUNCTION ledger_check_has_legs() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_base")]
    operations = [
        append_only("ledger_account", "ledger_journal", "ledger_entry", "ledger_closing"),
        migrations.RunSQL(JOURNAL + LEGS + HAS_LEGS, GONE),
    ]
