"""How texts sound: TextBlob's sentiment, from words of English.

A text that holds none of them is `unknown`, as is one in another language.
"""

import re
from collections.abc import Iterable

import pandas as pd

CLEAR = 0.1
NEGATED = re.compile(r"n['’]t\b", re.IGNORECASE)
# Words that mean something else about goods than in general; the rest is as TextBlob knows it.
OF_GOODS = {
    "cheap": -0.4,
    "cheaply": -0.4,
    "cracked": -0.4,
    "damaged": -0.5,
    "defective": -0.6,
    "faulty": -0.6,
    "first": 0.0,
    "late": -0.3,
    "thin": -0.2,
    "torn": -0.4,
}


def sentiments(texts: pd.DataFrame, column: str) -> pd.DataFrame:
    """The texts of the column with `sentiment` from -1 to 1, null where unknown, and its label."""
    known = _known_sentiments(texts[column].unique())
    values = [known[text] for text in texts[column]]
    return texts.assign(
        sentiment=pd.Series(values, texts.index, dtype="float64"),
        sentiment_label=pd.Series([_label(value) for value in values], texts.index, dtype="str"),
    )


def _known_sentiments(texts: Iterable[str]) -> dict[str, float | None]:
    from textblob.en import sentiment as lexicon  # it loads NLTK

    lexicon.negations = ("no", "not", "never", "nothing")
    for word, polarity in OF_GOODS.items():
        lexicon.annotate(word, None, polarity, 0.5)
    scores = {text: lexicon(NEGATED.sub(" not", text)) for text in texts}
    return {
        text: round(score[0], 4) if score.assessments else None for text, score in scores.items()
    }


def _label(score: float | None) -> str:
    if score is None:
        return "unknown"
    if abs(score) < CLEAR:
        return "neutral"
    return "positive" if score > 0 else "negative"
