"""What customers write about their returns: which phrases set a reason apart.

Phrases are found in any language that puts spaces between words, though only English filler words
are left out.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

Row = dict[str, Any]

LONGEST_PHRASE = 3
FEWEST_TEXTS = 2
PHRASES_KEPT = 30
CLAUSE = re.compile(r"[^\w\s'’-]+|\s-+\s")
WORD = re.compile(r"[^\W\d_][\w'’-]*")
# A phrase neither begins nor ends with one of these; "too", "not" and the like carry the complaint.
FILLERS = frozenset(
    """
    a am an and are as at be been being but by can could did do does for from had has have he her
    his i i'm i've if in into is it it's its just me my of on or our she so than that the their them
    then there these they this those to up us was we were what when which who will with would you
    your
    """.split()  # noqa: SIM905 (a list of that many quoted words is hard to read)
)
SCORES = ["texts", "share", "score", "average_sentiment", "phrase_rank"]


def key_phrases(scored: pd.DataFrame, group: str) -> pd.DataFrame:
    """The phrases that set each group's texts apart from the store's others, best first.

    `share` is the part of the group's texts that hold the phrase; `score` is Dunning's
    log-likelihood of that against the store's other texts: 3.8 happens by chance once in twenty.
    Store `all` is all stores together.
    """
    stores = [*scored.groupby("store_id"), ("all", scored)]
    rows = [
        {"store_id": store_id, group: name, **phrase}
        for store_id, texts in stores
        for name, phrases in _by_group(texts, group)
        for phrase in phrases
    ]
    return pd.DataFrame(rows, columns=["store_id", group, "phrase", *SCORES])


def _by_group(texts: pd.DataFrame, group: str) -> Iterator[tuple[str, list[Row]]]:
    """Each group's name with its phrases."""
    counts = {
        name: _count(part["reason_text"], part["sentiment"])
        for name, part in texts.groupby(group, sort=True)
    }
    everywhere = sum((found.texts for found in counts.values()), Counter[str]())
    total = sum(found.total for found in counts.values())
    for name, found in counts.items():
        yield str(name), _best(found, everywhere, total)


@dataclass
class _Count:
    """How many texts there are, how many hold each phrase, and how those sound."""

    total: int = 0
    texts: Counter[str] = field(default_factory=Counter)
    sentiments: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def _count(texts: Iterable[str], values: Iterable[float]) -> _Count:
    count = _Count()
    for text, value in zip(texts, values, strict=True):
        found = phrases(text)
        count.total += 1
        count.texts.update(found)
        if not math.isnan(value):
            for phrase in found:
                count.sentiments[phrase].append(value)
    return count


def phrases(text: str) -> set[str]:
    """The words of a text and the runs of up to three of them that lie within one clause."""
    clauses = (WORD.findall(clause) for clause in CLAUSE.split(text.lower().replace("’", "'")))
    return {
        " ".join(words[start : start + length])
        for words in clauses
        for length in range(1, LONGEST_PHRASE + 1)
        for start in range(len(words) - length + 1)
        if not {words[start], words[start + length - 1]} & FILLERS
    }


def _best(found: _Count, everywhere: Counter[str], total: int) -> list[Row]:
    frequent = {name: texts for name, texts in found.texts.items() if texts >= FEWEST_TEXTS}
    scores = {
        name: distinctiveness(texts, found.total, everywhere[name] - texts, total - found.total)
        for name, texts in frequent.items()
        if not _within_another(name, texts, frequent)
    }
    best = sorted(scores, key=lambda name: (-scores[name], -frequent[name], name))
    kept = [name for name in best if scores[name] >= 0][:PHRASES_KEPT]
    return [
        {
            "phrase": name,
            "texts": frequent[name],
            "share": round(frequent[name] / found.total, 6),
            "score": scores[name],
            "average_sentiment": _mean(found.sentiments[name]),
            "phrase_rank": rank,
        }
        for rank, name in enumerate(kept, start=1)
    ]


def _within_another(phrase: str, texts: int, frequent: Mapping[str, int]) -> bool:
    """Whether a longer phrase stands in as many texts and so says more."""
    return any(
        other != phrase and held == texts and f" {phrase} " in f" {other} "
        for other, held in frequent.items()
    )


def distinctiveness(inside: int, inside_total: int, outside: int, outside_total: int) -> float:
    """Dunning's log-likelihood that a phrase is as frequent inside as outside; negative if rarer.

    Of `inside_total` texts `inside` hold the phrase, of the others `outside`.
    """
    rate = (inside + outside) / (inside_total + outside_total)
    cells = (
        (inside, inside_total * rate),
        (inside_total - inside, inside_total * (1 - rate)),
        (outside, outside_total * rate),
        (outside_total - outside, outside_total * (1 - rate)),
    )
    likelihood = 2 * sum(seen * math.log(seen / usual) for seen, usual in cells if seen)
    rarer = inside < inside_total * rate
    return round(-likelihood if rarer else max(likelihood, 0.0), 4)


def _mean(values: list[float]) -> float | None:
    return round(math.fsum(values) / len(values), 4) if values else None
