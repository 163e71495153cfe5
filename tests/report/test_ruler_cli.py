"""`workbook ruler`: list, show, promote, preview, and what is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.run import read_data
from shops import configure, remember

# recency 5 to 1: up to 10, 20, 30, 40 days, more; frequency 1 to 5: so many orders, five and more
FIXED = {"recency": {"method": "fixed", "cuts": [10, 20, 30, 40]}, "frequency": {"method": "fixed", "cuts": [1, 2, 3, 4]},
         "money": {"method": "fixed", "cuts": [10, 20, 30, 40]}}  # fmt: skip
LOOSER = FIXED | {"frequency": {"method": "fixed", "cuts": [1, 2, 4, 5]}}
LINES = [(f"c{n}", f"2024-11-{day}", f"c{n}-{day}", "p", 1, "5") for n in (1, 2, 3, 4) for day in (21, 22, 23, 24)] + [("c6", "2024-11-28", "6", "p", 1, "5")]


@pytest.fixture
def shop(tmp_path):
    """A shop with two reports: of 20 November with looser cuts, of 30 November with the others."""
    early = [("c6", "2024-11-18", "0", "p", 1, "5"), ("c1", "2024-11-19", "x", "p", 1, "5"), ("c2", "2024-11-19", "y", "p", 1, "5")]
    remember(read_data(configure(tmp_path, {"lines.csv": early}, scoring=LOOSER), "2024-11-20"))
    remember(read_data(configure(tmp_path, {"lines.csv": LINES}, scoring=FIXED), "2024-11-30"))
    return tmp_path


@pytest.fixture
def call(shop):
    """Call the command with a configuration of these choices: exit code, standard output, standard error in one line."""

    def run(*words, scoring=FIXED):
        config = configure(shop, {"lines.csv": LINES}, scoring=scoring)
        (shop / "workbook.json").write_text(json.dumps({"folder": str(shop), "config": config.model_dump(mode="json")}), encoding="utf-8")
        program = Path(sys.executable).with_name("workbook")
        done = subprocess.run([program, "ruler", *words, "--config", "workbook.json"], cwd=shop, capture_output=True, text=True, timeout=300, check=False)
        assert "Traceback" not in done.stdout + done.stderr
        return done.returncode, done.stdout, " ".join(done.stderr.split())

    return run


def test_a_ruler_is_promoted_listed_shown_and_never_overwritten(call, shop):
    code, said, _ = call("promote", "2024-11-30", "--as", "autumn")
    assert (code, said) == (0, 'The ruler of the report of 2024-11-30 is autumn@1. To measure with it: [scoring] ruler = "frozen:autumn"\n')
    first = (shop / "state/rulers/autumn.v1.json").read_bytes()
    assert "is autumn@1." in call("promote", "2024-11-30", "--as", "autumn")[1]  # the same again is the same
    assert "is autumn@2." in call("promote", "2024-11-20", "--as", "autumn")[1]
    assert "is autumn@3." in call("promote", "2024-11-30", "--as", "autumn")[1]
    assert (shop / "state/rulers/autumn.v1.json").read_bytes() == first
    code, said, _ = call("list", scoring=FIXED | {"ruler": "frozen:autumn"})
    told = {line.split()[0]: line for line in said.splitlines()}
    assert list(told) == ["autumn@1", "autumn@2", "autumn@3", "2024-11-20", "2024-11-30"]
    assert told["autumn@3"].endswith("this configuration") and told["autumn@2"].endswith("not used")
    assert "fitted on 2024-11-20  2024-11-20-" in told["autumn@2"] and told["2024-11-20"].endswith("saved as autumn@2")
    assert call("list", scoring=FIXED | {"ruler": "frozen:autumn@2"})[1].splitlines()[1].endswith("this configuration")


def test_a_ruler_is_shown_by_name_version_and_day(call):
    call("promote", "2024-11-20", "--as", "autumn")
    call("promote", "2024-11-30", "--as", "autumn")
    for wanted, day, cuts in (("autumn", "2024-11-30", "1 2 3 4"), ("autumn@1", "2024-11-20", "1 2 4 5"), ("2024-11-20", "2024-11-20", "1 2 4 5")):
        code, said, _ = call("show", wanted)
        assert code == 0 and f"fitted on {day}, {day}-" in said
        rows = [line.replace("│", " ").split() for line in said.splitlines() if line.startswith("│")]
        assert [row[-1] for row in rows if row[:3] == ["f", "orders", "fixed"]] == [f"{cut}.0000" for cut in cuts.split()]


def test_a_preview_counts_who_would_move_and_writes_nothing(call, shop):
    """By the looser cuts four orders score 3: potential loyalists. By the saved ruler they score 4: four customers with 20 each become champions."""
    call("promote", "2024-11-30", "--as", "autumn")
    before = {path: path.read_bytes() for path in (shop / "state").rglob("*") if path.is_file()}
    code, said, _ = call("preview", "autumn", "--as-of", "2024-11-30", scoring=LOOSER)
    assert code == 0
    [row] = [line.replace("│", " ").split() for line in said.splitlines() if line.startswith("│")]
    assert " ".join(row) == "Potential loyalists Champions 4 80.00"
    assert "segment: 4 of 5 customers with 80.00 of 85.00 would move." in said
    assert "class8: 0 of 5 customers with 0.00 of 85.00 would move." in said and "value_tier: 0 of 5" in said
    assert "segment: 0 of 5 customers with 0.00 of 85.00 would move." in call("preview", "autumn@1", "--as-of", "2024-11-30")[1]
    assert {path: path.read_bytes() for path in (shop / "state").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("promote", "2024-11-29", "--as", "x"), "No report of 'shop' for 2024-11-29 is remembered in"),
        (("promote", "2024-11-29", "--as", "x"), "There are: '2024-11-30', '2024-11-20'."),
        (("promote", "yesterday", "--as", "x"), "DATE is the as-of day of a report, like 2011-12-09; got 'yesterday'."),
        (("promote", "2024-11-30", "--as", "../../x"), "A ruler's name has 1 to 40 letters, digits, _ or -, and is not a date; got '../../x'."),
        (("promote", "2024-11-30", "--as", "2024-11-30"), "and is not a date"),
        (("show", "../workbook"), "A ruler's name has 1 to 40 letters"),
        (("show", "spring"), "There is no ruler 'spring' in"),
        (("show", "2024-11-29"), "No report of 'shop' for 2024-11-29"),
        (("preview", "spring"), "There is none yet. `workbook ruler promote DATE --as spring` saves that of a report."),
    ],
)
def test_what_is_not_there_or_no_name_is_said_with_exit_code_2(words, said, call, shop):
    code, _, error = call(*words)
    assert code == 2 and said in error
    assert not (shop / "state" / "rulers").exists() and not (shop.parent / "x.v1.json").exists()


def test_a_ruler_with_other_scores_is_refused_in_words(call):
    call("promote", "2024-11-30", "--as", "autumn")
    code, _, error = call("preview", "autumn", "--as-of", "2024-11-30", scoring={"bins": 4, "map": "codes125"} | {})
    assert code == 2 and "scores" in error


def test_where_there_is_no_ruler_the_list_says_how_to_get_one(call, shop):
    (shop / "state/journal.jsonl").unlink()
    code, said, _ = call("list")
    assert code == 0 and said.startswith("There is no ruler yet.")
