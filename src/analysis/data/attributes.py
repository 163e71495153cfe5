"""What is known of customers: how many say what, and what those bring."""

from collections.abc import Sequence

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

MOST, LEAST = 8, 10  # values of an attribute that stand on their own, and customers that each must have
SUM = "decimal(38,4)"


def count_known(customers: Table, attributes: Sequence[str]) -> pd.DataFrame:
    """Count of how many customers each attribute is known.

    Parameters
    ----------
    customers : Table
        Grain: customer_id; the attributes (string).
    attributes : sequence of str

    Returns
    -------
    pandas.DataFrame
        Grain: attribute. customers (who have a value), share (0-1, of all), distinct (different values).
    """
    sums = {f"{kind}_{name}": count for name in attributes for kind, count in (("n", customers[name].count()), ("d", customers[name].nunique()))}
    found = customers.agg(everybody=_.count(), **sums).execute().iloc[0]
    everybody = max(1, int(found.everybody))
    rows = [(name, int(found[f"n_{name}"]), int(found[f"n_{name}"]) / everybody, int(found[f"d_{name}"])) for name in attributes]
    return pd.DataFrame(rows, columns=["attribute", "customers", "share", "distinct"])


def count_by(customers: Table, attributes: Sequence[str]) -> pd.DataFrame:
    """Count customers and their money by the values of each attribute; small values stand together.

    Parameters
    ----------
    customers : Table
        Grain: customer_id; the attributes (string), monetary (decimal).
    attributes : sequence of str

    Returns
    -------
    pandas.DataFrame
        Grain: attribute, kind, value. kind (value; other: all values beyond the largest, or of fewer than ten customers, together; unknown), value (null for
        the last two), values (different ones that stand together), customers, monetary, share (of all customers, 0-1), money_share. Largest first; ages in order.
    """
    frames = [_count_one(customers, name) for name in attributes]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=COLUMNS)


COLUMNS = ["attribute", "kind", "value", "values", "customers", "monetary", "share", "money_share"]


def _count_one(customers: Table, name: str) -> pd.DataFrame:
    counts = customers.group_by(value=customers[name]).agg(customers=_.count(), monetary=_.monetary.sum().cast(SUM))
    whole = counts.agg(
        customers=_.customers.sum(), monetary=_.monetary.sum(), values=_.value.count(), unknown=_.customers.sum(where=_.value.isnull()),
        unknown_money=_.monetary.sum(where=_.value.isnull()),
    ).execute().fillna(0).iloc[0]  # fmt: skip
    large = counts.filter(_.value.notnull() & (_.customers >= LEAST)).order_by(ibis.desc("customers"), "value").limit(MOST).execute()
    if name == "age_band":
        large = large.sort_values("value", key=lambda bands: bands.str.extract(r"(\d+)", expand=False).astype(int))
    rows = [("value", row.value, 1, int(row.customers), row.monetary) for row in large.itertuples()]
    rest = int(whole["values"]) - len(large)
    if rest:
        others = int(whole.customers) - int(whole.unknown) - int(large.customers.sum())
        rows.append(("other", None, rest, others, whole.monetary - whole.unknown_money - sum(large.monetary)))
    if whole.unknown:
        rows.append(("unknown", None, 0, int(whole.unknown), whole.unknown_money))
    frame = pd.DataFrame(rows, columns=["kind", "value", "values", "customers", "monetary"])
    money = float(whole.monetary)
    frame["monetary"] = frame["monetary"].astype(float)
    frame["share"] = frame["customers"] / max(1, int(whole.customers))
    frame["money_share"] = frame["monetary"] / money if money > 0 else 0.0
    return frame.assign(attribute=name)[COLUMNS]


def sum_accounts(tops: Table, described: Table) -> Table:
    """Add up what the branches of each account buy.

    Parameters
    ----------
    tops : Table
        Grain: customer_id (who stands under a parent); top.
    described : Table
        Grain: customer_id; frequency, monetary.

    Returns
    -------
    Table
        Grain: customer_id (the topmost parent of an account of at least two). members (the parent among them), customers (members with orders), orders, monetary.
    """
    branches = tops.filter(_.customer_id != _.top).select("customer_id", "top")
    members = branches.union(branches.select(customer_id=_.top, top=_.top).distinct())
    bought = members.left_join(described.select("customer_id", "frequency", "monetary"), "customer_id")
    return bought.group_by(customer_id=_.top).agg(
        members=_.count(),
        customers=(_.frequency > 0).sum().fill_null(0),
        orders=_.frequency.sum().fill_null(0),
        monetary=_.monetary.sum().fill_null(0).cast(SUM),
    )


def count_changed(kept: Table, identities: Table) -> pd.DataFrame:
    """Count the numbers that stand for another one, with what was bought under them.

    Parameters
    ----------
    kept : Table
        Order lines that are left after cleaning; customer_id, order_key, amount_left, told_by where lines bear another number than they came with.
    identities : Table
        Grain: customer_id; person_id, why.

    Returns
    -------
    pandas.DataFrame
        Grain: key (email, phone, near; guest_known: who ordered without a number and is a known customer, guest_new: who is not; parent). numbers, orders, monetary.
    """
    key = ibis.ifelse(identities.why == "guest", ibis.ifelse(identities.customer_id == identities.person_id, "guest_new", "guest_known"), identities.why)
    numbers = identities.group_by(key=key).agg(numbers=_.count()).execute()
    if "told_by" not in kept.columns:
        return numbers.assign(orders=0, monetary=0.0)
    new = identities.filter((_.why == "guest") & (_.customer_id == _.person_id)).select(new=_.person_id)
    moved = kept.filter(_.told_by.notnull()).left_join(new, [kept.customer_id == new.new])
    by = ibis.ifelse(moved.told_by == "guest", ibis.ifelse(moved.new.isnull(), "guest_known", "guest_new"), moved.told_by)
    orders = moved.mutate(key=by).group_by("key", "customer_id", "order_key").agg(money=_.amount_left.sum())
    bought = orders.group_by("key").agg(orders=_.count(), monetary=_.money.sum().cast("float64")).execute()
    return numbers.merge(bought, on="key", how="left").fillna({"orders": 0, "monetary": 0.0}).astype({"orders": int})
