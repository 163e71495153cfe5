"""The workbook with everything: every table of a report from order lines, history and migration of 24 month-ends among them.

usage: tables_workbook.py LINES.parquet AS_OF FOLDER      (columns: invoice, sku, qty, price, customer_id, ts)
"""

import sys
import tempfile
import time
from pathlib import Path

from score_workbook import CONFIG, tell

from analysis.run import open_run
from analysis.schemas import SCHEMAS

if __name__ == "__main__":
    lines, as_of, out = sys.argv[1:4]
    began, target = time.perf_counter(), Path(out)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "workbook.toml"
        config.write_text(CONFIG.format(lines=Path(lines).resolve()), encoding="utf-8")
        run = open_run(config, as_of=as_of)
        for name, schema in SCHEMAS.items():
            run.table(name).order_by(list(schema.grain)).to_parquet(target / f"{name}.parquet")
    print(tell(target / "customers.parquet", began))
