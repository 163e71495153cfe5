"""Classes by hand: first match wins, nobody is low for want of data, equals stand together, and rules can be changed, switched off and added."""

import datetime as dt
import random
from decimal import Decimal

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from analysis.config import parse_config
from analysis.errors import ConfigurationError
from analysis.models import class_counts, classes, loyalty, places
from analysis.models.classes import classify, name_classes, read_defaults, settle_dimensions
from analysis.models.rfm import fit_ruler
from analysis.settings.classes import Classes
from analysis.settings.scoring import Scoring
from analysis.texts import LOCALES, Texts
from shops import look, make_lines, open_shop

D = Decimal
TYPES = {
    "customer_id": "string", "frequency": "int64", "monetary": "decimal(38,4)", "lifecycle_stage": "string", "value_tier": "string", "revenue_place": "int64",
    "margin_place": "int64", "price_level": "float64", "categories": "int64", "products": "int64", "contacts": "int64", "channels": "int64",
    "discount_share": "float64", "loyalty_index": "float64",
}  # fmt: skip


def table(rows, **types):
    """Make a table of rows written out, of columns in which nothing stands, too."""
    return ibis.memtable(pa.Table.from_pylist(rows, schema=ibis.schema(types).to_pyarrow()))


def person(**known):
    """Classify one customer by the rules that come with the workbook, or by those given."""
    rules = known.pop("rules", {})
    row = dict.fromkeys(TYPES) | {"customer_id": "a", "frequency": 1} | known
    found = classify(table([row], **TYPES), settle_dimensions(Classes.model_validate(rules))).execute().iloc[0]
    return {name: None if pd.isna(found[name]) else found[name] for name in found.index if name not in TYPES}


def test_of_whom_nothing_is_known_nothing_is_said():
    assert person(frequency=None) == dict.fromkeys(read_defaults())


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"price_level": 0.6, "categories": 2}, "high_end"),
        ({"price_level": 0.6, "products": 2}, "high_end"),  # no categories are told: products say how broad it is
        ({"price_level": 0.6, "categories": 1, "products": 9}, "basic"),
        ({"price_level": 0.59, "categories": 5}, "basic"),
        ({"frequency": 0, "contacts": 1}, "potential"),
        ({"frequency": 0, "contacts": 0}, None),
        ({"frequency": 1, "contacts": 3, "price_level": 0.1, "products": 1}, "basic"),
        ({"price_level": 0.9}, None),  # prices alone, without anything on what was bought, do not tell
        ({"frequency": 3}, None),
    ],
)
def test_need(known, expected):
    assert person(**known)["need"] == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"value_tier": "high"}, "high"),
        ({"value_tier": "low", "margin_place": 80}, "high"),  # where costs are told margin decides
        ({"value_tier": "high", "margin_place": 81}, "mid"),
        ({"value_tier": "high", "margin_place": 95}, "mid"),
        ({"value_tier": "high", "margin_place": 96}, "low"),
        ({"value_tier": "unclassified"}, None),
    ],
)
def test_value(known, expected):
    assert person(**known)["value_class"] == expected


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("new", "new"),
        ("active", "regular"),
        ("dormant", "regular"),
        ("at_risk", "regular"),
        ("reactivated", "regular"),
        ("lost", "lost"),
        ("prospect", None),
        ("cancelled_only", None),
    ],
)
def test_behaviour(stage, expected):
    assert person(lifecycle_stage=stage)["behaviour"] == expected


@pytest.mark.parametrize(
    ("orders", "place", "relationship", "band"),
    [
        (0, None, "prospect", "none"),
        (1, 50, "key", "low"),
        (1, 51, "existing", "low"),
        (2, 100, "existing", "mid"),
        (4, 51, "existing", "mid"),
        (5, 51, "existing", "high"),
    ],
)
def test_relationship_and_frequency(orders, place, relationship, band):
    found = person(frequency=orders, revenue_place=place)
    assert (found["relationship"], found["frequency_band"]) == (relationship, band)


def test_loyalty_channels_and_discounts():
    assert [person(loyalty_index=value)["loyalty"] for value in (0, 32.9, 33, 65.9, 66, 100)] == ["low", "low", "mid", "mid", "high", "high"]
    assert [person(channels=value)["channel_mix"] for value in (1, 2, 5)] == ["single", "mixed", "mixed"]
    assert [person(discount_share=share, frequency=orders)["discount_sensitivity"] for share, orders in ((1, 1), (0.5, 2), (0.2, 5), (0.19, 5), (0, 1))] == [
        "mid", "high", "mid", "low", "low",
    ]  # fmt: skip


def test_a_dimension_is_changed_switched_off_or_added():
    rules = {
        "need": {"rules": [{"class": "luxury", "when": "price_level > 0.9"}], "otherwise": "plain"},
        "channel_mix": {"off": True},
        "care": {"rules": [{"class": "gold", "when": "need = 'luxury' and frequency >= 2"}], "otherwise": "plain"},
    }
    found = person(rules=rules, price_level=0.95, frequency=2)
    assert (found["need"], found["care"]) == ("luxury", "gold")
    assert "channel_mix" not in found and "loyalty" in found
    assert person(rules=rules, price_level=0.5)["need"] == "plain"
    assert person(rules=rules)["need"] is None, "otherwise is for whom something is known of"


def test_words_of_ones_own_go_before_ours_and_what_has_none_is_called_as_its_key():
    told = Classes.model_validate({
        "need": {"words": {"high_end": {"en": "Premium", "zh": "尊享"}}},
        "care": {"rules": [{"class": "gold_plus", "when": "frequency > 1"}], "name": {"en": "Care"}},
    })  # fmt: skip
    dimensions = settle_dimensions(told)
    english, chinese = (Texts(lang, "", name_classes(dimensions, lang)) for lang in LOCALES)
    assert [texts.value("need", "high_end") for texts in (english, chinese)] == ["Premium", "尊享"]
    assert (english.value("need", "basic"), chinese.value("need", "basic")) == ("Basic need", "基本需求")
    assert (english.column("care"), chinese.column("care")) == ("Care", "Care")
    assert english.value("care", "gold_plus") == "Gold plus"


def test_every_class_and_dimension_of_ours_has_words_a_meaning_and_an_explanation():
    for lang in LOCALES:
        texts = Texts(lang)
        for name, told in read_defaults().items():
            assert texts.has(f"column-{name}".replace("_", "-")) and texts.has(f"dictionary-customers-{name}".replace("_", "-"))
            for key in told.keys:
                assert texts.has(f"class-{name}-{key}".replace("_", "-")) and texts.has(f"class-rule-{name}-{key}".replace("_", "-")), (name, key)


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({"care": {}}, "classes.care: there are no rules"),
        ({"need": {"rules": [{"class": "a", "when": "price_level >"}]}}, "classes.need, class 'a'"),
        ({"need": {"rules": [{"class": "a", "when": "price_levle > 1"}]}}, "price_level"),
        ({"need": {"rules": [{"class": "a", "when": "price_level + 1"}]}}, "classes.need, class 'a'"),
        ({"monetary": {"rules": [{"class": "a", "when": "frequency > 1"}]}}, "there is a column 'monetary' already"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(section, words):
    with pytest.raises(ConfigurationError, match="classes") as refused:
        person(rules=section)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({"Need": {"off": True}}, "cannot be a column"),
        ({"need": {"otherwise": "basic"}}, "otherwise goes with rules"),
        ({"need": {"rules": [{"class": "A b", "when": "true"}]}}, "class"),
        ({"need": {"rules": [{"class": "a", "when": "true"}], "words": {"b": {"en": "B"}}}}, "words are given for b"),
        ({"need": {"when": "x"}}, "unknown key"),
    ],
)
def test_a_section_that_says_something_wrong_is_refused(section, words, tmp_path):
    inputs = {"transactions": {"files": ["x.csv"], "columns": {"customer_id": "c", "ordered_at": "t", "amount": "m"}}}
    with pytest.raises(ConfigurationError) as refused:
        parse_config({"name": "x", "order": "day", "inputs": inputs, "classes": section}, tmp_path)
    assert words in str(refused.value)


def test_the_section_survives_being_written_and_read_again(tmp_path):
    inputs = {"transactions": {"files": ["x.csv"], "columns": {"customer_id": "c", "ordered_at": "t", "amount": "m"}}}
    classes_told = {"care": {"rules": [{"class": "gold", "when": "frequency > 1"}], "otherwise": "plain", "words": {"gold": {"en": "Gold"}}}}
    config = parse_config({"name": "x", "order": "day", "inputs": inputs, "classes": classes_told}, tmp_path)
    again = parse_config(config.model_dump(mode="json"), tmp_path)
    assert again.hash() == config.hash() == config.replace(name="x").hash()
    assert again.classes.dimensions["care"].keys == ("gold", "plain")
    assert config.hash() != config.replace(classes={}).hash()


# -- places -----------------------------------------------------------------------------------------------------------------------------------------------


def place_all(values):
    rows = table([{"customer_id": str(n), "money": value} for n, value in enumerate(values)], customer_id="string", money="decimal(38,4)")
    cuts = places.fit_places(rows, "money")
    return rows.mutate(place=places.assign_places(rows.money, cuts)).execute().sort_values("customer_id", key=lambda ids: ids.astype(int)).place.tolist()


def test_places_of_four_by_hand():
    """1000 in all: nothing above 500, so the first place; 50 % above 300: the 51st; 80 % above 150: the 81st; 95 % above 50: the 96th."""
    assert place_all([D(500), D(300), D(150), D(50)]) == [1, 51, 81, 96]


@pytest.mark.parametrize("seed", range(6))
def test_places_by_brute_force_with_ties_and_losses(seed):
    rng = random.Random(seed)  # noqa: S311
    values = [D(rng.choice((rng.randint(-20, 400), 100, 100, 7))) / rng.choice((1, 3, 8)) for _ in range(rng.choice((1, 9, 300)))]
    values = [value.quantize(D("0.0001")) for value in values]
    total = sum(values)
    expected = [next((p for p in range(1, 100) if sum(v for v in values if v > value) * 100 < total * p), 100) for value in values]
    assert place_all(values) == expected


def test_places_follow_the_law_of_the_value_tiers():
    rng = random.Random(3)  # noqa: S311
    values = [D(rng.randint(0, 500)) for _ in range(400)]
    buyers = [{"r_value": 1, "f_value": 1, "m_value": value, "monetary": value} for value in values]
    types = {"r_value": "int64", "f_value": "int64", "m_value": "decimal(38,4)", "monetary": "decimal(38,4)"}
    mid, high = fit_ruler(table(buyers, **types), Scoring(), fitted_on=dt.date(2024, 1, 31)).tiers
    found = place_all(values)
    assert [place <= 80 for place in found] == [value >= high for value in values]
    assert [place <= 95 for place in found] == [value >= mid for value in values]


def test_where_there_is_nothing_to_share_everybody_is_last():
    assert place_all([D(0), D(0)]) == [100, 100]
    assert place_all([D(-5), D(3)]) == [100, 100]
    assert pd.isna(place_all([None, D(2)])[0])


# -- loyalty ----------------------------------------------------------------------------------------------------------------------------------------------


def loyal(*rows):
    types = {"customer_id": "string", "segment": "string", "frequency": "int64", "nps": "float64", "csat": "float64"}
    return loyalty.measure_loyalty(table([dict(zip(types, row, strict=True)) for row in rows], **types))


def test_the_index_is_the_mean_of_what_is_known():
    found = loyal(
        ("a", "x", 1, None, None), ("b", "x", 4, None, None), ("c", "x", 2, 9, 0.8), ("d", "x", 2, 8, None), ("e", "x", 0, 6, None), ("f", None, 0, None, None)
    )
    found = found.execute().set_index("customer_id")
    assert found.loyalty_index[list("abcde")].tolist() == [0, 75, 76.7, 50, 0]  # c: (0.5 + 1 + 0.8) / 3; d: (0.5 + 0.5) / 2; e: a detractor who never bought
    assert pd.isna(found.loyalty_index["f"]) and pd.isna(found.recommendation["f"])
    assert found.recommendation[list("cde")].tolist() == ["promoter", "passive", "detractor"]
    assert found.repurchase[list("abc")].tolist() == [0, 0.75, 0.5]


@pytest.mark.parametrize(
    ("nps", "group"), [(10, "promoter"), (9, "promoter"), (8.9, "passive"), (7, "passive"), (6.1, "passive"), (6, "detractor"), (0, "detractor")]
)
def test_who_recommends(nps, group):
    assert loyal(("a", "x", 1, nps, None)).execute().recommendation.tolist() == [group]


def test_parts_of_loyalty_by_segment():
    """Of x 3 of 4 buyers came again (Wilson: 0.3006 to 0.9544); 2 promoters, 1 passive, 1 detractor: 25 points, adjusted with p = 2.75/7, d = 1.75/7, n = 7."""
    people = loyal(
        ("a", "x", 2, 9, None), ("b", "x", 3, 10, None), ("c", "x", 2, 7, None), ("d", "x", 1, 0, None), ("e", "y", 1, None, None), ("f", None, 0, 0, None)
    )
    told = table(
        [{"customer_id": "a", "answers": 3, "satisfied": 2}, {"customer_id": "b", "answers": 1, "satisfied": 1}, {"customer_id": "f", "answers": 9, "satisfied": 0}],
        customer_id="string", answers="int64", satisfied="int64",
    )  # fmt: skip
    found = loyalty.count_loyalty(people, told)
    by = {(row.group, row.part): (row.value, row.n) for row in found.itertuples() if isinstance(row.group, str)}
    assert by == {("x", "repurchase"): (0.75, 4), ("x", "recommendation"): (25, 4), ("x", "satisfaction"): (0.75, 4), ("y", "repurchase"): (0, 1)}
    whole = found[found.group.isna()].set_index("part")
    assert (whole.value["repurchase"], whole.n["repurchase"]) == (0.6, 5)
    rows = found[found.group == "x"].set_index("part")
    assert rows.loc["repurchase", ["low", "high"]].tolist() == pytest.approx([0.3006, 0.9544], abs=1e-4)
    p, d, n = 2.75 / 7, 1.75 / 7, 7
    reach = 1.96 * ((p + d - (p - d) ** 2) / n) ** 0.5
    assert rows.loc["recommendation", ["low", "high"]].tolist() == pytest.approx([100 * (p - d - reach), 100 * (p - d + reach)], abs=0.01)


# -- counts -----------------------------------------------------------------------------------------------------------------------------------------------

PEOPLE = table(
    [
        {"customer_id": str(n), "need": need, "segment": segment, "frequency": orders, "monetary": D(money)}
        for n, (need, segment, orders, money) in enumerate([("a", "s", 1, 10), ("a", "s", 2, 30), ("b", "t", 1, 60), (None, "t", 1, 0), ("b", None, 0, 0), ("z", "t", 1, 0)])
    ],
    customer_id="string", need="string", segment="string", frequency="int64", monetary="decimal(38,4)",
)  # fmt: skip


def test_classes_are_counted_with_all_money():
    found = class_counts.count_classes(PEOPLE, {"need": ("b", "empty", "a")})
    assert found.key.tolist() == ["b", "empty", "a", "z", None]  # in the order of display, then what people have entered, then who has none
    assert found.customers.tolist() == [2, 0, 2, 1, 1] and found.buyers.tolist() == [1, 0, 2, 1, 1]
    assert found.monetary.tolist() == [60, 0, 40, 0, 0] and found.monetary_pct.tolist() == [0.6, 0, 0.4, 0, 0]
    assert found.customers_pct.tolist() == pytest.approx([2 / 6, 0, 2 / 6, 1 / 6, 1 / 6])


def test_two_dimensions_are_crossed():
    found = class_counts.cross_classes(PEOPLE, "need", "segment")
    assert found[["need", "segment", "customers", "monetary"]].values.tolist() == [["a", "s", 2, 40], ["b", "t", 1, 60], ["z", "t", 1, 0]]
    assert found.share.tolist() == [1, 0.5, 0.5]


def test_only_what_chance_would_hardly_do_differs():
    """Of 100 in s 80 are a, of 100 in t 20: overall half, 6 standard errors of 0.05 away. Of 100 in u 55 would be one."""

    def shop(a_in_s, a_in_t):
        rows = [("s", n < a_in_s) for n in range(100)] + [("t", n < a_in_t) for n in range(100)]
        people = [{"customer_id": str(n), "kind": "a" if is_a else "b", "segment": segment, "monetary": D(1)} for n, (segment, is_a) in enumerate(rows)]
        return class_counts.cross_each(table(people, customer_id="string", kind="string", segment="string", monetary="decimal(38,4)"), ["kind"])

    far, near = shop(80, 20), shop(55, 45)
    assert far.differs.all() and set(far.overall) == {0.5} and set(far["size"]) == {100}
    assert not near.differs.any()


def test_attributes_have_two_to_twelve_values():
    rows = [{"two": "ab"[n % 2], "one": "x", "many": str(n), "none": None, "number": n} for n in range(20)]
    people = table(rows, two="string", one="string", many="string", none="string", number="int64")
    assert class_counts.list_countable(people, ["two", "one", "many", "none", "number", "absent"]) == ["two"]


def test_a_class_is_described_beside_the_average_buyer():
    people = table(
        [{"kind": kind, "frequency": orders, "price_level": None, "channels": 0} for kind, orders in (("a", 4), ("a", 2), ("b", 0), ("b", 1), ("b", 1))],
        kind="string", frequency="int64", price_level="float64", channels="int64",
    )  # fmt: skip
    found = class_counts.describe_classes(people, "kind")
    assert found[["key", "feature", "customers", "value", "average", "ratio"]].values.tolist() == [
        ["a", "frequency", 2, 3.0, 2.0, 1.5],
        ["b", "frequency", 2, 1.0, 2.0, 0.5],
    ]


# -- a whole run ------------------------------------------------------------------------------------------------------------------------------------------


def test_a_run_classifies_everybody_and_lists_its_rules(tmp_path):
    care = {"rules": [{"class": "gold", "when": "relationship = 'key'"}], "otherwise": "plain"}
    opened = open_shop(tmp_path, make_lines(7), classes={"care": care, "discount_sensitivity": {"off": True}})
    found = look(opened, "customers").set_index("customer_id")
    keys = opened.get("class_keys")
    assert list(keys) == ["need", "value_class", "behaviour", "relationship", "frequency_band", "loyalty", "care"]  # nothing is told of channels
    assert "discount_sensitivity" not in found and found.channel_mix.isna().all()
    buyers = found[found.frequency > 0]
    assert (buyers.value_class == buyers.value_tier).all()
    assert ((found.relationship == "key") == (found.care == "gold")).all() and (found.care == "gold").any()
    key = buyers[buyers.relationship == "key"].monetary
    assert sum(key) * 2 >= sum(buyers.monetary) and (sum(key) - min(key)) * 2 < sum(buyers.monetary)
    assert min(key) > max(buyers[buyers.relationship == "existing"].monetary)
    assert (buyers.frequency_band == pd.cut(buyers.frequency.astype(int), [0, 1, 4, 1e9], labels=["low", "mid", "high"]).astype(str)).all()
    assert (buyers.loyalty_index.astype(float) == ((buyers.frequency - 1) / buyers.frequency * 100).astype(float).round(1)).all()
    rules = opened.get("class_rules")
    assert "margin_place <= 80" not in rules.rule.tolist() and "value_tier = 'high'" in rules.rule.tolist()
    assert rules[rules["column"] == "care"][["key", "is_ours"]].values.tolist() == [["gold", False], ["plain", False]]
    counted = opened.get("classes")
    for column, own in counted.groupby("column"):
        assert (own.customers.sum(), sum(own.monetary)) == (len(found), sum(found.monetary)), column


def test_margin_decides_on_value_where_costs_are_told(tmp_path):
    """The largest customer earns the shop next to nothing: margins are 5, 80, 15 and -7, 93 in all. Above b is nothing, above c 80 (86 %), above a and d more than all."""
    lines = [
        ("a", "2024-01-01", "1", "1000", "995"),
        ("b", "2024-01-02", "1", "100", "20"),
        ("c", "2024-01-03", "1", "30", "15"),
        ("d", "2024-01-03", "1", "2", "9"),
    ]
    columns = {"customer_id": "who", "ordered_at": "at", "quantity": "n", "unit_price": "price", "cost": "cost"}
    opened = open_shop(tmp_path, lines, columns=columns)
    found = look(opened, "customers").set_index("customer_id")
    assert found.value_class[list("abcd")].tolist() == ["low", "high", "mid", "low"]
    assert found.value_tier["a"] == "high" and found.margin["d"] == -7


def test_equal_customers_are_in_equal_classes(tmp_path):
    day = dt.date(2024, 1, 1)
    lines = [(who, str(day), f"{who}{n}", "p", 1, "10") for who in "abcdefgh" for n in range(2)]
    found = look(open_shop(tmp_path, lines), "classified")
    same = found.drop(columns=["customer_id"])
    assert (same.nunique(dropna=False) == 1).all()


def test_taken_names_are_refused(tmp_path):
    opened = open_shop(tmp_path, make_lines(7, customers=10), classes={"price_level": {"rules": [{"class": "a", "when": "frequency > 1"}]}})
    with pytest.raises(ConfigurationError, match="column 'price_level' already"):
        opened.get("classified")
    assert classes.find_known(table([{"a": None, "b": 1}], a="string", b="int64"), ["a", "b"]) == {"b"}
