"""After a transactional test: only what it wrote is taken out again.

Django's flush empties all three hundred tables and everything is loaded anew: a second a test.
What a database begins with is kept in a schema beside the tables instead, with a fingerprint of
each; a table that is as it was costs one look.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

KEEP = r"""
CREATE SCHEMA kept;
CREATE TABLE kept.tables (name text PRIMARY KEY, columns text, print text, is_guarded boolean);

CREATE FUNCTION kept.print_of(name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
  EXECUTE format('SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM public.%I t', name)
  INTO found;
  RETURN found;
END $$;

CREATE FUNCTION kept.keep() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    INSERT INTO kept.tables
    SELECT name, string_agg(quote_ident(attname), ', ' ORDER BY attnum), kept.print_of(name),
      EXISTS (SELECT FROM pg_trigger
        WHERE tgrelid = format('public.%I', name)::regclass AND NOT tgisinternal)
    FROM pg_attribute
    WHERE attrelid = format('public.%I', name)::regclass AND attnum > 0
      AND NOT attisdropped AND attgenerated = '';
    EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', 'rows_of_' || name, name);
  END LOOP;
END $$;

-- Triggers of ours say who may change what; here everything goes back to how it was.
CREATE FUNCTION kept.restore() RETURNS void LANGUAGE plpgsql AS $$
DECLARE one kept.tables; used kept.tables[] := '{}'; is_used boolean;
BEGIN
  SET CONSTRAINTS ALL DEFERRED;
  FOR one IN TABLE kept.tables LOOP
    IF one.print IS NULL THEN
      EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', one.name) INTO is_used;
    ELSE
      is_used := one.print IS DISTINCT FROM kept.print_of(one.name);
    END IF;
    IF is_used THEN
      used := used || one;
    END IF;
    IF is_used AND one.is_guarded THEN
      EXECUTE format('ALTER TABLE public.%I DISABLE TRIGGER USER', one.name);
    END IF;
  END LOOP;
  FOREACH one IN ARRAY used LOOP
    EXECUTE format('DELETE FROM public.%I', one.name);
  END LOOP;
  FOREACH one IN ARRAY used LOOP
    EXECUTE format(
      'INSERT INTO public.%1$I (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM kept.%3$I',
      one.name, one.columns, 'rows_of_' || one.name);
  END LOOP;
  SET CONSTRAINTS ALL IMMEDIATE;
  FOREACH one IN ARRAY used LOOP
    IF one.is_guarded THEN
      EXECUTE format('ALTER TABLE public.%I ENABLE TRIGGER USER', one.name);
    END IF;
  END LOOP;
  -- No trigger saw it: whoever keeps what parties offer in the process must read it anew.
  INSERT INTO public.parties_offerchange (party_id, txid)
  VALUES (NULL, pg_current_xact_id()::text::bigint);
END $$;

SELECT kept.keep();
"""


def keep() -> None:
    """Remember what the database holds now."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(KEEP)


def restore(*_: Any) -> None:
    """Bring the database back to what `keep` saw; sequences go on."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT kept.restore()")
