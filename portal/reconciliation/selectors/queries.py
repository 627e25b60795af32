"""What a day of a feed is asked with; the parts are this module's own constants."""

# ruff: noqa: S608 - no value is put into a text
# What each event moved between everybody's shares and the order money, by its journals. What a paid
# event moves is estimated; what settles releases that and is real; a refund takes back of both.
BOOKS = """
    SELECT event.id, event.event_id, line."order", line.line, event.kind, event.phase,
        event.amount_fen, event.occurred_at, line.terms_id IS NULL AS waits,
        count(journal.id) AS journals,
        coalesce(sum(leg.amount) FILTER (WHERE leg.account_id = %(estimated)s), 0)::bigint AS est,
        coalesce(sum(leg.amount) FILTER (WHERE leg.account_id = %(settled)s), 0)::bigint AS real,
        max(journal.period) AS period
    FROM revenue_orderevent event
    JOIN revenue_orderline line ON line.id = event.line_id
    LEFT JOIN ledger_journal journal
        ON journal.cause_type = %(cause)s AND journal.cause_id = event.id::text
    LEFT JOIN ledger_entry leg ON leg.journal_id = journal.id
    WHERE event.feed_id = %(feed)s
        AND event.occurred_at >= %(first)s AND event.occurred_at < %(after)s
    GROUP BY event.id, line.id
"""
ARRIVED = """
    SELECT count(*), coalesce(sum(amount_fen), 0)::bigint FROM revenue_orderevent
    WHERE feed_id = %(feed)s AND occurred_at >= %(first)s AND occurred_at < %(after)s
"""
SOUND = """
    CASE kind
        WHEN 'paid' THEN est = -amount_fen AND real = 0
        WHEN 'settled' THEN est = amount_fen AND real = -amount_fen
        ELSE est + real = amount_fen AND est >= 0 AND real >= 0
    END AND NOT waits
"""
OTHERWISE = f"""
    SELECT * FROM ({BOOKS}) booked
    WHERE NOT ({SOUND}) OR period > date_trunc('month', occurred_at AT TIME ZONE 'Asia/Shanghai')
    ORDER BY id
"""
SAYS = 'event_id, "order", line, kind, phase, amount_fen'
# Rows of both sides that say the same are the same, however often they stand there.
LEFT = f"""
    WITH told AS (
        SELECT id, {SAYS}, row_number() OVER (PARTITION BY {SAYS} ORDER BY id) AS n
        FROM reconciliation_listedevent WHERE listing_id = %(listing)s
    ), here AS (
        SELECT event.id, event_id, line."order", line.line, kind, phase, amount_fen,
            row_number() OVER (
                PARTITION BY event_id, line."order", line.line, kind, phase, amount_fen
                ORDER BY event.id
            ) AS n
        FROM revenue_orderevent event JOIN revenue_orderline line ON line.id = event.line_id
        WHERE event.feed_id = %(feed)s
            AND event.occurred_at >= %(first)s AND event.occurred_at < %(after)s
    )
    SELECT told.id, here.id FROM told FULL JOIN here USING ({SAYS}, n)
    WHERE told.id IS NULL OR here.id IS NULL
"""
TOLD = f"""
    SELECT id, {SAYS}, (occurred_at AT TIME ZONE 'Asia/Shanghai')::date
    FROM reconciliation_listedevent WHERE id = ANY(%s)
"""
HERE = """
    SELECT event.id, event_id, line."order", line.line, kind, phase, amount_fen,
        (event.occurred_at AT TIME ZONE 'Asia/Shanghai')::date
    FROM revenue_orderevent event JOIN revenue_orderline line ON line.id = event.line_id
"""
# In another list of the feed: by its number, or as all that it says.
ELSEWHERE_TOO = """
    EXISTS (
        SELECT FROM reconciliation_listedevent other
        JOIN reconciliation_listing whole ON whole.id = other.listing_id
        WHERE whole.feed_id = %(feed)s AND whole.dropped_at IS NULL AND whole.id <> %(listing)s
            AND other."order" = line."order" AND other.line = line.line
            AND other.event_id = event.event_id
            AND (event.event_id <> '' OR other.kind = event.kind
                AND other.phase = event.phase AND other.amount_fen = event.amount_fen)
    )
"""
# What the list names and another day has: only of what is not found on its own.
ELSEWHERE = f"""
    WITH said AS (
        SELECT * FROM unnest(%(ids)s::text[], %(orders)s::text[], %(lines)s::text[])
            AS said(id, "order", line)
    ), found AS (
        SELECT event.id FROM said JOIN revenue_orderevent event
            ON event.feed_id = %(feed)s AND event.event_id <> '' AND event.event_id = said.id
        UNION
        SELECT event.id FROM said
        JOIN revenue_orderline line
            ON line.feed_id = %(feed)s AND line."order" = said."order" AND line.line = said.line
        JOIN revenue_orderevent event ON event.line_id = line.id
    )
    {HERE}
    JOIN found ON found.id = event.id
    WHERE (event.occurred_at < %(first)s OR event.occurred_at >= %(after)s)
        AND NOT {ELSEWHERE_TOO}
"""
# Listed on another day, so late or early there and not too much here.
LISTED = f"""
    SELECT event.id
    FROM revenue_orderevent event JOIN revenue_orderline line ON line.id = event.line_id
    WHERE event.id = ANY(%(events)s) AND {ELSEWHERE_TOO}
"""
