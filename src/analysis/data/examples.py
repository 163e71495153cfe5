"""Three examples of what each rule took, the largest first."""

import ibis
import pandas as pd
from ibis import _

from analysis.data.cleaning import Cleaned

_PLACE = ("customer_id", "order_key", "product", "quantity", "source_file", "source_row")


def pick_examples(cleaned: Cleaned, *, each: int = 3) -> pd.DataFrame:
    """Pick the lines with the most money that each step took or flagged.

    Returns
    -------
    pandas.DataFrame
        rule, customer_id (null where missing), day (date or null), product (text), quantity, amount (float); at most `each` rows a step, in step order.
    """
    frames, columns = [], ["rule", "customer_id", "day", "product", "quantity", "amount"]
    for step in cleaned.steps:
        if step.action == "changed":  # nothing was taken
            continue
        hit = cleaned.lines[f"flag_{step.number}"] if step.action == "flagged" else cleaned.lines.left_at == step.number
        found = cleaned.lines.filter(hit).select(
            *_PLACE, rule=ibis.literal(step.name), day=_.ordered_at.date(), named=ibis.coalesce(_.product_name, _.product), amount=_.amount.cast("float64")
        )  # fmt: skip
        first = found.order_by(ibis.desc(_.amount.abs().fill_null(0)), *_PLACE).limit(each).execute()
        frames.append(first.assign(product=first.named, quantity=first.quantity.astype("float64"))[columns])
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)
