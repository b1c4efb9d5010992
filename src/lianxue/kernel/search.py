"""Full-text search in Chinese: words are found in Python, PostgreSQL only stores and compares them ('simple' config).

What is stored holds every word of the dictionary that occurs in the text, overlapping ones too, and every single
character. What is asked is cut into as few words as possible. So any part of a Chinese name or title finds the whole.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import rjieba
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

DICTIONARY = Path(__file__).parent / "data" / "search_dictionary.txt"

MAX_STORED = 60_000  # characters of one text that can be found; PostgreSQL allows 1 MB a vector
MAX_ASKED = 200
MAX_TOKENS = 32
MAX_WORD = 64

# Runs of Han characters (with 〇 and the rare extensions) are cut into words; runs of other letters and digits are words.
HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUNS = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
STOP_WORDS = frozenset(
    ["的", "了", "和", "与", "及", "或", "是", "在", "之", "the", "a", "an", "of", "and", "or", "in", "to"]
)

_SOURCES: list[Callable[[], Iterable[str]]] = []


def segment(text: str) -> str:
    """Return what makes ``text`` findable, parted by single spaces: of each run its words, then its characters."""
    return " ".join(_tokens(text[:MAX_STORED], _all_words))


def to_vector(*, a: str, b: str = "", c: str = "") -> CombinedExpression:
    """Return the SQL expression for a SearchVectorField; ``a`` weighs most (title), ``c`` least (description)."""
    return _weighted(a, "A") + _weighted(b, "B") + _weighted(c, "C")


def to_query(text: str) -> SearchQuery | None:
    """Return the query that finds all words of ``text``, the last one also as the beginning of a word.

    Punctuation and operators mean nothing. None when there is nothing in ``text`` to search for.
    """
    words = list(dict.fromkeys(_tokens(text[:MAX_ASKED], _fewest_words)))[:MAX_TOKENS]
    if not words:
        return None
    # Words are letters and digits only, so that nothing in them can leave the quotes.
    terms = [f"'{word}'" for word in words]
    return SearchQuery(" & ".join(terms) + ":*", config="simple", search_type="raw")


def add_words(source: Callable[[], Iterable[str]]) -> None:
    """Teach the segmenter the names that ``source`` gives, such as those of all divisions.

    Call it from ``apps.ready()``: every process must know the same words, or what one stores another does not find.
    ``source`` is asked when the first text is cut, so that commands that search nothing start quickly.
    """
    _SOURCES.append(source)
    _segmenter.cache_clear()


def _weighted(text: str, weight: str) -> SearchVector:
    return SearchVector(Value(segment(text)), config="simple", weight=weight)


def _tokens(text: str, cut: Callable[[str], Iterable[str]]) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", text).lower()
    for han, other in RUNS.findall(folded):
        for word in cut(han) if han else (other[:MAX_WORD],):
            if word not in STOP_WORDS:
                yield word


def _all_words(run: str) -> list[str]:
    words = [word for word in _segmenter().cut_all(run) if len(word) > 1]
    return [*words, *run]


def _fewest_words(run: str) -> list[str]:
    # Without guessing of unknown words: a guess would not be among the stored ones.
    return _segmenter().cut(run, False)


@functools.cache
def _segmenter() -> rjieba.Jieba:
    """Load the dictionaries: 0.1 s, once a process."""
    segmenter = rjieba.Jieba()
    for line in DICTIONARY.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            segmenter.add_word(line, None, None)
    for source in _SOURCES:
        for name in source():
            for han, _other in RUNS.findall(unicodedata.normalize("NFKC", name)):
                if len(han) > 1:
                    segmenter.add_word(han, None, None)
    return segmenter
