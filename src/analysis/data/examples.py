"""Three examples of what each rule took, the largest first."""

import ibis
import pandas as pd
from ibis import _

from analysis.data.cleaning import Cleaned


def pick_examples(cleaned: Cleaned, *, each: int = 3) -> pd.DataFrame:
    """Pick the lines with the most money that each step took or flagged.

    Returns
    -------
    pandas.DataFrame
        rule, customer_id (null where missing), day (date or null), product (text), quantity, amount (float); at most `each` rows a step, in step order.
    """
    frames = []
    for step in cleaned.steps:
        if step.action == "changed":  # nothing was taken
            continue
        hit = cleaned.lines[f"flag_{step.number}"] if step.action == "flagged" else cleaned.lines.left_at == step.number
        found = cleaned.lines.filter(hit).order_by(
            ibis.desc(_.amount.abs().fill_null(0)), "customer_id", "order_key", "product", "quantity", "source_file", "source_row"
        ).limit(each)  # fmt: skip
        frames.append(found.select(
            rule=ibis.literal(step.name), customer_id=_.customer_id, day=_.ordered_at.date(), product=ibis.coalesce(_.product_name, _.product),
            quantity=_.quantity.cast("float64"), amount=_.amount.cast("float64"),
        ).execute())  # fmt: skip
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["rule", "customer_id", "day", "product", "quantity", "amount"])
