"""The directory of service providers, at TRILINK_BENCH_PROFILES profiles (100,000 by default, up to
1,000,000; all of one kind, which is the worst case).

Beside the medians of mixed searches against fixed targets: the same page by a bare probe of the
index, next pages against a bare step along the order, counts, an edit, the size of the index, and
whether anything is missed or falsely shown, against a plain scan of every row.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import django

from tests.bench import Row, median_ms

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
PROFILES = int(os.environ.get("TRILINK_BENCH_PROFILES", "100_000"))
KIND = "provider"
INDEXES = ("listing_tokens", "listing_by_score", "listing_by_since", "listing_by_name")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
STEM = (
    "云岭青禾谷雨山野拾光南风半夏北斗木槿星河海盐白鹿松果晨露麦田清川知夏朴素小满长风橙意栖木"
    "沐远禾竹里暖阳柚鸣帆初见归园安然向晚墨染花汐天明华盛达信诚宏远博睿思创卓越锦程嘉和瑞丰"
    "恒泰德润康乐美佳凯旋鼎峰聚力智联亿众万象千寻百川九州五岳三江四海重庆行单解区尚品优选"
    "臻悦尔雅蓝鲸红豆紫薇金石银河铜雀雷霆雪舟霜叶虹桥霓裳露凝溪亭泉石流深湖畔洋帆港湾岛屿"
)
WORDS = [
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
    "科技",
    "信息",
    "电子商务",
    "供应链",
    "营销",
    "广告",
    "影视",
    "策划",
    "咨询",
    "服务",
    "智能",
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
]
LATIN = ("UP", "MCN", "Link", "Lab", "Studio", "365", "Go")


def run() -> list[Row]:
    django.setup()
    from django.core.management import call_command

    # Everything that will be needed, now: building takes long, and a fault should show before it.
    from portal.core.actor import system_actor
    from portal.directory import filters, search  # noqa: F401
    from portal.parties import listing  # noqa: F401
    from portal.parties.reference import load_reference

    call_command("migrate", database="owner", verbosity=0)
    load_reference(system_actor("command"))
    names = build(PROFILES)
    questions = searches(names)
    return [
        *_search_rows(questions),
        *_page_rows(),
        *_count_rows(),
        *_edit_rows(),
        *_truth(questions),
    ]


# --- the profiles ------------------------------------------------------------------------------


def build(profiles: int) -> list[str]:
    """Fill both tables by COPY; the indexes are made afterwards. The names of some of them."""
    from django.db import connections

    owner = connections["owner"]
    started = time.perf_counter()
    with owner.cursor() as cursor:
        cursor.execute("TRUNCATE parties_party CASCADE")
        definitions = _drop_indexes(cursor)
        names = _copy(cursor, profiles)
        for definition in definitions:
            cursor.execute(definition)
        cursor.execute("ANALYZE parties_listing")
    _say(f"{profiles:,} profiles in {time.perf_counter() - started:.0f} s")
    return names


def _drop_indexes(cursor: Any) -> list[str]:
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(INDEXES)])
    definitions = [row[0] for row in cursor.fetchall()]
    cursor.execute(f"DROP INDEX {', '.join(INDEXES)}")
    return definitions


def _copy(cursor: Any, profiles: int) -> list[str]:
    """Both tables in turns, so that no row waits in memory."""
    names = []
    rows = _rows(profiles)
    while batch := [row for row, _n in zip(rows, range(20_000), strict=False)]:
        names += [party[2] for party, _listing in batch[:: max(1, profiles // 20_000)]]
        for table, columns, place in (("parties_party", PARTY, 0), ("parties_listing", LISTING, 1)):
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in batch:
                    copy.write_row(row[place])
    return names


PARTY = (
    "id, kind, name, legal_name, uscc, city_id, intro, contact_name, contact_phone, status,"
    " status_note, created_at, submitted_at, verified_at, updated_at"
)
LISTING = "party_id, kind, text, readings, sort_key, tokens, facets, packed_facets, score, since"


def _rows(profiles: int) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    from datetime import UTC, datetime, timedelta

    from portal.parties.models import Category, City, ServiceType
    from portal.parties.search import entry_of
    from portal.parties.search.facets import packed

    random = Random(1)
    cities = list(City.objects.all())
    weights = [1 / (place + 3) for place in range(len(cities))]
    services = [service.pk for service in ServiceType.objects.all()]
    categories = [category.pk for category in Category.objects.filter(parent=None)]
    start = datetime(2023, 1, 1, tzinfo=UTC)
    for key in range(1, profiles + 1):
        name, city = _name(random), random.choices(cities, weights)[0]
        legal = f"{city.name_zh}{name}{random.choice(('', '科技', '网络', '文化'))}有限公司"
        entry = entry_of(KIND, name, legal)
        facets = sorted(set(_facets(random, key, city, cities, services, categories)))
        since = start + timedelta(seconds=random.randrange(10**8))
        score = -1 if random.random() < 0.3 else int(random.gauss(6_000, 1_200)) % 10_000
        yield (
            (key, KIND, name, legal, "", city.pk, "", "", "", "listed", "", *[since] * 4),
            (
                *(key, KIND, entry.text, entry.readings, entry.sort_key),
                *([*facets, *entry.tokens], facets, packed(facets), score, since),
            ),
        )


def _name(random: Random) -> str:
    """Two or three characters and a word of the trade; sometimes letters or a person."""
    kind = random.random()
    stem = "".join(random.choices(STEM, k=2 if kind < 0.7 else 3))
    if kind > 0.96:
        stem = random.choice(LATIN) + stem
    elif kind > 0.9:
        stem = random.choice(SURNAMES) + stem[1:]
    return stem + random.choice(WORDS)


def _facets(
    random: Random, key: int, city: Any, cities: Any, services: list[int], categories: list[int]
) -> Iterator[int]:
    from portal.parties.listing import REGIONS
    from portal.parties.search import Facet, facet_token, price_bands
    from portal.parties.search.facets import sample_of

    low = random.randrange(5, 120) * 100_000
    values = [(Facet.ALL, 0), (Facet.SAMPLE, sample_of(key)), (Facet.REMOTE, key * 7 // 5 % 2)]
    values += [(Facet.SERVICE, s) for s in random.sample(services, random.randint(2, 5))]
    values += [(Facet.SERVICE, services[2])] * (random.random() < 0.5)  # most have live rooms
    values += [(Facet.CATEGORY, c) for c in random.sample(categories, random.randint(1, 3))]
    for place in (city, random.choice(cities)):
        values += [(Facet.CITY, place.pk), (Facet.REGION, REGIONS.index(place.region))]
    values += [(Facet.TIER, city.position % 3)]
    values += [(Facet.PRICE, band) for band in price_bands(low, low * random.randint(1, 4))]
    yield from (facet_token(KIND, facet, value) for facet, value in values)


# --- the searches ------------------------------------------------------------------------------


def searches(names: list[str]) -> dict[str, list[Any]]:
    """Questions as people ask them, cut from names that exist: by what they are."""
    from portal.directory.filters import ask
    from portal.parties.models import Category, City, ServiceType
    from portal.parties.search.readings import sort_key

    random = Random(2)

    def cut(length: int) -> str:
        name = random.choice(names)
        start = random.randrange(max(1, len(name) - length + 1))
        return name[start : start + length]

    def said(length: int) -> list[str]:
        return sort_key(cut(length)).split()

    def some(model: Any) -> str:
        return random.choice(list(model.objects.values_list("code", flat=True)))

    def several(make: Callable[[], dict[str, Any]], number: int = 40) -> list[Any]:
        return [ask(KIND, make()) for _turn in range(number)]

    service = {"service": ["live-room"]}
    return {
        "one character": several(lambda: {"q": cut(1)}),
        "two characters": several(lambda: {"q": cut(2)}),
        "three and more characters": several(lambda: {"q": cut(random.randint(3, 6))}),
        "pinyin": several(lambda: {"q": "".join(said(random.randint(1, 4)))}),
        "initials": several(lambda: {"q": "".join(s[0] for s in said(random.randint(2, 4)))}),
        "unfinished pinyin": several(lambda: {"q": "".join(said(3))[:-1]}),
        "two characters in a service": several(lambda: {"q": cut(2)} | service),
        "filters alone": several(
            lambda: {
                "service": [some(ServiceType)],
                "category": [some(Category)],
                "city": [some(City)],
            }
        ),
        "a word nobody has": several(lambda: {"q": cut(1) + "龘" + cut(1)}, 10),
    }


def _search_rows(questions: dict[str, list[Any]]) -> Iterator[Row]:
    from portal.directory.search import ORDERS, find

    score, everything, probes = ORDERS["score"], [], []
    for what, asked in questions.items():
        times = [_ms(lambda q=q: find(q, score)) for q in asked]
        bare = [_ms(lambda q=q: _bare_probe(q)) for q in asked]
        everything += times
        probes += bare
        _say(
            f"{what}: median {statistics.median(times):.2f}, p95 {_p95(times):.2f}, most"
            f" {max(times):.1f} ms; bare probe of the index {statistics.median(bare):.2f}"
        )
    at = f"directory, {PROFILES:,} profiles"
    yield Row(f"{at}: search, 20 best, median", statistics.median(everything), None, "ms", "≤", 10)
    yield Row(f"{at}: search, 20 best, p95", _p95(everything), None, "ms", "≤", 20)
    yield Row(
        f"{at}: all searches, floor: a bare look-up of every match",
        sum(everything),
        sum(probes),
        "ms",
        "≤",
        1,
    )


def _bare_probe(question: Any) -> None:
    """What any search must do at least if it does not look at orders: find the rows."""
    from portal.directory.frequencies import frequencies

    probe, values = question.probe(frequencies())
    _sql(f"SELECT count(*) FROM parties_listing WHERE {probe}", values)  # noqa: S608


def _page_rows() -> Iterator[Row]:
    from portal.directory.filters import ask
    from portal.directory.search import ORDERS, find

    score, everybody = ORDERS["score"], ask(KIND, {})
    [(value, key)] = _sql(
        "SELECT score, party_id FROM parties_listing WHERE kind = %s"
        " ORDER BY score DESC, party_id DESC OFFSET %s LIMIT 1",
        [KIND, PROFILES * 9 // 10],
    )
    step = (
        "SELECT score, party_id FROM parties_listing WHERE kind = %s AND (score, party_id) <"
        " (%s, %s) ORDER BY score DESC, party_id DESC LIMIT 21"
    )
    deep, bare = median_ms(
        lambda: find(everybody, score, edge=(value, key)),
        lambda: _sql(step, [KIND, value, key]),
        repeats=60,
    )
    _say(f"page behind nine tenths of all: {deep:.2f} ms, bare {bare:.2f}")
    yield Row("next page behind nine tenths of all", deep, None, "ms", "≤", 1)
    common = ask(KIND, {"service": ["live-room"]})
    [deep] = median_ms(lambda: find(common, score, edge=(value, key)), repeats=60)
    yield Row("next page, of one service, behind nine tenths", deep, None, "ms", "≤", 5)


def _count_rows() -> Iterator[Row]:
    from portal.directory.filters import ask
    from portal.directory.search import count

    asked = {
        "everybody": {},
        "one service": {"service": ["live-room"]},
        "service and category": {"service": ["live-room"], "category": ["food"]},
        "service, category, city": {
            "service": ["live-room"],
            "category": ["food"],
            "city": ["hangzhou"],
        },
        "a word of two characters": {"q": "星河"},
        "a trade of two characters": {"q": "电商"},
    }
    for what, data in asked.items():
        question = ask(KIND, data)
        [ours] = median_ms(lambda question=question: count(question), repeats=9)
        counted = count(question)
        _say(f"{what}: {counted.total:,} {'' if counted.is_exact else 'about'} in {ours:.1f} ms")
        yield Row(f"counts and facets, {what} ({counted.total:,})", ours, None, "ms", "≤", 70)


def _edit_rows() -> Iterator[Row]:
    from portal.parties.listing import publish_listing
    from portal.parties.models import Party

    random = Random(3)

    def edit() -> None:
        party = Party.objects.get(pk=random.randrange(1, PROFILES))
        Party.objects.filter(pk=party.pk).update(name=_name(random))
        publish_listing(party)

    def bare() -> None:
        party = Party.objects.get(pk=random.randrange(1, PROFILES))
        Party.objects.filter(pk=party.pk).update(name=_name(random))

    ours, floor = median_ms(edit, bare, repeats=60)
    _say(f"an edit of a name {ours:.1f} ms, without its listing {floor:.1f}")
    yield Row("one edit of a profile, listing and all", ours, None, "ms", "≤", 30)
    [(index, table)] = _sql(
        "SELECT pg_relation_size('listing_tokens'), pg_relation_size('parties_listing')", []
    )
    _say(f"token index {index / 2**20:.0f} MB, listing {table / 2**20:.0f} MB")
    yield Row("token index, bytes a profile", index / PROFILES, None, "B", "≤", 260)


# --- the truth -----------------------------------------------------------------------------------


def _truth(questions: dict[str, list[Any]]) -> Iterator[Row]:
    """Every question's rows and first page against a scan of all rows without any token."""
    from portal.directory.frequencies import frequencies
    from portal.directory.search import ORDERS, find

    missed = false = compared = 0
    _sql("SET work_mem = '64MB'", [])
    for question in (q for asked in questions.values() for q in asked[:6]):
        check, values = question.check()
        scan = f"SELECT score, party_id FROM parties_listing WHERE {check}"  # noqa: S608
        true = _sql(f"{scan} ORDER BY score DESC, party_id DESC", values)
        probe, values = question.probe(frequencies())
        recheck, checked = question.check_of_words()
        look_up = f"SELECT party_id FROM parties_listing WHERE {probe} AND {recheck}"  # noqa: S608
        ours = {key for (key,) in _sql(look_up, [*values, *checked])}
        truth = {key for _score, key in true}
        missed, false = missed + len(truth - ours), false + len(ours - truth)
        compared += len(truth)
        shown = find(question, ORDERS["score"])
        missed += shown.edges != true[:20]
    _say(f"{compared:,} matches compared with a plain scan: {missed} missed, {false} false")
    yield Row(f"matches missed, of {compared:,}", missed, None, "", "≤", 0)
    yield Row("false matches shown", false, None, "", "≤", 0)


def _sql(sql: str, values: list[Any]) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def _ms(work: Callable[[], object]) -> float:
    """The best of four runs: the first fills caches that a busy site has full, and what else the
    machine does in the meantime is not the search's."""

    def once() -> float:
        started = time.perf_counter()
        work()
        return (time.perf_counter() - started) * 1000

    return min(once() for _run in range(4))


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _say(sentence: str) -> None:
    print(f"  {sentence}", file=sys.stderr, flush=True)
