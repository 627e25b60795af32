"""What the demo's products are called: an origin or manner, the thing, and its measure."""

from __future__ import annotations

from random import Random

# By category: manners, things, measures, and from which to which price (yuan).
Words = tuple[str, str, str, tuple[int, int]]
WORDS: dict[str, Words] = {
    "home": (
        "加厚 可折叠 北欧风 静音 大容量 免打孔 抗菌 竹纤维",
        "收纳箱 洗脸巾 床笠四件套 保温壶 不粘炒锅 晾衣架 记忆棉枕 香薰蜡烛 拖把套装 垃圾袋",
        "单件装 两件装 三件套 家庭装 1.5L 1.8米床",
        (19, 299),
    ),
    "beauty": (
        "氨基酸 烟酰胺 玻尿酸 积雪草 山茶花 控油 保湿 水杨酸",
        "洁面乳 精华液 面膜 防晒霜 粉底液 口红 洗发水 身体乳 卸妆油 眼霜",
        "30ml 50ml 120g 10片装 两支装 500ml",
        (29, 399),
    ),
    "food": (
        "冷榨 手工 低温烘焙 古法 原味 高原 无添加 农家",
        "亚麻籽油 坚果礼盒 桂花乌龙 牛肉干 杂粮粥 芝麻酱 黑糖姜茶 红枣夹核桃 螺蛳粉 蜂蜜",
        "250g 500g 500ml 1kg 12袋装 礼盒装",
        (19, 199),
    ),
    "apparel": (
        "法式 宽松 高腰 纯棉 冰丝 复古 通勤 加绒",
        "连衣裙 牛仔裤 针织衫 防晒衣 西装外套 半身裙 卫衣 羊毛大衣 家居服 打底裤",
        "S-XL 均码 两件套 黑色 米白色 加长款",
        (49, 599),
    ),
    "shoes-bags": (
        "头层牛皮 轻便 百搭 手工编织 防滑 复古 大容量 925银",
        "小白鞋 托特包 乐福鞋 双肩包 老爹鞋 单肩包 耳饰 马丁靴 钱包 太阳镜",
        "36-40码 黑色 棕色 女款 男款 礼盒装",
        (49, 699),
    ),
    "fresh": (
        "现摘 高山 有机 产地直发 生态 冰鲜 树上熟 当季",
        "阳光玫瑰葡萄 爱媛果冻橙 大闸蟹 阿克苏苹果 铁棍山药 黑虎虾 贝贝南瓜 草莓 牛腱子 奶油玉米",
        "2斤装 5斤装 8斤装 4只装 礼盒装 10根装",
        (29, 299),
    ),
    "baby": (
        "A类纯棉 食品级硅胶 益智 免安装 云柔 早教 防胀气 护脊",
        "婴儿连体衣 儿童水杯 积木套装 推车 纸尿裤 绘本机 学步鞋 儿童餐椅 睡袋 爬行垫",
        "73-100码 300ml 120粒 L码 单件装 两件装",
        (29, 899),
    ),
    "digital": (
        "主动降噪 快充 便携 智能 4K 无线 长续航 静音",
        "蓝牙耳机 充电宝 空气炸锅 投影仪 机械键盘 扫地机器人 加湿器 电动牙刷 显示器 台灯",
        "标准版 升级版 20000mAh 5L 27英寸 白色",
        (59, 2999),
    ),
    "sports": (
        "速干 超轻 碳纤维 加厚 专业 防水 可折叠 高弹",
        "冲锋衣 瑜伽垫 登山杖 露营帐篷 跑步鞋 鱼竿 骑行头盔 哑铃 泳镜 护膝",
        "单人 双人 10mm 2.7米 男款 女款",
        (39, 899),
    ),
    "pets": (
        "冻干 无谷 鸡肉味 除臭 豆腐 高蛋白 可拆洗 自动",
        "猫粮 狗粮 猫砂 猫条 狗窝 饮水机 牵引绳 猫抓板 宠物零食 梳毛器",
        "1.5kg 2kg 6包装 30支 M号 2L",
        (19, 399),
    ),
    "health": (
        "医用 破壁 九蒸九晒 高浓度 便携 儿童 家用 滋补",
        "艾草贴 血压计 阿胶糕 灵芝孢子粉 冷敷贴 燕窝 护腰带 蛋白粉 体温计 枸杞原浆",
        "10贴装 30袋 500g 单台 礼盒装 50ml*10",
        (29, 999),
    ),
    "auto": (
        "全包围 高清夜视 四季通用 镀晶 静音 磁吸 加厚 快充",
        "汽车脚垫 行车记录仪 坐垫 车载吸尘器 雨刮器 手机支架 洗车喷壶 头盔 机油 车载香氛",
        "五座 单支装 4L 标准版 升级版 通用",
        (29, 799),
    ),
    "books": (
        "彩图注音 精装 全套 名家 双语 立体 典藏 趣味",
        "儿童绘本 百科全书 字帖 历史漫画 经典名著 数学思维训练 点读书 科普翻翻书 唐诗画谱 手账本",
        "全4册 全8册 全12册 单册 礼盒装 精装版",
        (19, 299),
    ),
    "gifts": (
        "手工 非遗 定制 国潮 珐琅 原创 刻字 真丝",
        "香囊 茶具套装 书签 团扇 冰箱贴 木雕摆件 钢笔 丝巾 永生花 印章",
        "单件 礼盒装 一套六件 两件装 刻名款 典藏款",
        (29, 499),
    ),
}
PRAISE = (
    "{thing}选料讲究，出厂前逐批抽检，附检测报告。",
    "复购率高的{thing}，支持七天无理由退换，破损包赔。",
    "适合{manner}路线的直播间，素材与手卡可直接领取。",
    "产地直发，48小时内出库，售后专人跟进。",
    "",
)


def product_words(code: str, random: Random) -> tuple[str, str, int]:
    """A name, what is said of it, and a price in fen that ends as prices do."""
    manners, things, measures, (low, high) = WORDS[code]
    manner, thing = random.choice(manners.split()), random.choice(things.split())
    name = f"{manner}{thing} {random.choice(measures.split())}"
    yuan = round(low * (high / low) ** random.random())
    price = yuan * 100 - random.choice((10, 10, 100, 0))
    return name, random.choice(PRAISE).format(thing=thing, manner=manner), price
