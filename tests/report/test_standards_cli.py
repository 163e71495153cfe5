"""`workbook tree` and `workbook try` on the command line."""

import json

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.errors import ConfigurationError
from shops import configure

MASTER = {"customer_id": "id", "type": "kind", "region": "place"}
PEOPLE = [("c1", "enterprise", "[red]North[/red]"), ("c2", "enterprise", "[red]North[/red]"), ("c3", "individual", "南方"), ("c4", "individual", "南方")]
LINES = [(f"c{who}", f"2024-0{month}-1{who}", f"{who}{month}", "A", 1, str(10 * who)) for who in (1, 2, 3, 4) for month in range(1, 2 + who)]


@pytest.fixture
def shop(tmp_path):
    """A folder with two configurations that differ in their standards."""
    for name, choices in (("old", {}), ("new", {"lifecycle": {"by": "days", "days": {"at_risk": 1, "dormant": 2, "lost": 3}}})):
        config = configure(tmp_path, {"lines.csv": LINES}, people=PEOPLE, people_columns=MASTER, tree={"levels": ["type", "region"]}, **choices)
        (tmp_path / f"{name}.json").write_text(json.dumps({"folder": str(tmp_path), "config": config.model_dump(mode="json", by_alias=True)}), encoding="utf-8")
    return tmp_path


def call(shop, *words):
    done = CliRunner().invoke(app, [*words, "--config", str(shop / "old.json")])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def test_the_tree_is_printed_or_written_as_an_image(shop):
    printed = call(shop, "tree").splitlines()
    assert printed[0] == "Type › Region  (2024-05-14)"
    # two each; the individuals brought 4 x 30 + 5 x 40 of 400
    assert printed[1] == "├── Individual  2 · 50.0% · 320.00 · 80.0%"
    assert "[red]North[/red]  2 · 50.0%" in printed[4]  # not red: text of the data is text
    assert "个人  2 · 50.0%" in call(shop, "tree", "--lang", "zh")
    assert "value" in call(shop, "tree", "--levels", "region, value_tier").lower()
    call(shop, "tree", "--to", str(shop / "tree.png"))
    assert (shop / "tree.png").read_bytes().startswith(b"\x89PNG")


def test_what_cannot_be_is_refused(shop):
    with pytest.raises(ConfigurationError, match=r"ends in .svg, .png or .pdf"):
        call(shop, "tree", "--to", str(shop / "tree.docx"))
    with pytest.raises(ConfigurationError, match="no tree 'mine'; there are: main"):
        call(shop, "tree", "--name", "mine")
    with pytest.raises(ConfigurationError, match="'regio'"):
        call(shop, "tree", "--levels", "regio,type")


def test_new_standards_are_tried_and_nothing_is_written(shop):
    before = sorted(shop.rglob("*"))
    said = call(shop, "try", str(shop / "new.json"), "--lang", "en")
    assert "Stage: " in said and "would move" in said and "Nothing was stored. To adopt the new standards, make new.json your configuration." in said
    assert "C-" in said and not any(f"c{who} " in said for who in (1, 2, 3, 4))
    assert sorted(shop.rglob("*")) == before
