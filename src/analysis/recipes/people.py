"""What is found out about people: who may be one, what is known of customers and what those bring, the biggest accounts."""

from collections.abc import Callable, Mapping
from typing import Any

import ibis
import pandas as pd
from ibis import _
from ibis.expr.types import Table

from analysis.data import attributes, people
from analysis.models.identity import matching
from analysis.pseudonyms import name_all
from analysis.recipes.identity import mapped_columns
from analysis.recipes.opened import Opened

LISTED = 10  # pairs, accounts


def _known_attributes(opened: Opened) -> list[str]:
    """Name the attributes that customers can be told apart by: what is mapped, and what follows from it."""
    named = [*mapped_columns(opened), "age_band", "market"]
    return [column for column in opened.get("known").columns if column in named and column not in ("customer_id", "parent_id")]


def _by_attribute(opened: Opened) -> pd.DataFrame:
    known, described = opened.get("known"), opened.get("described")
    names = _known_attributes(opened)
    joined = known.left_join(described.select("customer_id", "monetary"), "customer_id")
    return attributes.count_by(joined.select("customer_id", *names, monetary=joined.monetary.fill_null(0)), names)


def _count_identities(opened: Opened) -> pd.DataFrame:
    """Count what was found, by which key: key, action (merged, listed), numbers, orders, monetary."""
    counts = attributes.count_changed(opened.get("lines").kept, opened.get("identities")).assign(action="merged")
    if opened.config.identity.merge == "none":
        counts = pd.concat([counts, _count_listed(opened, opened.get("persons_possible").select("customer_id", key=_.why))])
    if (narrow := opened.get("people_narrow")) is not None:
        shared = matching.share_contact(narrow).select("customer_id", key=ibis.literal("shared")).distinct()
        counts = pd.concat([counts, _count_listed(opened, shared)])
    order = ["email", "phone", "near", "guest_known", "guest_new", "parent", "shared"]
    counts = counts.assign(place=[order.index(key) for key in counts["key"]]).sort_values(["place", "action"], ascending=[True, False])
    return counts[["key", "action", "numbers", "orders", "monetary"]].reset_index(drop=True)


def _count_listed(opened: Opened, found: Table) -> pd.DataFrame:
    """Count customers who were found and left as they are, with what they bought."""
    joined = found.left_join(opened.get("described").select("customer_id", "frequency", "monetary"), "customer_id")
    counts = (
        joined.group_by("key").agg(numbers=_.count(), orders=_.frequency.sum().fill_null(0), monetary=_.monetary.sum().cast("float64").fill_null(0)).execute()
    )
    return counts.assign(action="listed")


def _possible_pairs(opened: Opened) -> Table:
    """Give pairs who may be one and are not: customer_id, other (persons), chance."""
    persons = opened.get("persons")
    pairs = people.rename_customers(opened.get("near_pairs"), persons)
    pairs = people.rename_customers(pairs.rename(customer_id="other", other="customer_id"), persons).rename(customer_id="other", other="customer_id")
    pairs = pairs.filter(_.customer_id != _.other).select(
        customer_id=ibis.least(_.customer_id, _.other), other=ibis.greatest(_.customer_id, _.other), chance=_.chance
    )
    return pairs.group_by("customer_id", "other").agg(chance=_.chance.max())


def _possible_duplicates(opened: Opened) -> pd.DataFrame:
    """Count the customers who may be somebody else as well, as in `identity_counts`."""
    pairs = opened.get("possible_pairs")
    both = pairs.select("customer_id").union(pairs.select(customer_id=_.other)).distinct().mutate(key=ibis.literal("near"))
    return _count_listed(opened, both)[["key", "action", "numbers", "orders", "monetary"]]


def _pair_list(opened: Opened) -> pd.DataFrame:
    """List the pairs who bring most, as pseudonyms: customer, other, chance, monetary (of both)."""
    money = opened.get("described").select("customer_id", "monetary")
    pairs = opened.get("possible_pairs").left_join(money, "customer_id").drop("customer_id_right")
    pairs = pairs.left_join(money.rename(other="customer_id", others="monetary"), "other").drop("other_right")
    listed = pairs.mutate(monetary=(_.monetary.fill_null(0) + _.others.fill_null(0)).cast("float64"))
    listed = listed.order_by(ibis.desc("monetary"), ibis.desc("chance"), "customer_id", "other").limit(LISTED).execute()
    return pd.DataFrame(
        {"customer": name_all(listed.customer_id), "other": name_all(listed.other), "chance": listed.chance, "monetary": listed.monetary.astype(float)}
    )


def _accounts(opened: Opened) -> Table:
    return opened.engine.materialize("accounts", attributes.sum_accounts(opened.get("account_tops"), opened.get("described")))


def _biggest(opened: Opened) -> pd.DataFrame:
    """List the accounts with several members that bring most, as pseudonyms: account, branches, customers, orders, monetary, share (of all money)."""
    accounts = opened.get("accounts")
    listed = accounts.mutate(monetary=_.monetary.cast("float64")).order_by(ibis.desc("monetary"), "customer_id").limit(LISTED).execute()
    whole = float(opened.get("described").monetary.sum().execute() or 0)
    return pd.DataFrame(
        {
            "account": name_all(listed.customer_id), "branches": listed.members - 1, "customers": listed.customers, "orders": listed.orders,
            "monetary": listed.monetary, "share": listed.monetary / whole if whole > 0 else 0.0,
        }
    )  # fmt: skip


BUILDERS: Mapping[str, Callable[[Opened], Any]] = {
    "attributes_known": lambda o: attributes.count_known(o.get("known"), _known_attributes(o)),
    "by_attribute": _by_attribute,
    "identity_counts": _count_identities,
    "possible_pairs": _possible_pairs,
    "possible_duplicates": _possible_duplicates,
    "duplicates_listed": _pair_list,
    "accounts": _accounts,
    "biggest_accounts": _biggest,
}
