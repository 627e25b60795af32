"""What parties are called: each name once in its kind, and the same whatever the world's size.

A party's number chooses a stem; as many numbers later the stem comes again, with another word
behind it. So number → name never meets itself, and nothing has to be remembered.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.parties.states import PartyKind

HEADS = (
    "云青山南北林星木月清白玉知拾半初安向墨栖沐远禾竹暖鹿归花朴"
    "橙晨松露麦夏素秋言微简锦悦嘉晴原芳泽甜"
)
TAILS = (
    "岭禾雨野光风槿河朗田川语屿里柚鸣帆见园然汐舟谷石溪泉岸桥歌"
    "物集作造味坞尚研萃客舍念笙荷芽叶枝朵羽沫岚棠"
)
TAKEN = {"云帆", "星野", "云南", "山东", "山河", "青海", "白云", "清河", "玉溪", "安溪", "月光"}
STEMS = [h + t for h in HEADS for t in TAILS if h != t and h + t not in TAKEN]

NICK_HEADS = ("小", "阿", "大", "老", "", "是", "我是")
NICK_TAILS = (
    "禾青林哲月北舟沐乔芒柚鹿麦宁安朗楠可苏念桃梨枣糖满雨晴雪朵米豆川野岩"
    "松竹海洲星云帆溪石田原虎牛羊猫熊鱼燕莺荷兰梅菊茶酒盐椒姜蒜葱瓜果瓦"
    "木铃锦绣琴棋砚画诗歌舞笛春夏秋冬晨暮旦昼霜霓雷霞"
)
NICKS = [
    nick
    for head in NICK_HEADS
    for tail in NICK_TAILS
    if (nick := head + tail if head else tail + tail) not in {"小满", "小米", "小熊", "大海"}
]

MERCHANT_WORDS = {
    "home": "家居 家纺 日用 生活馆 收纳 餐厨 家饰 布艺",
    "beauty": "美妆 个护 护肤 彩妆 洗护 香氛 美颜 肌研",
    "food": "食品 零食 茶饮 茶业 粮油 调味 烘焙 坚果",
    "apparel": "服饰 女装 内衣 男装 针织 汉服 衣橱 成衣",
    "shoes-bags": "鞋业 箱包 配饰 皮具 女鞋 饰品 珠饰 眼镜",
    "fresh": "鲜果 农场 果蔬 水产 生鲜 果园 牧场 农业",
    "baby": "母婴 童品 玩具 童装 童趣 婴童 育儿 益智",
    "digital": "数码 电器 智能 小家电 影音 配件 照明 科技",
    "sports": "运动 户外 骑行 健身 露营 渔具 瑜伽 体育",
    "pets": "宠物 宠食 萌宠 宠舍 猫舍 水族 宠护 爱宠",
    "health": "健康 保健 药业 滋补 养生 器械 膳食 本草",
    "auto": "汽配 车品 摩配 车饰 车护 轮胎 改装 骑士",
    "books": "图书 书局 音像 文教 书坊 教辅 绘本 书房",
    "gifts": "礼品 文创 手作 礼盒 工艺 花礼 陶艺 非遗",
}
PROVIDER_WORDS = "电商 直播 新媒 内容 互动 品牌 传播 运营 数科 网络 营销 供应链".split()
AGENCY_WORDS = "文化 传媒 互娱 影视 娱乐 达人社 新媒体 内容工厂 网红 星工坊".split()
CREATOR_WORDS = {
    "home": "的小家 收纳课 爱做家务 家居控 租房记 住进画里",
    "beauty": "爱护肤 的梳妆台 美妆课 化妆间 成分党 素颜记",
    "food": "的小厨房 爱吃 下饭日记 美食记 吃遍全国 的小饭桌",
    "apparel": "穿搭记 的衣橱 爱穿搭 小个子穿搭 微胖穿搭 试衣间",
    "shoes-bags": "鞋包控 爱买包 的鞋柜 配饰铺 包包课 银饰记",
    "fresh": "的果园 赶海记 在乡下 山里人 挑水果 的菜园子",
    "baby": "带娃记 育儿说 和宝宝 亲子日常 妈妈课 玩具屋",
    "digital": "玩数码 测评室 电器课 聊科技 装备库 智能生活",
    "sports": "爱户外 健身房 骑行记 露营去 跑步说 瑜伽课",
    "pets": "和猫 养狗记 萌宠屋 的毛孩子 铲屎官 宠物课",
    "health": "养生说 健康课 慢生活 滋补记 聊健康 早睡记",
    "auto": "玩车 车品汇 摩旅记 聊车 改装间 自驾去",
    "books": "读书会 的书架 讲绘本 书单君 夜读 好书课",
    "gifts": "做手工 的工作台 非遗记 文创铺 陶艺间 送礼课",
}
CREATOR_WORDS_OF_ALL = "好物 严选 开箱 日记 生活记 优选 说 频道 小铺 的日常 分享 好物记".split()


def party_name(kind: str, number: int, category: str) -> str:
    """The name of party `number` (from 1) of a kind, whose main trade is `category`."""
    stems = NICKS if kind == PartyKind.CREATOR else STEMS
    place = number * 1_583 % len(stems)  # neighbours are to look unlike each other
    turn = number // len(stems)
    words = _words(kind, category)
    name = stems[place] + words[(place + turn) % len(words)]
    # A world many times as large as was announced needs more stems still.
    return STEMS[turn // len(words)] + name if turn >= len(words) else name


def _words(kind: str, category: str) -> Sequence[str]:
    """The words of one category are of no other, unless at the same place in all."""
    if kind == PartyKind.MERCHANT:
        return MERCHANT_WORDS[category].split()
    if kind == PartyKind.PROVIDER:
        return PROVIDER_WORDS
    if kind == PartyKind.AGENCY:
        return AGENCY_WORDS
    return [*CREATOR_WORDS[category].split(), *CREATOR_WORDS_OF_ALL]
