"""A directory of any size: service providers, all of one kind, which is the worst case.

Made by several processes, each of which copies its own stretches of keys; what they make depends on
the key alone, so a size is the same directory on every machine. Indexes and foreign keys are made
afterwards.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from multiprocessing import get_context
from random import Random
from typing import Any

KIND = "provider"
STRETCH = 10_000
TABLES = ("parties_party", "parties_listing")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
STEM = (
    "云岭青禾谷雨山野拾光南风半夏北斗木槿星河海盐白鹿松果晨露麦田清川知夏朴素小满长风橙意栖木"
    "沐远禾竹里暖阳柚鸣帆初见归园安然向晚墨染花汐天明华盛达信诚宏远博睿思创卓越锦程嘉和瑞丰"
    "恒泰德润康乐美佳凯旋鼎峰聚力智联亿众万象千寻百川九州五岳三江四海重庆行单解区尚品优选"
    "臻悦尔雅蓝鲸红豆紫薇金石银河铜雀雷霆雪舟霜叶虹桥霓裳露凝溪亭泉石流深湖畔洋帆港湾岛屿"
)
WORDS = [
    *(
        "电商",
        "直播",
        "新媒",
        "内容",
        "互动",
        "品牌",
        "传播",
        "运营",
        "数科",
        "网络",
        "文化",
        "传媒",
    ),
    *("科技", "信息", "电子商务", "供应链", "营销", "广告", "影视", "策划", "咨询", "服务", "智能"),
    *(
        "数据",
        "云商",
        "优品",
        "严选",
        "优选",
        "团购",
        "仓配",
        "物流",
        "培训",
        "孵化",
        "机构",
        "工作室",
    ),
]
LATIN = ("UP", "MCN", "Link", "Lab", "Studio", "365", "Go")
START = datetime(2023, 1, 1, tzinfo=UTC)

PARTY = (
    "id, kind, name, legal_name, uscc, city_id, intro, contact_name, contact_phone, status,"
    " status_note, created_at, submitted_at, verified_at, updated_at"
)
LISTING = "party_id, kind, text, readings, sort_key, tokens, facets, packed_facets, score, since"


def build(profiles: int) -> float:
    """Fill both tables anew. How many seconds it took."""
    from django.db import connections

    started = time.perf_counter()
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("TRUNCATE parties_party CASCADE")
        _default_the_rest(cursor)
        definitions = _take_away(cursor)
    stretches = [
        range(first, min(first + STRETCH, profiles + 1))
        for first in range(1, profiles + 1, STRETCH)
    ]
    with get_context("spawn").Pool(os.cpu_count(), _begin, [_reference()]) as pool:
        for _done in pool.imap_unordered(_copy, stretches):
            pass
    with owner.cursor() as cursor:
        for definition in definitions:
            cursor.execute(definition)
        # What autovacuum does for a table that lives.
        cursor.execute("VACUUM ANALYZE parties_party, parties_listing")
    return time.perf_counter() - started


def _default_the_rest(cursor: Any) -> None:
    """What the rows below do not name has the model's own default, also columns of tomorrow."""
    from psycopg import sql

    from portal.parties.models import Listing, Party

    for model, named in ((Party, PARTY), (Listing, LISTING)):
        for field in model._meta.concrete_fields:
            if not field.null and field.column not in named.split(", "):
                cursor.execute(
                    sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}").format(
                        sql.Identifier(model._meta.db_table),
                        sql.Identifier(field.column),
                        sql.Literal(field.get_default()),
                    )
                )


def _take_away(cursor: Any) -> list[str]:
    """Drop what would be kept up row by row; the statements that make it again."""
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])",
        [list(TABLES)],
    )
    keys = cursor.fetchall()
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]))",
        [list(TABLES), list(TABLES)],
    )
    indexes = cursor.fetchall()
    for table, name, _definition in keys:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    return [
        *(definition for _name, definition in indexes),
        *(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {what}' for table, name, what in keys),
    ]


# --- in each process -----------------------------------------------------------------------------


class _Reference:
    """What a profile is drawn from."""

    def __init__(self, cities: list[Any], services: list[int], categories: list[int]) -> None:
        self.cities, self.services, self.categories = cities, services, categories
        self.weights = list(accumulate(1 / (place + 3) for place in range(len(cities))))


def _reference() -> _Reference:
    from portal.parties.models import Category, City, ServiceType

    return _Reference(
        list(City.objects.values_list("pk", "name_zh", "region__id", "position")),
        list(ServiceType.objects.values_list("pk", flat=True)),
        list(Category.objects.filter(parent=None).values_list("pk", flat=True)),
    )


_drawn_from: _Reference
_owner: Any


def _begin(reference: _Reference) -> None:
    """Each process has its own connection, to the database that the first one uses."""
    global _drawn_from, _owner
    import django

    django.setup()
    from django.db import connections

    _drawn_from, _owner = reference, connections["owner"]


def _copy(keys: range) -> None:
    rows = list(_rows(keys))
    for place, table, columns in ((0, TABLES[0], PARTY), (1, TABLES[1], LISTING)):
        with (
            _owner.cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            copy.write("".join(row[place] for row in rows))


def _rows(keys: range) -> Iterator[tuple[str, str]]:
    """Each profile as a line of both tables, in COPY's own text form."""
    from portal.parties.search import entry_of
    from portal.parties.search.facets import packed

    random = Random(keys.start)
    cities, weights = _drawn_from.cities, _drawn_from.weights
    for key in keys:
        name = made_up_name(random)
        [city] = random.choices(cities, cum_weights=weights)
        legal = f"{city[1]}{name}{random.choice(('', '科技', '网络', '文化'))}有限公司"
        entry = entry_of(KIND, name, legal)
        since = (START + timedelta(seconds=random.randrange(10**8))).isoformat()
        score = None if random.random() < 0.3 else int(random.gauss(6_000, 1_200)) % 10_000
        facets = sorted(set(_facets(random, key, city, score)))
        text, numbers = entry.text.replace("\n", "\\n"), ",".join(map(str, facets))
        tokens = f"{numbers},{','.join(map(str, entry.tokens))}"
        yield (
            f"{key}\t{KIND}\t{name}\t{legal}\t\t{city[0]}\t\t\t\tlisted\t\t{since}\t{since}\t{since}"
            f"\t{since}\n",
            f"{key}\t{KIND}\t{text}\t{entry.readings}\t{entry.sort_key}\t{{{tokens}}}\t{{{numbers}}}"
            f"\t\\\\x{packed(facets).hex()}\t{-1 if score is None else score}\t{since}\n",
        )


def made_up_name(random: Random) -> str:
    """Two or three characters and a word of the trade; sometimes letters or a person."""
    kind = random.random()
    stem = "".join(random.choices(STEM, k=2 if kind < 0.7 else 3))
    if kind > 0.96:
        stem = random.choice(LATIN) + stem
    elif kind > 0.9:
        stem = random.choice(SURNAMES) + stem[1:]
    return stem + random.choice(WORDS)


def _facets(random: Random, key: int, city: Any, score: int | None) -> Iterator[int]:
    from portal.parties.search import Facet, facet_token, price_bands, score_band
    from portal.parties.search.facets import sample_of

    services, categories = _drawn_from.services, _drawn_from.categories
    low = random.randrange(5, 120) * 100_000
    values = [(Facet.ALL, 0), (Facet.SAMPLE, sample_of(key)), (Facet.REMOTE, key * 7 // 5 % 2)]
    values += [(Facet.SERVICE, s) for s in random.sample(services, random.randint(2, 5))]
    values += [(Facet.SERVICE, services[2])] * (random.random() < 0.5)  # most have live rooms
    values += [(Facet.CATEGORY, c) for c in random.sample(categories, random.randint(1, 3))]
    for pk, _name, region, _position in (city, random.choice(_drawn_from.cities)):
        values += [(Facet.CITY, pk), (Facet.REGION, region)]
    values += [(Facet.TIER, city[3] % 3)]
    values += [(Facet.PRICE, band) for band in price_bands(low, low * random.randint(1, 4))]
    values += [(Facet.SCORE, score_band(score))]
    yield from (facet_token(KIND, facet, value) for facet, value in values)
