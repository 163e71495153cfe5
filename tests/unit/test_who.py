"""Who is behind a pseudonym: told to the holder of the key, entered in the ledger, and refused in sentences."""

import hashlib
import hmac
import json

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.errors import ConfigurationError
from shops import configure

KEY = bytes.fromhex("ab" * 32)
LINES = [("007", "2024-01-10", "1", "A", 1, "10"), ("[b]x", "2024-02-10", "2", "A", 1, "20"), ("c3", "2024-03-10", "3", "A", 1, "30")]
PEOPLE = [("007", "individual"), ("later", "individual")]


def name(customer, key=KEY):
    """RFC 2104, by the standard library, and what the reports make of it."""
    return "C-" + hmac.new(key, customer.encode(), hashlib.sha256).hexdigest()[:10].upper()


@pytest.fixture
def shop(tmp_path, monkeypatch):
    config = configure(tmp_path, {"lines.csv": LINES}, people=PEOPLE, people_columns={"customer_id": "id", "type": "kind"})
    (tmp_path / "workbook.json").write_text(json.dumps({"folder": str(tmp_path), "config": config.model_dump(mode="json", by_alias=True)}), encoding="utf-8")
    (tmp_path / "key").write_text(KEY.hex())
    monkeypatch.setenv("WORKBOOK_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("WORKBOOK_AUTHOR", "Ann")
    return tmp_path


def ask(shop, *words, command="who"):
    done = CliRunner().invoke(app, [command, *words, "--config", str(shop / "workbook.json")])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def entries(shop):
    path = shop / "state" / "exports.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_the_holder_of_the_key_is_told_and_the_ledger_knows(shop):
    assert ask(shop, name("[b]x"), name("007").lower()) == f"{name('[b]x')}  [b]x\n{name('007')}  007\n"
    assert ask(shop, name("later")) == f"{name('later')}  later\n"  # who has not bought has a name too
    (first, second) = entries(shop)
    assert (first["kind"], first["by"], first["pseudonyms"]) == ("who", "Ann", [name("[b]x"), name("007")])
    assert "007" not in [value for value in first.values() if isinstance(value, str)]
    assert second["pseudonyms"] == [name("later")]
    assert f"Ann  looked who is {name('[b]x')}, {name('007')}" in ask(shop, "--ledger", command="export")


def test_who_is_not_found_is_said_and_not_entered(shop):
    with pytest.raises(ConfigurationError, match="Nobody in the inputs is called 'C-0000000000' under the key") as caught:
        ask(shop, "C-0000000000")
    assert caught.value.exit_code == 2
    with pytest.raises(ConfigurationError, match="ten characters, like C-0123456789; got '007'"):
        ask(shop, "007")
    assert entries(shop) == []
    with pytest.raises(ConfigurationError, match="Nobody in the inputs is called 'C-0000000000'"):
        ask(shop, name("c3"), "C-0000000000")
    assert [entry["pseudonyms"] for entry in entries(shop)] == [[name("c3")]]


def test_another_key_is_told_from_nobody(shop, monkeypatch):
    report = shop / "reports" / "2024-03-10"
    report.mkdir(parents=True)
    made_with = hashlib.sha256(b"id" + KEY).hexdigest()[:8]
    (report / "manifest.json").write_text(json.dumps({"config": {"name": "shop", "currency": ""}, "languages": ["en"], "pseudonym_key": made_with}))
    other = shop / "other"
    other.write_text("cd" * 32)
    monkeypatch.setenv("WORKBOOK_KEY_FILE", str(other))
    with pytest.raises(ConfigurationError, match=f"2024-03-10 was made with the pseudonym key {made_with}, and .*other holds the key (?!{made_with})"):
        ask(shop, name("007"))
    monkeypatch.setenv("WORKBOOK_KEY_FILE", str(shop / "nowhere"))
    with pytest.raises(ConfigurationError, match="There is no pseudonym key in .*nowhere"):
        ask(shop, name("007"))
    assert not (shop / "nowhere").exists()  # a new key would answer nothing
