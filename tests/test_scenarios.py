"""The catalogue of scenarios and the files users write themselves."""

import re
from pathlib import Path

import pytest

from thermidor import texts
from thermidor.model.declaration import ParameterError
from thermidor.model.parameters import GROUPS
from thermidor.model.scenario import Scenario
from thermidor.scenarios import all_scenarios, load_scenario, names, scenario_toml
from thermidor.scenarios.loader import TEXTS

NINETEEN = {
    "workers-democracy",
    "nomenklatura",
    "digital-dictatorship",
    "open-automation",
    "ogas-1962",
    "soviet-1918",
    "paris-commune-1871",
    "cybersyn-1972",
    "yugoslavia-1965",
    "porto-alegre",
    "mondragon",
    "kibbutz-1985",
    "peru-recall",
    "audited-meritocracy",
    "market-benchmark",
    "recall-only",
    "cap-only",
    "openness-only",
    "councils-only",
}

REMEDIES = {
    "recall-only": "recall_threshold",
    "cap-only": "wage_cap",
    "openness-only": "openness",
    "councils-only": "council_power",
}

# Historical cases without computers: their accounts stay as hand-kept as they were.
HAND_KEPT = (
    "paris-commune-1871",
    "soviet-1918",
    "yugoslavia-1965",
    "kibbutz-1985",
    "mondragon",
    "porto-alegre",
    "peru-recall",
)

CATALOGUE = all_scenarios()


def differing(one: Scenario, other: Scenario) -> set[str]:
    """Return the dotted names of all fields in which two scenarios differ."""
    changed = {
        f"{group}.{name}"
        for group, kind in GROUPS.items()
        for name in kind.model_fields
        if getattr(getattr(one, group), name) != getattr(getattr(other, group), name)
    }
    return changed | ({"months"} if one.months != other.months else set())


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def fault(path: Path | str) -> str:
    with pytest.raises(ParameterError) as error:
        load_scenario(path)
    return str(error.value)


# ---- the catalogue


def test_the_nineteen_scenarios_are_there_once_each() -> None:
    assert set(names()) == NINETEEN
    assert len(names()) == len(NINETEEN)


def test_the_claim_and_what_it_opposes_come_first() -> None:
    assert names()[:2] == ["workers-democracy", "nomenklatura"]


@pytest.mark.parametrize("name", sorted(NINETEEN))
def test_a_scenario_is_told_in_both_languages(name: str) -> None:
    scenario = CATALOGUE[name]
    assert scenario.name == name
    for key in TEXTS:
        told = getattr(scenario, key)
        assert set(told) == set(texts.languages()), key
        assert re.search("[а-яё]", told["ru"], re.IGNORECASE), key
        assert not re.search("[а-яё]", told["en"], re.IGNORECASE), key


@pytest.mark.parametrize("name", sorted(NINETEEN))
def test_a_story_is_long_enough_for_a_class_and_short_enough_to_be_read(name: str) -> None:
    for story in CATALOGUE[name].story.values():
        assert 4 <= len(re.findall(r"[.?!](?= |$)", story)) <= 8
        assert "\n" not in story


def test_no_two_scenarios_are_the_same() -> None:
    assert len({scenario.hash() for scenario in CATALOGUE.values()}) == len(NINETEEN)


@pytest.mark.parametrize(("name", "field"), REMEDIES.items())
def test_a_single_remedy_changes_the_nomenklatura_in_one_rule_only(name: str, field: str) -> None:
    assert differing(CATALOGUE[name], CATALOGUE["nomenklatura"]) == {f"rules.{field}"}


@pytest.mark.parametrize(("name", "field"), REMEDIES.items())
def test_a_single_remedy_is_as_strong_as_in_the_workers_democracy(name: str, field: str) -> None:
    workers = CATALOGUE["workers-democracy"].rules
    assert getattr(CATALOGUE[name].rules, field) == getattr(workers, field)


def test_the_automated_pair_shares_its_machines() -> None:
    closed, opened = CATALOGUE["digital-dictatorship"], CATALOGUE["open-automation"]
    assert closed.rules.automation == opened.rules.automation == 1.0
    assert differing(closed, opened) == {
        "rules.openness",
        "rules.algorithm_open",
        "rules.participants_visible",
        "rules.elected_posts",
        "rules.audit_rate",
        "rules.courts",
    }


def test_people_behave_alike_everywhere_but_where_the_story_says_so() -> None:
    changed = {
        name: {field for field in differing(scenario, Scenario()) if field.startswith("behaviour.")}
        for name, scenario in CATALOGUE.items()
    }
    by_hand = {name: {"behaviour.automation_growth"} for name in HAND_KEPT}
    assert {name: fields for name, fields in changed.items() if fields} == by_hand | {
        "audited-meritocracy": {"behaviour.loyalty_weight"},
        "ogas-1962": {"behaviour.automation_growth"},
        "mondragon": {"behaviour.automation_growth", "behaviour.pay_ladder"},
    }
    for name in HAND_KEPT:
        assert CATALOGUE[name].behaviour.automation_growth == 0.0


def test_behaviour_stays_within_its_plausible_range() -> None:
    for name, scenario in CATALOGUE.items():
        for field, declared in type(scenario.behaviour).describe().items():
            low, high = declared["sweep"]
            if (name, field) == ("mondragon", "pay_ladder"):
                high = 4.0  # not what administrations pay themselves, but what firms nearby do
            assert low <= getattr(scenario.behaviour, field) <= high, (name, field)


def test_every_society_has_the_same_people_and_the_same_table() -> None:
    for name, scenario in CATALOGUE.items():
        assert scenario.population == Scenario().population, name
        assert scenario.economy.table == Scenario().economy.table, name


def test_the_commune_lasts_as_long_as_it_lasted() -> None:
    assert CATALOGUE["paris-commune-1871"].months == 3


# ---- files of one's own


def test_a_file_of_ones_own_is_found_by_its_path(tmp_path: Path) -> None:
    path = written(tmp_path, "months = 60\n[rules]\nopenness = 0.4\n")
    for way in (path, str(path)):
        scenario = load_scenario(way)
        assert (scenario.name, scenario.months, scenario.rules.openness) == ("mine", 60, 0.4)


def test_what_a_file_leaves_out_has_its_default(tmp_path: Path) -> None:
    usual = Scenario().months
    assert load_scenario(written(tmp_path, f"months = {usual}")).hash() == Scenario().hash()


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_a_file_that_says_nothing_has_hardly_meant_the_defaults(tmp_path: Path, text: str) -> None:
    with pytest.raises(ParameterError, match=r"mine\.toml is empty; say what it starts from"):
        load_scenario(written(tmp_path, text))


def test_a_file_without_a_title_is_called_by_its_name(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, 'name = "my town"'))
    assert scenario.title == {"en": "my town", "ru": "my town"}


def test_a_file_may_start_from_a_scenario_of_the_catalogue(tmp_path: Path) -> None:
    path = written(tmp_path, 'base = "nomenklatura"\n[rules]\nwage_cap = 2\n')
    assert differing(load_scenario(path), CATALOGUE["nomenklatura"]) == {"rules.wage_cap"}


def test_a_file_may_start_from_the_file_beside_it(tmp_path: Path) -> None:
    written(tmp_path, "months = 24\n[rules]\nopenness = 0.2\nsanction = 1\n", "first.toml")
    path = written(tmp_path, 'base = "first.toml"\n[rules]\nsanction = 3\n')
    scenario = load_scenario(path)
    assert (scenario.months, scenario.rules.openness, scenario.rules.sanction) == (24, 0.2, 3)


def test_a_story_is_not_inherited_because_it_would_be_another_one(tmp_path: Path) -> None:
    scenario = load_scenario(written(tmp_path, 'base = "mondragon"\n'))
    assert scenario.story == {}
    assert scenario.title["en"] == "mine"


def test_an_institution_is_switched_off_by_a_word(tmp_path: Path) -> None:
    path = written(tmp_path, '[rules]\nrecall_threshold = "none"\nterm_limit = "none"\n')
    assert load_scenario(path).rules.recall_threshold is None


def test_a_file_saved_by_a_windows_editor_loads(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes('\ufeff[title]\r\nru = "Мой город"\r\n'.encode())
    assert load_scenario(path).title == {"ru": "Мой город"}


def test_a_table_of_ones_own_lies_beside_the_scenario(tmp_path: Path) -> None:
    written(tmp_path, "", "mine.csv")
    path = written(tmp_path, '[economy]\ntable = "mine.csv"\n')
    assert load_scenario(path).economy.table == str(tmp_path / "mine.csv")


@pytest.mark.parametrize("name", sorted(NINETEEN))
def test_a_scenario_written_to_a_file_loads_again(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, scenario_toml(CATALOGUE[name]))
    assert load_scenario(path) == CATALOGUE[name]


def test_awkward_characters_in_a_text_survive_a_file(tmp_path: Path) -> None:
    title = {"en": 'a "quote", a \\ and a \x07 bell', "ru": "«ёлки»"}
    path = written(tmp_path, scenario_toml(Scenario(name="mine", title=title)))
    assert load_scenario(path).title == title


# ---- faults, told in one sentence


def test_a_misspelt_name_gets_the_nearest_one() -> None:
    assert fault("nomenclatura") == "there is no scenario nomenclatura; did you mean nomenklatura?"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert fault(tmp_path / "none.toml") == f"there is no file {tmp_path / 'none.toml'}"


def test_a_folder_is_not_a_scenario(tmp_path: Path) -> None:
    assert "cannot be read" in fault(tmp_path)


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    said = fault(written(tmp_path, "[rules]\nopenness 0.4\n"))
    assert said.startswith("mine.toml is not TOML: ")
    assert "line 2" in said


def test_a_file_in_another_encoding_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes('[title]\nru = "Город"\n'.encode("cp1251"))
    assert fault(path) == "mine.toml is not text in UTF-8; save it in that encoding"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[rules]\nopennes = 0.4", "rules.opennes is no parameter; did you mean openness?"),
        ("[rules]\nopenness = 1.4", "rules.openness = 1.4 must be at least 0 and at most 1"),
        ('[rules]\nrecall_reach = "all"', "rules.recall_reach = 'all' is not valid"),
        ('[rules]\nopenness = "none"', "rules.openness = None is not valid"),
        ("[rule]\nopenness = 0.4", "rule is no part of a scenario; did you mean rules?"),
        ("rules = 3", "rules must be a table, that is a line [rules] with its values below"),
        ("months = 0", "scenario.months = 0 must be at least 1"),
        ('[title]\neo = "Urbo"', "title.eo is no language; valid codes are en, ru"),
        ("[title]\nen = 3", "title.en must be a text in quotes"),
        ("base = 3", "base must be the name of a scenario or a path, in quotes"),
        ("[population]\nworkers = 30", "population.workers = 30 makes fewer than two workplaces"),
    ],
)
def test_a_fault_is_told_with_the_file_and_the_field(text: str, said: str, tmp_path: Path) -> None:
    sentence = fault(written(tmp_path, text))
    assert sentence.startswith(f"mine.toml: {said}")
    assert "\n" not in sentence


def test_a_fault_in_the_base_names_the_base(tmp_path: Path) -> None:
    written(tmp_path, "[rules]\nopenness = 2\n", "first.toml")
    assert fault(written(tmp_path, 'base = "first.toml"')).startswith("first.toml: rules.openness")


def test_an_unknown_base_gets_the_nearest_name(tmp_path: Path) -> None:
    assert "did you mean mondragon?" in fault(written(tmp_path, 'base = "mondragn"'))


def test_two_files_that_start_from_each_other_are_refused(tmp_path: Path) -> None:
    written(tmp_path, 'base = "mine.toml"', "first.toml")
    assert "is its own base" in fault(written(tmp_path, 'base = "first.toml"'))
