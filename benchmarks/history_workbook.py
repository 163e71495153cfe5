"""The workbook once more: the same table of customers, and with it the history and the migration of 24 month-ends.

usage: history_workbook.py LINES.parquet AS_OF OUT.parquet      (columns: invoice, sku, qty, price, customer_id, ts)

Beside OUT.parquet lie OUT.history.parquet and OUT.migration.parquet.
"""

import sys
import tempfile
from pathlib import Path

from score_workbook import CONFIG

from analysis.run import open_run

if __name__ == "__main__":
    lines, as_of, out = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "workbook.toml"
        config.write_text(CONFIG.format(lines=Path(lines).resolve()))
        run = open_run(config, as_of=as_of)
        run.table("labelled").order_by("customer_id").to_parquet(out)
        for name, order in {"history": ["as_of", "scheme", "segment"], "migration": ["from_as_of", "to_as_of", "scheme", "from_segment", "to_segment"]}.items():
            run.table(name).order_by(order).to_parquet(Path(out).with_suffix(f".{name}.parquet"))
