"""The catalogue of texts: the same in every language, and complete for what is set or measured."""

import re
import string
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from thermidor import texts
from thermidor.model.parameters import GROUPS

MEASURES = [
    "needs_met",
    "capture",
    "capture_amount",
    "privilege",
    "plan_fidelity",
    "irremovability",
    "entrenchment",
    "co_optation",
    "distortion",
    "hidden_capacity",
    "indicator_gap",
    "power_concentration",
    "participation",
    "attendance",
    "trust",
    "efficacy",
    "effort",
    "legitimacy",
    "inequality",
    "shortage",
    "second_economy",
    "turnover",
    "recalls_attempted",
    "recalls_balloted",
    "recalls_removed",
    "recalls_of_honest",
    "audits",
    "automation",
    "competence",
    "output",
    "inspected",
    "restored",
]

REGIMES = [
    "workers_democracy",
    "struggling_democracy",
    "enlightened_technocracy",
    "bureaucratic_degeneration",
    "digital_dictatorship",
    "restoration",
    "contested",
]

PARAMETERS = [(group, name) for group, kind in GROUPS.items() for name in kind.model_fields]


def leaves(tree: dict[str, Any], start: str = "") -> Iterator[tuple[str, str]]:
    for name, entry in tree.items():
        if isinstance(entry, dict):
            yield from leaves(entry, f"{start}{name}.")
        else:
            yield start + name, entry


def fields(text: str) -> list[tuple[str, str]]:
    """Return the placeholders of a text with what stands after their colon."""
    return [(name, spec or "") for _, name, spec, _ in string.Formatter().parse(text) if name]


EVERY = {language: dict(leaves(texts.table("", language))) for language in texts.languages()}


def test_there_are_texts_in_english_and_in_russian() -> None:
    assert texts.languages() == ("en", "ru")


def test_both_languages_have_the_same_keys() -> None:
    assert list(EVERY["en"]) == list(EVERY["ru"])


def test_both_languages_fill_in_the_same_values() -> None:
    for key, text in EVERY["en"].items():
        names = {name for name, _ in fields(text)}
        assert names == {name for name, _ in fields(EVERY["ru"][key])}, key


def test_counted_nouns_have_the_forms_of_their_language() -> None:
    for language, forms in (("en", 2), ("ru", 3)):
        for key, text in EVERY[language].items():
            for _, spec in fields(text):
                assert "|" not in spec or len(spec.split("|")) == forms, (language, key)


def test_every_text_can_be_said_with_numbers_for_its_values() -> None:
    for language, entries in EVERY.items():
        for key, text in entries.items():
            said = texts.say(key, language, **{name: 3 for name, _ in fields(text)})
            assert said.strip(), key
            assert "{" not in said, key


def test_russian_is_written_in_cyrillic() -> None:
    signs = {"language.decimal", "language.percent"}
    for key, text in EVERY["ru"].items():
        assert key in signs or re.search("[а-яё]", text, re.IGNORECASE), key


def test_english_holds_no_cyrillic() -> None:
    for key, text in EVERY["en"].items():
        assert not re.search("[а-яё]", text, re.IGNORECASE), key


@pytest.mark.parametrize("language", texts.languages())
def test_every_parameter_has_a_label_and_one_plain_sentence(language: str) -> None:
    for group, name in PARAMETERS:
        plain = texts.say(f"{group}.{name}.plain", language)
        assert texts.say(f"{group}.{name}.label", language)
        assert plain.endswith("."), (group, name)
        assert plain.count(". ") == 0, (group, name)


@pytest.mark.parametrize("language", texts.languages())
def test_every_unit_of_a_parameter_has_words(language: str) -> None:
    for kind in GROUPS.values():
        for declared in kind.describe().values():
            if "unit" in declared:
                assert texts.has(f"units.{declared['unit']}", language), declared["unit"]


@pytest.mark.parametrize("language", texts.languages())
def test_every_institution_that_can_be_off_says_how_off_is_called(language: str) -> None:
    for group, kind in GROUPS.items():
        for name, declared in kind.describe().items():
            assert texts.has(f"{group}.{name}.none", language) == declared["optional"], name


@pytest.mark.parametrize("language", texts.languages())
def test_every_choice_has_words(language: str) -> None:
    for group, name in (("rules", "recall_reach"), ("economy", "planner")):
        choices = GROUPS[group].model_fields[name].annotation.__args__
        assert list(texts.table(f"{group}.{name}.choices", language)) == list(choices)


def test_no_text_speaks_of_a_parameter_that_does_not_exist() -> None:
    for group, kind in GROUPS.items():
        assert set(texts.table(group)) == set(kind.model_fields)


@pytest.mark.parametrize("language", texts.languages())
def test_every_measure_and_every_regime_has_words(language: str) -> None:
    assert list(texts.table("measures", language)) == MEASURES
    assert list(texts.table("regimes", language)) == REGIMES
    for key in (*(f"measures.{m}" for m in MEASURES), *(f"regimes.{r}" for r in REGIMES)):
        assert texts.say(f"{key}.label", language)
        assert texts.say(f"{key}.plain", language).endswith(".")


def test_texts_the_browser_fills_in_have_bare_placeholders() -> None:
    for entries in EVERY.values():
        for key, text in entries.items():
            if key.startswith(("ui.", "events.")):
                assert not any(spec for _, spec in fields(text)), key


def test_the_words_for_rules_do_not_judge() -> None:
    """What a rule does to a society is for the model to find out, not for its label to claim."""
    judging = (
        r"\b(good|bad|better|worse|honest|corrupt|democratic|protects?|prevents?)\b|"
        r"хорош|плох|лучш|хуж"
    )
    for language, entries in EVERY.items():
        for key, text in entries.items():
            if key.startswith("rules."):
                assert not re.search(judging, text.lower()), (language, key)


def test_numbers_are_written_as_the_language_writes_them() -> None:
    values = {"value": -0.25, "chance": 0.305}
    assert texts.say("explain.worker.total", "en", **values).startswith("Together −0.25, that is")
    assert texts.say("explain.worker.total", "ru", **values) == (
        "Итого −0,25, то есть вероятность участия 30\N{NO-BREAK SPACE}%."
    )


def test_nouns_agree_with_their_number() -> None:
    assert [texts.say("words.months", "ru", number=n) for n in (1, 2, 5, 11, 22, 240)] == (
        ["1 месяц", "2 месяца", "5 месяцев", "11 месяцев", "22 месяца", "240 месяцев"]
    )
    assert [texts.say("words.months", number=n) for n in (1, 2)] == ["1 month", "2 months"]


def test_a_misspelt_key_gets_the_nearest_one() -> None:
    with pytest.raises(texts.TextError, match=r"did you mean rules\.openness\.label\?"):
        texts.say("rules.opennes.label")


def test_an_unknown_language_names_those_there_are() -> None:
    with pytest.raises(texts.TextError) as error:
        texts.say("ui.play", "eo")
    assert str(error.value) == "There are no texts in 'eo'; the languages are en, ru."


def test_a_missing_value_is_named() -> None:
    with pytest.raises(texts.TextError, match=r"verdict\.onset needs a value for month"):
        texts.say("verdict.onset")


def test_a_table_is_not_a_text_and_a_text_is_not_a_table() -> None:
    with pytest.raises(texts.TextError, match="use table"):
        texts.say("rules.openness")
    with pytest.raises(texts.TextError, match="use say"):
        texts.table("rules.openness.label")


def test_what_is_done_to_a_table_leaves_the_catalogue_alone() -> None:
    texts.table("rules.openness")["label"] = "Glasnost"
    assert texts.say("rules.openness.label") == "Openness of accounts"


def test_nothing_is_read_before_it_is_asked_for() -> None:
    code = "import thermidor.texts as t; assert t._catalogue.cache_info().currsize == 0"
    subprocess.run([sys.executable, "-c", code], check=True)
