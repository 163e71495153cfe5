"""Pseudonyms: the standard's HMAC, a key that only its owner can read."""

import hashlib
import stat
from pathlib import Path

import pytest

from analysis.errors import ConfigurationError
from analysis.pseudonyms import key_file, pseudonym, read_key

KEY = bytes(range(32))


def hmac_by_hand(message: bytes, key: bytes) -> str:
    """RFC 2104: H(key xor opad, H(key xor ipad, message)), blocks of 64 bytes."""
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner).hexdigest()


@pytest.mark.parametrize("customer", ["12346", "00123", "王小明-14485", 'O\'Reilly "🎁"', ""])
def test_a_pseudonym_is_ten_characters_of_the_hmac(customer):
    assert pseudonym(customer, KEY) == "C-" + hmac_by_hand(customer.encode(), KEY)[:10].upper()


def test_other_customers_and_other_keys_have_other_names():
    assert len({pseudonym(str(number), KEY) for number in range(5000)}) == 5000
    assert pseudonym("1", KEY) != pseudonym("1", bytes(32)) != pseudonym("01", bytes(32))


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "deep" / "pseudonym.key"
    key = read_key(path)
    assert len(key) == 32 and key == read_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert key != read_key(tmp_path / "other.key")


@pytest.mark.parametrize("text", ["", "abcd", "5e" * 31, "no key at all", "ключ"])
def test_what_is_no_key_is_refused_and_left_alone(tmp_path, text):
    path = tmp_path / "pseudonym.key"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="does not hold a pseudonym key"):
        read_key(path)
    assert path.read_text(encoding="utf-8") == text


def test_the_key_lies_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("WORKBOOK_KEY_FILE", str(tmp_path / "named.key"))
    assert key_file() == tmp_path / "named.key"
    monkeypatch.delenv("WORKBOOK_KEY_FILE")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert key_file() == tmp_path / "customer-segmentation-workbook" / "pseudonym.key"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    assert key_file() == Path.home() / ".config" / "customer-segmentation-workbook" / "pseudonym.key"
