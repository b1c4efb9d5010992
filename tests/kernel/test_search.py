"""Chinese search: what is stored, what is asked, and that any part of a Chinese text finds it."""

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, ExpressionWrapper, Func, Value
from django.db.models.expressions import CombinedExpression
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxue.kernel import search
from lianxue.kernel.models import StoredFile
from lianxue.kernel.search import MAX_ASKED, MAX_TOKENS, add_words, segment, to_query, to_vector

TITLES = st.text(
    st.sampled_from(
        "川沙新镇社区学校老年大学养教结合点非遗传承终身教育书法入门甪直栟茶沚的之和江南戏曲，《》 "
    ),
    max_size=30,
)


def _asked(text: str) -> str | None:
    query = to_query(text)
    if query is None:
        return None
    value = query.get_source_expressions()[-1]
    assert isinstance(value, Value)
    return str(value.value)


def _finds(vector: CombinedExpression, query: SearchQuery) -> bool:
    """Ask PostgreSQL itself; StoredFile only lends its empty table to a query without one."""
    match = Func(vector, query, template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField())
    compiler = StoredFile.objects.annotate(found=ExpressionWrapper(match, BooleanField())).query.get_compiler(
        "default"
    )
    sql, params = compiler.compile(compiler.query.annotations["found"])
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", params)
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("川沙新镇", "川沙 川沙新镇 新镇 川 沙 新 镇"),
        ("养教结合点", "养教结合 养教结合点 结合 结合点 养 教 结 合 点"),
        ("非遗传承", "非遗 非遗传承 遗传 传承 非 遗 传 承"),
        ("茶", "茶"),
        ("《书法入门》，（上册）！", "书法 入门 书 法 入 门 上册 上 册"),
        ("ＡＢＣ１２３ 3D打印", "abc123 3d 打印 打 印"),
        ("ISBN 978-7-5426-1234-5", "isbn 978 7 5426 1234 5"),
        ("Café_Olé", "café olé"),
        ("的和之", ""),
        ("😀🎉 … —— ·", ""),
        ("", ""),
    ],
)
def test_what_is_stored(text: str, stored: str) -> None:
    assert segment(text) == stored


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("川沙新镇", "'川沙新镇':*"),
        ("川沙新镇 养教结合点", "'川沙新镇' & '养教结合点':*"),
        ("镇", "'镇':*"),
        ("老人的书", "'老人' & '书':*"),
        ("书法 书法", "'书法':*"),
        ("TAIJI 太极", "'taiji' & '太极':*"),
        ("a'b\"c & | ! :* <-> (x) \\", "'b' & 'c' & 'x':*"),
        ("'; DROP TABLE x; --", "'drop' & 'table' & 'x':*"),
    ],
)
def test_what_is_asked(text: str, asked: str) -> None:
    assert _asked(text) == asked


@pytest.mark.parametrize("text", ["", "   ", "，。！？", "的", "the of", "😀", "' & | !", "\x00\x01"])
def test_nothing_to_search_for(text: str) -> None:
    assert to_query(text) is None


def test_a_very_long_question_is_cut_short() -> None:
    asked = _asked(" ".join(f"w{number}" for number in range(100_000)))

    assert asked is not None
    assert len(asked.split(" & ")) == MAX_TOKENS
    assert asked.endswith("'w31':*")
    assert _asked("x" * 100_000) == f"'{'x' * 64}':*"
    assert MAX_ASKED == 200


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(title=TITLES, start=st.integers(0, 29), length=st.integers(1, 30))
def test_any_part_of_a_chinese_text_finds_it(title: str, start: int, length: int) -> None:
    query = to_query(title[start : start + length])

    if query is not None:
        assert _finds(to_vector(a="", b="上海", c=title), query)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60))
def test_nothing_that_can_be_typed_breaks_the_question(text: str) -> None:
    query = to_query(text)

    if query is not None:
        assert _finds(to_vector(a=text), query)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("川沙", True),
        ("新镇", True),
        ("川沙新", True),
        ("结合点", True),
        ("甪直", False),
        ("太极拳 川沙", True),
        ("太极剑", False),
        ("tai", True),
        ("taiji", True),
        ("aiji", False),
    ],
)
def test_which_questions_find_a_title(question: str, found: bool) -> None:
    vector = to_vector(a="太极拳入门 TaiJi", b="川沙新镇养教结合点")
    query = to_query(question)

    assert query is not None
    assert _finds(vector, query) is found


@pytest.mark.django_db
def test_a_very_long_text_can_be_stored() -> None:
    query = to_query("太极拳")

    assert query is not None
    assert _finds(to_vector(a="太极拳", c="川沙新镇社区学校 abc " * 20_000), query)


def test_names_can_be_taught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_SOURCES", list(search._SOURCES))
    assert _asked("张家埭馆") == "'张家' & '埭' & '馆':*"

    add_words(lambda: ["张家埭", "馆", "（张家埭馆）", "abc"])

    assert _asked("张家埭馆") == "'张家埭馆':*"
    monkeypatch.undo()
    search._segmenter.cache_clear()
    assert _asked("张家埭馆") == "'张家' & '埭' & '馆':*"


@pytest.mark.parametrize("name", ["川沙新镇", "浦东新区", "甪直镇", "栟茶镇", "半淞园路街道"])
def test_every_division_is_one_word(name: str) -> None:
    assert _asked(name) == f"'{name}':*"
