"""An engine gives rows in any order: whoever needs one asks for it. So nothing that a page shows may change when they come the other way round."""

from collections.abc import Callable

import ibis.expr.operations as ops
import pandas as pd
import pyarrow as pa
import pytest
from ibis.expr.types import Table

from analysis import run as running
from analysis.recipes.disclosure import SHOWN
from analysis.run import open_run


def gather(root) -> dict[str, pd.DataFrame]:
    running._last.clear()
    run = open_run(root / "workbook.toml", as_of="2025-12-31")
    return {name: run.frame(name) for name in SHOWN}


def is_sorted(table: Table) -> bool:
    node = table.op()
    while isinstance(node, ops.Limit):
        node = node.parent
    return isinstance(node, ops.Sort)


def backwards(real: Callable) -> Callable:
    """Answer with the last row first, unless an order was asked for."""

    def answer(table: Table, *args, **options):
        rows = real(table, *args, **options)
        if is_sorted(table):
            return rows
        return rows.take(range(rows.num_rows - 1, -1, -1)) if isinstance(rows, pa.Table) else rows.iloc[::-1].reset_index(drop=True)

    return answer


@pytest.fixture(scope="module")
def both(root) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Every frame of the sample's pages, as engines give the rows, and the other way round."""
    forwards = gather(root)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("execute", "to_pandas", "to_pyarrow"):
            patch.setattr(Table, name, backwards(getattr(Table, name)))
        turned = gather(root)
    running._last.clear()
    return forwards, turned


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_page_shows_the_same_in_whatever_order_rows_come(both, name):
    forwards, turned = both
    pd.testing.assert_frame_equal(turned[name], forwards[name])


def test_rows_did_come_the_other_way_round(both, root):
    assert len(both[0]["history"]) > 100
    assert list(both[0]["segments"].segment[:2]) == ["champions", "loyal"]  # in the order of display, not of letters
    rows = open_run(root / "workbook.toml", as_of="2025-12-31").table("history")
    plain, turned = rows.to_pandas(), backwards(Table.to_pandas)(rows)
    assert turned.equals(plain.iloc[::-1].reset_index(drop=True))
    assert not turned.equals(plain)
