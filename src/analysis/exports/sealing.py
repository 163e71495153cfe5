"""Files that only the holder of a password can read: an Excel file as Excel itself protects it, or an age file."""

import io

import pyrage
from msoffcrypto.format.ooxml import OOXMLFile

from analysis.errors import ConfigurationError

SHORTEST = 12  # characters: what is sealed goes by mail


def check_password(password: str) -> str:
    """Give a password back unless it is too short to protect anything.

    Raises
    ------
    ConfigurationError
    """
    if len(password) < SHORTEST:
        raise ConfigurationError(f"A password for contact data has at least {SHORTEST} characters; four words will do.")
    return password


def seal_excel(content: bytes, password: str) -> bytes:
    """Protect an Excel file with a password (Agile encryption, as Excel since 2010 does): Excel, WPS and LibreOffice ask for it."""
    sealed = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, sealed)
    return sealed.getvalue()


def seal_age(content: bytes, password: str) -> bytes:
    """Encrypt anything with a passphrase in the format age v1: `age --decrypt` opens it."""
    return pyrage.passphrase.encrypt(content, password)
