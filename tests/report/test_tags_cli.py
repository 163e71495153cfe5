"""`workbook tags` and what `workbook check` says of tags."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from shops import configure

# four customers; a has three orders, and 160 of 190 in all
LINES = [("a", "2024-11-01", "1", "p", 1, "50"), ("a", "2024-11-08", "2", "p", 1, "50"), ("a", "2024-11-28", "3", "p", 1, "60"), ("b", "2024-11-02", "4", "p", 1, "10"),
         ("c", "2024-11-03", "5", "p", 1, "10"), ("d", "2024-11-04", "6", "p", 1, "10")]  # fmt: skip
OWN = [
    {"key": "triple", "en": "Three orders", "zh": "三单", "rule": "frequency = 3"},
    {"key": "none", "en": "Nobody at all", "zh": "无人", "rule": "frequency > 99"},
]
GROUPS = [{"key": "vip", "en": "Very important", "zh": "贵宾", "all": ["triple"]}]


@pytest.fixture
def call(tmp_path):
    def run(*words, **tags):
        config = configure(tmp_path, {"lines.csv": LINES}, tags={"packs": [], "own": OWN, "groups": GROUPS} | tags)
        (tmp_path / "workbook.json").write_text(json.dumps({"folder": str(tmp_path), "config": config.model_dump(mode="json")}), encoding="utf-8")
        program = Path(sys.executable).with_name("workbook")
        done = subprocess.run([program, *words, "--config", "workbook.json"], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
        assert "Traceback" not in done.stdout + done.stderr
        return done.returncode, done.stdout, " ".join(done.stderr.split())

    return run


def test_the_catalogue_is_listed_with_its_groups(call):
    code, said, _ = call("tags", "list")
    assert code == 0
    assert "triple  Three orders  (Own, Yes or no)  1 (25.0%)\n    frequency = 3" in said
    assert "group vip  Very important  1 (25.0%)" in said
    assert "triple  三单  （自定义，是否）" in call("tags", "list", "--lang", "zh")[1].replace("(", "（").replace(")", "）").replace(", ", "，")


def test_what_is_wrong_is_said_by_both_commands(call):
    sentence = "- Nobody has the tag “Nobody at all”. Look at its rule, or do without it.\n"
    assert call("tags", "check")[:2] == (0, sentence)
    assert sentence in call("check")[1]
    assert call("tags", "check", own=OWN[:1])[1] == "- No tag needs attention.\n"


def test_a_rule_that_is_none_stops_with_a_sentence(call):
    code, said, error = call("check", own=[{"key": "bad", "en": "Bad", "zh": "坏", "rule": "getenv('HOME') = 'x' and frequncy > 1"}])
    assert code == 2 and "tag 'bad'" in error and "the function getenv is not allowed" in error
    assert "customers have lines left" not in said
