"""What one process tells another of a run: frames and words, no table of the engine; and what was not told is found out anew."""

import stat

import pandas as pd
import pytest
from ibis.expr.types import Expr

from analysis.recipes.retold import listen, tell
from shops import open_shop

LINES = [("a", "2024-01-05", "1", "x", 2, "5.00"), ("a", "2024-02-01", "2", "x", 1, "5.00"), ("b", "2024-02-03", "3", "y", 1, "7.00"),
         ("c", "2024-02-04", "4", "y", 3, "7.00")]  # fmt: skip


@pytest.fixture
def opened(tmp_path):
    return open_shop(tmp_path / "shop", LINES)


def forbidden():
    raise AssertionError("the run was opened")


def test_what_was_built_is_told_but_for_what_lives_in_the_engine(opened, tmp_path):
    opened.get("orders"), opened.get("period"), opened.get("ledger_frame")
    tell(opened, tmp_path, "this run")
    told = listen(tmp_path, "this run", forbidden)
    assert (told.id, told.as_of, told.config) == (opened.id, opened.as_of, opened.config)
    assert told.get("period") == opened.get("period")
    pd.testing.assert_frame_equal(told.get("ledger_frame"), opened.get("ledger_frame"))
    assert isinstance(opened.built["orders"], Expr)
    assert "orders" not in told.built
    assert not any(isinstance(value, Expr) for value in told.built.values())


def test_what_was_not_told_is_built_from_the_inputs_which_are_read_once(opened, tmp_path):
    tell(opened, tmp_path, "this run")
    reads = []

    def read():
        reads.append(1)
        return opened

    told = listen(tmp_path, "this run", read)
    assert told.get("orders").count().execute() == 4
    assert told.get("customers").monetary.sum().execute() == 10 + 5 + 7 + 21
    assert told.engine is opened.engine
    assert reads == [1]


def test_nobody_is_told_of_another_run(opened, tmp_path):
    assert listen(tmp_path, "this run", forbidden) is None
    tell(opened, tmp_path, "this run")
    assert listen(tmp_path, "that run", forbidden) is None


def test_what_is_told_later_replaces_what_was_told_and_is_for_this_user_only(opened, tmp_path):
    tell(opened, tmp_path, "this run")
    assert "period" not in listen(tmp_path, "this run", forbidden).built
    opened.get("period")
    tell(opened, tmp_path, "this run")
    assert "period" in listen(tmp_path, "this run", forbidden).built
    assert [stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("told*")] == [0o600]
