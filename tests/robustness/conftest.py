"""The shop of canaries and hostile strings, published once for the tests that search it."""

from functools import cache

import pytest

from planted_shop import Planted, publish


@pytest.fixture(scope="session")
def planted(tmp_path_factory) -> Planted:
    """Give the published report; one that failed fails every test at once."""

    @cache
    def attempt() -> Planted | AssertionError:
        try:
            return publish(tmp_path_factory.mktemp("planted"))
        except AssertionError as error:
            return error

    if isinstance(made := attempt(), AssertionError):
        raise made
    return made
