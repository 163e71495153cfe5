"""A shop whose every contact column holds canaries and whose every other column holds strings that try to be code, published once with the real chapters."""

import csv
import datetime as dt
import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from analysis.overrides import Override, enter_overrides

AS_OF = "2025-12-31"
CUSTOMERS = 190
KEY = "ab" * 32
HOSTILE = (
    "<script>fetch('//evil.example/1')</script>",
    '"><img src=x onerror="alert(\'https://evil.example/2\')">',
    "javascript:alert(3)",
    "${{7*7}} {{7*7}} {% raw %}",
    "$\\frac{$ \\alpha_",
    "\u202egnp.exe\u202c",
    "a\x07b\x1b[31m",
    "x" * 10_000,
    "🎁👩‍👩‍👧",
    'it\'s "quoted" `so`',
    "two\nlines\r\nthree",
    "=cmd|' /C calc'!A0",
    "</style></title></textarea><svg onload=alert(13)>",
    "]]><!--",
    "</script><script src=https://evil.example/15></script>",
    "&lt;img src=x onerror=alert(16)&gt;",
    "<a href='javascript:alert(17)'>x</a>",
    "@SUM(1+1)",
)
# what only people are called, and what a canary of a column begins with
BIRD, NUMBER = "Kanari", "VOGEL"


@dataclass(frozen=True)
class Planted:
    """The published report of the shop, its folder, and everything that the run said."""

    report: Path
    folder: Path
    said: str


def hostile(n: int, column: int) -> str:
    """Give one of the five strings of a column: more would be too many kinds for a picture."""
    return HOSTILE[(column * 5 + n % 5) % len(HOSTILE)]


def people() -> list[dict[str, str]]:
    """List the customers: who they are, and what the shop knows of them."""
    return [
        {
            "id": f"{NUMBER}-{n:05d}", "name": f"{BIRD} Nomen{n:03d}" if n % 2 else f"金丝雀客户{n:03d}号", "phone": f"139000{n:05d}", "mail": f"kanari.{n}@leak{n}.example",
            "street": f"{n} {BIRD} Lane, Birdtown {n:03d}", "born": f"19{60 + n % 40}-03-{1 + n % 28:02d}", "kind": ("enterprise", "individual")[n % 2], **{
                column: hostile(n, place) for place, column in enumerate(("industry", "size", "country", "region", "city", "gender", "source", "club"))
            }, "joined": f"2023-{1 + n % 12:02d}-10", "parent": f"{NUMBER}-{n - n % 10:05d}" if n % 10 and n % 2 == 0 else "",
        } for n in range(CUSTOMERS)
    ]  # fmt: skip


def lines() -> list[dict[str, object]]:
    """List order lines over two years."""
    rng, rows = random.Random(7), []  # noqa: S311
    for n in range(CUSTOMERS):
        for _order in range(1 + n % 7):
            day = dt.date(2024, 1, 5) + dt.timedelta(days=rng.randrange(725))
            for piece in range(1 + rng.randrange(3)):
                word = HOSTILE[rng.randrange(len(HOSTILE))]
                rows.append({
                    "who": f"{NUMBER}-{n:05d}", "when": f"{day} 1{rng.randrange(10)}:00", "order": f"{len(rows) // 4}", "product": f"p{piece}{word[:40]}", "title": word,
                    "group": hostile(n + piece, 8), "pieces": 1 + rng.randrange(4), "price": rng.choice(("9.50", "25.00", "199.00")), "cost": "5.00", "off": "0.50",
                    "shop": hostile(n // 5 + piece, 9), "state": ("done", HOSTILE[n % len(HOSTILE)])[n % 9 == 0], "mail": f"kanari.{n}@leak{n}.example",
                    "phone": f"139000{n:05d}", "recipient": f"{BIRD} Recipient{n:03d}", "street": f"{n} {BIRD} Lane, Birdtown {n:03d}", "tier": hostile(n // 10, 10),
                    "gift": f"for {BIRD} Friend{n:03d}",
                })  # fmt: skip
    return rows


def answers() -> list[dict[str, object]]:
    """List answers to questions."""
    return [
        {"who": f"{NUMBER}-{n:05d}", "when": f"2025-{1 + n % 12:02d}-03", "kind": "nps", "score": n % 11, "scale": "10", "topic": HOSTILE[n % len(HOSTILE)],
         "comment": f"call {BIRD} Comment{n:03d} on 138000{n:05d} or mail kanari.c{n}@leak{n}.example"} for n in range(CUSTOMERS)
    ]  # fmt: skip


def contacts() -> list[dict[str, object]]:
    """List contacts outside buying."""
    return [
        {"who": f"{NUMBER}-{n:05d}", "when": f"2025-{1 + n % 12:02d}-04", "kind": ("browse", "inquiry", HOSTILE[n % len(HOSTILE)])[n % 3], "object": f"mail to kanari.o{n}@leak{n}.example",
         "count": 1, "value": "1.00"} for n in range(CUSTOMERS)
    ]  # fmt: skip


def _write(path: Path, rows: list[dict]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)


def plant(folder: Path, **choices: object) -> Path:
    """Write the shop, its configuration, which withholds no number so that as much as can be is shown, and what people said of its customers."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("lines", lines()), ("people", people()), ("answers", answers()), ("contacts", contacts())):
        _write(folder / f"{name}.csv", rows)
    source = {"files": ["lines.csv"], "dates": "iso"}
    config = {
        "name": "planted", "currency": "GBP", "order": "id", "pages": {"profile": "analyst", "small_cells": 1}, "inputs": {
            "transactions": source | {
                "columns": {"customer_id": "who", "ordered_at": "when", "order_id": "order", "product_id": "product", "product_name": "title", "category": "group", "quantity": "pieces",
                            "unit_price": "price", "cost": "cost", "discount": "off", "channel": "shop", "status": "state", "email": "mail", "phone": "phone"},
                "attributes": {"name": "recipient", "address": "street", "tier": "tier", "gift_note": "gift"},
            },
            "customers": source | {"files": ["people.csv"], "columns": {
                "customer_id": "id", "name": "name", "phone": "phone", "email": "mail", "address": "street", "birth_date": "born", "type": "kind", "industry": "industry",
                "company_size": "size", "country": "country", "region": "region", "city": "city", "gender": "gender", "source": "source", "registered_at": "joined", "parent_id": "parent"},
                "attributes": {"club": "club"}},
            "feedback": source | {"files": ["answers.csv"], "columns": {"customer_id": "who", "answered_at": "when", "kind": "kind", "score": "score", "scale": "scale", "topic": "topic",
                                                                       "comment": "comment"}},
            "events": source | {"files": ["contacts.csv"], "columns": {"customer_id": "who", "occurred_at": "when", "kind": "kind", "object": "object", "count": "count", "value": "value"}},
        },
    } | choices  # fmt: skip
    (folder / "workbook.json").write_text(json.dumps({"folder": str(folder), "config": config}), encoding="utf-8")
    for n, column in enumerate(("notes", "owner", "need")):
        word = Override(
            "planted", f"{NUMBER}-{n:05d}", column, "high_end" if column == "need" else f"{BIRD} Remark of kanari.r@birds.example", f"told by {BIRD} Reason", f"{BIRD} Author",
            dt.date(2025, 1, 31), dt.date(2025, 1, 31), from_run="run1",
        )  # fmt: skip
        enter_overrides(folder / "state", [word], after=n)
    return folder / "workbook.json"


def workbook(folder: Path, *words: object) -> subprocess.CompletedProcess:
    """Call the command in a folder with a key of its own."""
    (folder / "key").write_text(KEY)
    return subprocess.run(
        [Path(sys.executable).with_name("workbook"), "--debug", *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=1500, check=False,
        env=os.environ | {"WORKBOOK_KEY_FILE": str(folder / "key")},
    )  # fmt: skip


def publish(folder: Path) -> Planted:
    """Publish the shop, in English and Chinese."""
    config = plant(folder / "shop")
    done = workbook(folder / "shop", "run", "--config", config, "--as-of", AS_OF, "--lang", "en,zh")
    assert done.returncode == 0, done.stderr[-3000:]
    return Planted(folder / "shop" / "reports" / AS_OF, folder / "shop", done.stdout + done.stderr)
