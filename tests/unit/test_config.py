"""The configuration: everything wrong is said at once, with its place; what is right has one hash."""

import itertools
import json

import pytest

from analysis.config import load_config, parse_config
from analysis.errors import ConfigurationError
from analysis.settings.cleaning import ACTIONS, DEFAULT_CLEANING

COLUMNS = {"customer_id": "id", "ordered_at": "at", "order_id": "order", "amount": "money"}
REQUIRED = ("unreadable", "after_as_of", "anonymous", "returns")


def values(**changes):
    source = {"files": ["a.csv"], "columns": dict(COLUMNS)} | changes.pop("source", {})
    inputs = {"transactions": source} | ({"customers": changes.pop("people")} if "people" in changes else {})
    return {"name": "shop", "inputs": inputs} | changes


def refusal(tmp_path, **changes) -> str:
    with pytest.raises(ConfigurationError) as refused:
        parse_config(values(**changes), tmp_path, "workbook.toml")
    return str(refused.value)


def cleaning(*names, **rule):
    return [{"rule": name} for name in REQUIRED] + [{"rule": name} for name in names] + ([rule] if rule else [])


def test_everything_wrong_is_said_at_once_with_its_place(tmp_path):
    text = refusal(tmp_path, curency="GBP", seed="x", time_zone="Mars/Olympus", limits={"refuse": 2, "bannr": 1}, source={"encodng": "gbk", "dates": 3})
    assert text.startswith("workbook.toml cannot be used:\n")
    for part in (
        "curency: unknown key",
        "limits.bannr: unknown key",
        "limits.refuse:",
        "inputs.transactions.encodng: unknown key",
        "seed:",
        "'Mars/Olympus' is not a time zone",
    ):
        assert part in text, part


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "a/b"}, "name:"),
        ({"name": "x" * 61}, "name: String should have at most 60 characters"),
        ({"currency": "pounds"}, "currency:"),
        ({"languages": ["fr"]}, "languages"),
        ({"order": "basket"}, "order"),
        ({"window_months": 0}, "window_months"),
        ({"history_months": 121}, "history_months"),
        ({"sufficiency": {"least": 0}}, "sufficiency.least"),
        ({"clusters": {"k": 1}}, "clusters.k"),
        ({"clusters": {"k_min": 6, "k_max": 3}}, "k_min is 6, more than k_max, 3"),
        ({"scoring": {"bins": 12}}, "scoring.bins"),
        ({"scoring": {"ruler": "frozen:" + "a" * 41}}, "scoring.ruler"),
        ({"source": {"columns": {"customer_id": "id", "amount": "m"}}}, "columns lacks ordered_at"),
        (
            {"source": {"columns": {"ordered_at": "at", "quantity": "q"}}},
            "columns lacks customer_id (or the email or phone of the buyer), amount (or quantity and unit_price)",
        ),
        ({"source": {"columns": COLUMNS | {"colour": "c"}}}, "unknown columns 'colour'"),
        ({"source": {"columns": {name: theirs for name, theirs in COLUMNS.items() if name != "order_id"}}}, "there is no column for order_id"),
        ({"source": {"attributes": {"Shop No": "s"}}}, "attribute names are lower-case letters"),
        ({"source": {"attributes": {"status": "s"}}}, "'status' is a column of ours"),
        ({"source": {"attributes": {"units": "s", "flag_3": "t"}}}, "the workbook uses the names 'units', 'flag_3' itself"),
        ({"source": {"files": []}}, "give one of files, table or query"),
        ({"source": {"database": "a.db"}}, "database goes with table or query, not with files"),
        ({"source": {"files": [], "database": "a.db"}}, "give one of files, table or query"),
        ({"people": {"files": ["p.csv"], "columns": {"name": "n"}}}, "columns lacks customer_id"),
        ({"people": {"files": ["p.csv"], "columns": {"customer_id": "c", "shoe": "s"}}}, "unknown columns 'shoe'"),
        ({"people": {"files": ["p.csv"], "columns": {"customer_id": "c"}, "attributes": {"email": "e"}}}, "'email' is a column of ours"),
        ({"cleaning": []}, "cleaning lacks the rules unreadable, after_as_of, anonymous, returns"),
        ({"cleaning": [{"rule": name} for name in ("anonymous", "unreadable", "after_as_of", "returns")]}, "the first rule of cleaning is 'unreadable'"),
        ({"cleaning": [{"rule": name} for name in ("unreadable", "after_as_of", "returns", "anonymous")]}, "'anonymous' comes before 'returns'"),
        ({"cleaning": [{"rule": name} for name in ("unreadable", "anonymous", "returns", "after_as_of")]}, "'after_as_of' comes before 'returns'"),
        ({"cleaning": cleaning("price", "price")}, "cleaning has the rule 'price' twice"),
        ({"cleaning": cleaning("postage")}, "rule"),
        ({"cleaning": cleaning(rule="returns", action="flag")}, "rule 'returns' can net, remove, keep; got 'flag'"),
        ({"cleaning": cleaning("non_product")}, "rule 'non_product' needs a column and values or a pattern"),
        ({"cleaning": cleaning(rule="excluded", column="order_id")}, "rule 'excluded' needs a column and values or a pattern"),
        ({"cleaning": cleaning("unpaid")}, "rule 'unpaid' needs values"),
        ({"cleaning": cleaning(rule="test_orders", column="order_id", pattern="(")}, "pattern '(' is not a regular expression"),
        ({"cleaning": cleaning(rule="outliers", limit=0)}, "limit"),
        ({"cleaning": cleaning(rule="price", colum="x")}, "unknown key"),
    ],
    ids=str,
)
def test_each_mistake_has_its_sentence(tmp_path, changes, says):
    assert says in refusal(tmp_path, **changes)


def test_names_of_the_master_are_guarded_too(tmp_path):
    assert "first_seen" in refusal(tmp_path, people={"files": ["p.csv"], "columns": {"customer_id": "c"}, "attributes": {"first_seen": "f"}})


@pytest.mark.parametrize("name", ["नमस्ते दुकान", "ร้านค้า", "Cafe\u0301 du Nord", "数据-shop_1"])
def test_a_shop_is_called_as_it_is_in_any_script(tmp_path, name):
    """Letters with marks above and below them, or accents of their own, are letters."""
    assert parse_config(values(name=name), tmp_path).name == name


def test_some_rules_may_come_more_than_once(tmp_path):
    twice = [{"rule": name, "column": "order_id", "values": [code]} for name in ("excluded", "non_product", "test_orders") for code in "ab"]
    assert len(parse_config(values(cleaning=[*cleaning(), *twice]), tmp_path).cleaning) == 10


def test_the_first_action_is_the_default():
    assert {rule.rule: rule.action for rule in DEFAULT_CLEANING} == {rule.rule: ACTIONS[rule.rule][0] for rule in DEFAULT_CLEANING}
    assert [rule.rule for rule in DEFAULT_CLEANING][:2] == ["unreadable", "overlap"]


TOML = {
    "name": 'name = "shop"', "currency": 'currency = "GBP"  # pounds', "seed": "seed = 4",
    "files": '[inputs.transactions]\nfiles = ["a.csv"]\n[inputs.transactions.columns]\n{columns}\n', "clusters": "[clusters]\nk_max = 5",
}  # fmt: skip


def test_the_hash_knows_neither_order_nor_comments(tmp_path):
    hashes = set()
    columns = [f'{ours} = "{theirs}"' for ours, theirs in COLUMNS.items()]
    for number, (top, mapped) in enumerate(zip(itertools.permutations(["name", "currency", "seed"]), itertools.permutations(columns), strict=False)):
        path = tmp_path / f"{number}.toml"
        tables = ["files", "clusters"][:: (-1) ** number]
        path.write_text("\n".join([*(TOML[name] for name in top), *(TOML[name].format(columns="\n".join(mapped)) for name in tables)]), encoding="utf-8")
        hashes.add(load_config(path).hash())
    assert len(hashes) == 1
    path.write_text(path.read_text(encoding="utf-8").replace("seed = 4", "seed = 5"), encoding="utf-8")
    assert load_config(path).hash() not in hashes


def test_the_order_of_rules_and_of_files_counts(tmp_path):
    one, other = [{"rule": name} for name in ("unreadable", "after_as_of", "anonymous", "price", "returns")], [
        {"rule": name} for name in ("unreadable", "after_as_of", "anonymous", "returns", "price")
    ]  # fmt: skip
    assert parse_config(values(cleaning=one), tmp_path).hash() != parse_config(values(cleaning=other), tmp_path).hash()
    files = [parse_config(values(source={"files": names}), tmp_path).hash() for names in (["a", "b"], ["b", "a"])]
    assert files[0] != files[1]


def test_a_manifest_gives_the_configuration_back(tmp_path):
    config = parse_config(values(currency="GBP", clusters={"k": 4}), tmp_path)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"config": config.model_dump(mode="json"), "folder": str(tmp_path)}), encoding="utf-8")
    again = load_config(manifest)
    assert again == config and again.hash() == config.hash() and again.folder == tmp_path


def test_a_changed_value_is_checked_again(tmp_path):
    config = parse_config(values(), tmp_path)
    assert config.replace(seed=9).seed == 9 and config.replace(seed=9).folder == tmp_path
    with pytest.raises(ConfigurationError, match="time_zone"):
        config.replace(time_zone="London")


@pytest.mark.parametrize(
    ("text", "says"), [(None, "There is no configuration file"), (b"name = ", "cannot be read as TOML"), (b"name = '\xff'", "cannot be read as TOML")]
)
def test_a_file_that_is_no_configuration(tmp_path, text, says):
    path = tmp_path / "workbook.toml"
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(ConfigurationError, match=says):
        load_config(path)
