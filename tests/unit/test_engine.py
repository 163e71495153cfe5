"""What the embedded engine may take of the machine."""

import duckdb
import pytest

from analysis.engine import _limit_memory, open_engine
from analysis.settings.engine import EngineSettings


@pytest.mark.parametrize(
    ("wanted", "there", "given"),
    [
        (None, 40, 6),  # DuckDB itself takes four fifths: 32
        (None, 5, 4),
        ("60%", 10, 6),
        ("90%", 10, 9),
    ],
)
def test_memory_is_bounded(wanted, there, given):
    con = duckdb.connect(config={"memory_limit": f"{there * 0.8}GiB"})
    limit = _limit_memory(con, wanted)
    con.execute(f"set memory_limit = '{limit}'")
    assert con.execute("select current_setting('memory_limit')").fetchone() == (f"{given}.0 GiB",)


@pytest.mark.parametrize("wanted", ["1500MB", "25%", "1.5 GiB"])
def test_every_way_to_say_a_limit_is_understood(tmp_path, wanted):
    engine = open_engine(tmp_path, EngineSettings(memory_limit=wanted))
    (told,) = engine.reader.con.execute("select current_setting('memory_limit')").fetchone()
    assert told.endswith("iB") and (told == "1.5 GiB") == (wanted == "1.5 GiB")
