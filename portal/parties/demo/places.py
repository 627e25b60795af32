"""Where parties are: by the tier of the city, by what it is known for, and by the belts of its
industry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from portal.parties.models import City
from portal.parties.states import CityTier, PartyKind

BY_TIER = {CityTier.FIRST: 5.0, CityTier.NEW_FIRST: 2.4, CityTier.SECOND: 1.0}
ELSEWHERE = 0.5
KNOWN_FOR = {  # city → how many times as many as its tier says
    PartyKind.MERCHANT: {"hangzhou": 2.2, "guangzhou": 1.8, "jinhua": 3.5, "quanzhou": 2.0},
    PartyKind.PROVIDER: {"hangzhou": 4.0, "guangzhou": 1.4, "shanghai": 1.4, "jinhua": 1.5},
    PartyKind.AGENCY: {"hangzhou": 3.2, "beijing": 1.3, "chengdu": 1.8, "changsha": 1.6},
    PartyKind.CREATOR: {"hangzhou": 2.0, "chengdu": 1.6, "chongqing": 1.3, "changsha": 1.3},
}
BELTS = {  # (category, city): whose goods come from there
    **{("apparel", city): 3.0 for city in ("guangzhou", "hangzhou", "quanzhou", "jiaxing")},
    **{("shoes-bags", city): 5.0 for city in ("wenzhou", "quanzhou", "baoding", "jiaxing")},
    **{("home", city): 3.0 for city in ("jinhua", "nantong", "foshan", "linyi", "taizhou")},
    **{("digital", city): 3.0 for city in ("shenzhen", "dongguan", "foshan", "ningbo")},
    **{("fresh", city): 4.0 for city in ("kunming", "yantai", "weifang", "nanning", "dalian")},
    **{("food", city): 2.0 for city in ("changsha", "chengdu", "wuhan", "zhengzhou", "linyi")},
    **{("beauty", city): 2.0 for city in ("guangzhou", "shanghai", "hangzhou")},
    **{("baby", city): 3.0 for city in ("huizhou", "dongguan", "quanzhou", "jiaxing")},
    **{("sports", city): 2.0 for city in ("quanzhou", "ningbo", "xiamen")},
    **{("gifts", city): 3.0 for city in ("jinhua", "suzhou", "luoyang")},
    **{("auto", city): 3.0 for city in ("taizhou", "chongqing", "wenzhou")},
    **{("health", city): 2.0 for city in ("guiyang", "changchun", "nanning")},
    **{("pets", city): 2.0 for city in ("yantai", "wenzhou", "xuzhou")},
    **{("books", city): 2.0 for city in ("beijing", "shijiazhuang")},
}
AREAS: dict[str, str] = dict(  # city → the first six digits that a code has there
    pair.split("=")
    for pair in (
        "shanghai=310115 beijing=110105 shenzhen=440305 guangzhou=440106 chengdu=510107 "
        "hangzhou=330106 chongqing=500103 wuhan=420106 suzhou=320508 xian=610113 nanjing=320106 "
        "changsha=430104 zhengzhou=410105 tianjin=120101 hefei=340104 qingdao=370202 "
        "dongguan=441900 ningbo=330203 foshan=440604 jinan=370102 wuxi=320214 shenyang=210102 "
        "kunming=530102 fuzhou=350102 xiamen=350203 wenzhou=330302 shijiazhuang=130102 "
        "dalian=210202 harbin=230102 jinhua=330782 quanzhou=350503 nanning=450103 "
        "changchun=220102 changzhou=320402 nanchang=360102 nantong=320602 guiyang=520102 "
        "jiaxing=330402 xuzhou=320302 huizhou=441302 taiyuan=140105 yantai=370602 linyi=371302 "
        "baoding=130602 taizhou=331002 shaoxing=330602 zhuhai=440402 luoyang=410302 "
        "weifang=370702 "
    ).split()
)


def area_of(city: City) -> str:
    return AREAS.get(city.code, AREAS["shanghai"])


def weigh_cities(
    cities: Sequence[City], tiers: Mapping[int, str], kind: str, category: str
) -> list[float]:
    """How likely a party of this kind and trade is in each city, added up."""
    return list(accumulate(_weight(city, tiers.get(city.pk), kind, category) for city in cities))


def _weight(city: City, tier: str | None, kind: str, category: str) -> float:
    weight = BY_TIER[CityTier(tier)] if tier else ELSEWHERE
    weight *= KNOWN_FOR[PartyKind(kind)].get(city.code, 1.0)
    return weight * (BELTS.get((category, city.code), 1.0) if kind == PartyKind.MERCHANT else 1.0)
