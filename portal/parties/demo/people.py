"""People's names, with the surnames as common as they are."""

from __future__ import annotations

from random import Random

SURNAMES = (  # of the hundred commonest, the ninety that make up most people
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜"
    "叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎"
    "贺顾毛郝"
)
OF_A_THOUSAND = [
    int(share)
    for share in (
        "72 71 68 54 45 31 22 21 20 19 15 14 13 13 12 12 11 11 10 10 9 9 8 7 7 7 7 6 "
        "6 6 6 6 6 5 5 5 4 4 4 4 4 4 4 4 4 4 4 4 4 4 3 3 3 3 3 3 "
        "3 3 3 3 3 3 3 3 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 "
        "2 2 2 2 "
    ).split()
]
WOMEN = "婷静敏燕艳丽娟莉芳萍玲娜倩洁颖琳雪梅慧晶佳欣怡雨梦思诗琪瑶妍悦蕾薇岚晨露"
MEN = "伟强磊军勇杰涛明超鹏辉刚斌宇浩凯健俊帆博文峰龙飞波洋昊轩泽睿航晨宁远志嘉"
FIRST_OF_TWO = "子雨欣思嘉梓佳晓小文志俊浩明宇一若诗雅婉静海建国春秋永德立家天书景亦可安锦"
MOBILE = "133 135 136 137 138 139 150 151 158 159 177 178 180 186 188 199".split()


def human_name(random: Random) -> str:
    """Most have a given name of two characters, a fifth of one."""
    [surname] = random.choices(SURNAMES, weights=OF_A_THOUSAND)
    last = random.choice(random.choice((WOMEN, MEN)))
    if random.random() < 0.2:
        return surname + last
    return surname + random.choice(FIRST_OF_TWO.replace(last, "")) + last


def mobile_phone(random: Random) -> str:
    return f"{random.choice(MOBILE)}{random.randrange(10**8):08d}"
