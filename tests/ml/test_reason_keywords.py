"""What customers' words about their returns say."""

import math

import pandas as pd
import pytest

from ml.reason_keywords import distinctiveness, key_phrases, phrases
from ml.sentiment import sentiments


def scored(*texts: tuple[str, str], store_id: str = "s") -> pd.DataFrame:
    """Texts with their category, as `sentiments` returns them, none known."""
    rows = [(store_id, category, text, math.nan) for category, text in texts]
    return pd.DataFrame(
        rows, columns=["store_id", "return_reason_category", "reason_text", "sentiment"]
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Terrible quality, the zipper broke after one day", "negative"),
        ("looks cheap", "negative"),
        ("too small", "negative"),
        ("It isn't good", "negative"),
        ("It's perfect, I love it", "positive"),
        ("nothing wrong with it", "positive"),
        ("the first one of two", "neutral"),
        ("ordered two", "unknown"),
        ("viel zu klein", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_text_sounds_as_a_reader_would_say(text, label):
    (row,) = sentiments(scored(("other", text)), "reason_text").to_dict("records")
    assert row["sentiment_label"] == label
    assert math.isnan(row["sentiment"]) == (label == "unknown")


def test_sentiment_is_given_to_every_text_in_its_place():
    told = sentiments(
        scored(("other", "awful"), ("other", "zu klein"), ("other", "awful")), "reason_text"
    )
    assert told["sentiment"].fillna(9).tolist() == [-1.0, 9, -1.0]


def test_no_texts_have_no_sentiments_and_no_phrases():
    told = sentiments(scored(), "reason_text")
    assert told.empty
    assert key_phrases(told, "return_reason_category").empty


def test_phrases_stay_within_a_clause_and_begin_and_end_with_a_word_that_says_something():
    assert phrases("Way too short. The sleeves of it, sadly") == {
        *("way", "too", "short", "sleeves", "sadly"),
        *("way too", "too short", "way too short"),
    }


def test_phrases_of_other_languages_are_found_too():
    assert "zu klein" in phrases("Leider zu klein!")
    assert phrases("Não serve") == {"não", "serve", "não serve"}


def test_distinctiveness_is_dunnings_log_likelihood():
    """8 of 10 inside, 2 of 10 outside: 2 x (2 x 8 ln(8/5) + 2 x 2 ln(2/5)) = 7.7096."""
    expected = 2 * (2 * 8 * math.log(8 / 5) + 2 * 2 * math.log(2 / 5))
    assert distinctiveness(8, 10, 2, 10) == pytest.approx(expected, abs=1e-4)
    assert distinctiveness(2, 10, 8, 10) == pytest.approx(-expected, abs=1e-4)
    assert distinctiveness(5, 10, 5, 10) == 0
    assert distinctiveness(3, 10, 0, 0) == 0


def test_a_category_is_told_by_the_phrases_that_others_do_not_use():
    texts = scored(
        ("size_fit", "sleeves too short"),
        ("size_fit", "too short for me"),
        ("size_fit", "the box was torn"),
        ("delivery", "the box was torn"),
        ("delivery", "box torn"),
        ("delivery", "came too late"),
    )
    told = key_phrases(texts, "return_reason_category")
    of_store = told[told["store_id"] == "s"].set_index(["return_reason_category", "phrase"])
    assert "too short" in of_store.loc["size_fit"].index
    row = of_store.loc[("size_fit", "too short")]
    assert (row["texts"], row["phrase_rank"]) == (2, 1)
    assert row["share"] == pytest.approx(2 / 3, abs=1e-6)
    # 2 of 3 texts here, 0 of 3 there: 2 x (2 ln 2 + ln(1/2) + 3 ln(3/2)) = 3.8191
    assert row["score"] == pytest.approx(3.8191, abs=1e-4)


def test_words_that_stand_only_in_a_longer_phrase_are_not_told_apart_from_it():
    texts = scored(("size_fit", "waist too tight"), ("size_fit", "the waist too tight"))
    told = key_phrases(texts, "return_reason_category")
    assert told.loc[told["store_id"] == "s", "phrase"].tolist() == ["waist too tight"]


def test_a_phrase_of_a_single_text_is_no_key_phrase():
    assert key_phrases(scored(("other", "only once")), "return_reason_category").empty


def test_store_all_holds_the_texts_of_all_stores():
    texts = pd.concat(
        [scored(("other", "scratched")), scored(("other", "scratched"), store_id="t")]
    )
    told = key_phrases(texts, "return_reason_category")
    assert told[["store_id", "phrase", "texts"]].to_numpy().tolist() == [["all", "scratched", 2]]


def test_a_phrase_sounds_as_the_texts_that_hold_it():
    texts = scored(("other", "scratched lid"), ("other", "scratched"), ("other", "scratched"))
    told = key_phrases(texts.assign(sentiment=[-0.5, math.nan, 0.25]), "return_reason_category")
    assert told["average_sentiment"].tolist() == [-0.125, -0.125]
