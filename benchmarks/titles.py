"""A catalogue of hundreds of thousands of titles with the words that such titles have."""

import itertools
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection

from lianxue.kernel.search import segment
from lianxue.orgs.public import Organisation
from lianxue.resources.enums import ResourceKind
from lianxue.resources.models import Category

PLACES = [
    "上海",
    "江南",
    "外滩",
    "黄浦",
    "浦东",
    "静安",
    "徐汇",
    "长宁",
    "普陀",
    "虹口",
    "杨浦",
    "闵行",
    "宝山",
    "嘉定",
    "松江",
    "青浦",
    "奉贤",
    "崇明",
    "苏州河",
    "石库门",
]
SUBJECTS = [
    "书法",
    "国画",
    "篆刻",
    "剪纸",
    "插花",
    "茶艺",
    "太极拳",
    "八段锦",
    "合唱",
    "民乐",
    "二胡",
    "古筝",
    "沪剧",
    "越剧",
    "评弹",
    "摄影",
    "手机摄影",
    "智能手机",
    "电脑",
    "微信",
    "网上办事",
    "防诈骗",
    "理财",
    "法律",
    "民法典",
    "养生",
    "中医",
    "针灸",
    "推拿",
    "营养",
    "饮食",
    "高血压",
    "糖尿病",
    "急救",
    "心理",
    "家庭教育",
    "隔代教育",
    "亲子阅读",
    "园艺",
    "编织",
    "旗袍",
    "烹饪",
    "面点",
    "咖啡",
    "红色故事",
    "党史",
    "方言",
    "沪语",
    "英语",
    "日语",
    "历史",
    "地方志",
    "非遗",
    "垃圾分类",
    "消防",
    "交通安全",
    "康复",
    "护理",
    "认知症",
    "舞蹈",
    "瑜伽",
    "乒乓球",
    "围棋",
    "象棋",
    "集邮",
    "收藏",
    "诗词",
    "散文",
    "写作",
    "朗诵",
    "戏曲",
    "电影",
    "音乐欣赏",
]
SHAPES = (
    "{place}{subject}{kind}",
    "老年人{subject}{kind}",
    "{subject}入门与提高",
    "社区{subject}{kind}第{number}册",
    "跟我学{subject}",
    "{subject}一百问",
    "{place}老年大学{subject}{kind}",
    "{subject}与{other}",
)
KINDS = ["教程", "读本", "手册", "讲义", "图解", "指南", "案例", "课堂"]
WORDS = (
    *PLACES,
    *SUBJECTS,
    "老年大学",
    "社区教育",
    "智能手机摄影",
    "黄浦书法教程",
    "太极拳入门",
    "防诈骗手册",
)

# Two statements: text is copied in, then cut into words by PostgreSQL from what Python has segmented.
COPY = """
COPY resources_catalogueentry (title, kind, creator, publisher, isbn, year, category_id, audience, description, keywords,
  online_url, code, provider_id, state, published_at, withdrawn_reason, search_vector) FROM STDIN
"""
VECTOR_LIMIT = 8


def fill_catalogue(count: int, *, provider: Organisation, at: datetime, chance: random.Random) -> None:
    """Write ``count`` published titles by COPY, past the operations: it is the search that is measured."""
    categories = list(Category.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX entry_search")
        with cursor.copy(COPY) as copy:
            for number, (title, subject) in enumerate(itertools.islice(_titles(chance), count), start=1):
                creator, publisher = f"{chance.choice('王李张陈周吴徐孙')}老师", "上海教育出版社"
                copy.write_row(
                    (
                        title,
                        ResourceKind.BOOK if number % 5 else ResourceKind.DISC,
                        creator,
                        publisher,
                        "",
                        chance.randint(1998, 2025),
                        chance.choice(categories),
                        "老年学习者",
                        f"介绍{subject}的基础知识与练习方法。",
                        subject,
                        "",
                        f"B{number:07d}",
                        provider.pk,
                        "published",
                        at - timedelta(minutes=number),
                        "",
                        _vector(title, subject, creator, publisher),
                    )
                )
        cursor.execute("CREATE INDEX entry_search ON resources_catalogueentry USING gin (search_vector)")
        cursor.execute("VACUUM ANALYZE resources_catalogueentry")


def _titles(chance: random.Random) -> Iterator[tuple[str, str]]:
    while True:
        subject = chance.choice(SUBJECTS)
        words = {"place": chance.choice(PLACES), "subject": subject, "kind": chance.choice(KINDS)}
        shape = chance.choice(SHAPES)
        yield shape.format(**words, other=chance.choice(SUBJECTS), number=chance.randint(1, 99)), subject


def _vector(title: str, subject: str, creator: str, publisher: str) -> str:
    """Return the text of a search vector, weighted as the catalogue does: title, then names, then the rest."""
    positions = itertools.count(1)
    parts = ((title, "A"), (f"{creator} {publisher} {subject}", "B"))
    tokens: dict[str, list[str]] = {}
    for text, weight in parts:
        for word in segment(text).split():
            tokens.setdefault(word, []).append(f"{next(positions)}{weight}")
    return " ".join(f"'{word}':{','.join(places[:VECTOR_LIMIT])}" for word, places in tokens.items())
