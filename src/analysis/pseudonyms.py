"""Names for customers that only the holder of the key can turn back: HMAC-SHA-256 with a key kept outside project and reports."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import ConfigurationError


def key_file() -> Path:
    """Say where the key lies: WORKBOOK_KEY_FILE, or a file in the user's configuration folder."""
    if named := os.environ.get("WORKBOOK_KEY_FILE"):
        return Path(named)
    home = os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "customer-segmentation-workbook" / "pseudonym.key"


def read_key(path: Path) -> bytes:
    """Read the key, making one of 32 random bytes with mode 0600 on first use.

    Raises
    ------
    ConfigurationError
        When the file holds something that is no key.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
        except FileExistsError:
            pass  # another run made it in the same moment
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) < 32:
        raise ConfigurationError(
            f"{path} does not hold a pseudonym key (64 hexadecimal digits or more). Name another file in WORKBOOK_KEY_FILE, or remove it to get a new key."
        )
    return key


def pseudonym(customer_id: str, key: bytes) -> str:
    """Give the pseudonym of a customer: C- and ten characters."""
    return "C-" + hmac.new(key, customer_id.encode(), hashlib.sha256).hexdigest()[:10].upper()


def name_all(customer_ids: Iterable[str | None]) -> list[str | None]:
    """Give the pseudonyms of customers, with the key of this machine; nobody stays nobody."""
    key = read_key(key_file())
    return [pseudonym(who, key) if isinstance(who, str) else None for who in customer_ids]


def key_id(key: bytes) -> str:
    """Name a key without giving it away: which one a report was made with."""
    return hashlib.sha256(b"id" + key).hexdigest()[:8]
