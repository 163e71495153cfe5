"""Sentences about who customers are: who was one person, what is known of them, and what the biggest accounts bring."""

import pandas as pd

from analysis.display.reading import Reading
from analysis.texts import Texts

LEAST = 10  # customers: of smaller groups no money is told
APART = 0.05  # of shares, from which a group brings more or less than its part


def tell_identities(counts: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say which numbers were found to be one person's, and what became of them.

    Parameters
    ----------
    counts : pandas.DataFrame
        The frame `identity_counts` (and `possible_duplicates` below it): key (email, phone, near, guest_known, guest_new, parent, shared), action (merged, listed),
        numbers, orders, monetary.
    texts : Texts
    """
    equal = counts[counts["key"].isin(["email", "phone", "near"])]
    sentences = []
    for action in ("merged", "listed"):
        rows = equal[(equal["action"] == action) & (equal["numbers"] > 0)]
        if action == "listed":
            rows = rows[rows["key"] != "near"]
        if len(rows):
            parts = [texts.say("people-part", numbers=texts.number(row.numbers), how=texts.label("people-key", row.key)) for row in rows.itertuples()]
            sentences.append(texts.say(f"people-{action}", **_words(rows, texts), parts=texts.join(parts)))
    if not sentences:
        sentences.append(texts.say("story-withheld" if equal["numbers"].isna().any() else "people-all-one"))
    told = {"near": "listed", "guest_known": "merged", "guest_new": "merged", "parent": "merged", "shared": "listed"}
    for key, action in told.items():
        rows = counts[(counts["key"] == key) & (counts["action"] == action) & (counts["numbers"] > 0)]
        if len(rows):
            sentences.append(texts.say(f"people-tell-{key}".replace("_", "-"), **_words(rows, texts)))
    return Reading(tuple(sentences))


def _words(rows: pd.DataFrame, texts: Texts) -> dict[str, object]:
    n, orders = int(rows["numbers"].sum()), int(rows["orders"].sum())
    return {"n": n, "numbers": texts.number(n), "o": orders, "orders": texts.number(orders), "money": texts.money(rows["monetary"].sum())}


def tell_attributes(known: pd.DataFrame, *, texts: Texts) -> Reading:
    """Say what is known of nearly everybody, and what of few.

    Parameters
    ----------
    known : pandas.DataFrame
        The frame `attributes_known`: attribute, customers, share, distinct.
    texts : Texts
    """
    known = known[known["customers"].notna() & known["share"].notna()]
    if known.empty or not known["customers"].any():
        return Reading((texts.say("people-nothing-known"),))
    full = known[known["share"] >= 0.95]
    least = known.sort_values(["share", "attribute"]).iloc[0]
    sentences = []
    if len(full):
        sentences.append(texts.say("people-known", attributes=texts.join(texts.column(name) for name in full["attribute"])))
    if len(full) < len(known):
        sentences.append(texts.say("people-least-known", attribute=texts.column(least["attribute"]), share=texts.percent(least["share"])))
    return Reading(tuple(sentences))


def tell_attribute(by_attribute: pd.DataFrame, *, attribute: str = "", texts: Texts) -> Reading:
    """Say which group brings much more, and which much less, than its part of the customers.

    Parameters
    ----------
    by_attribute : pandas.DataFrame
        The frame `by_attribute`: attribute, kind, value, customers, share, monetary, money_share.
    attribute : str
        Which one; the first where none is named.
    texts : Texts
    """
    large = by_attribute[(by_attribute["kind"] == "value") & (by_attribute["customers"] >= LEAST)]
    values = large.groupby("attribute", sort=False).size()
    wanted = attribute or next(iter([*values.index[values > 1], *by_attribute["attribute"]]), "")  # the first that has two groups to compare
    rows = large[(large["attribute"] == wanted) & large[["share", "money_share"]].notna().all(axis=1)]
    if rows.empty:
        return Reading((texts.say("chart-people-none"),))
    gap = (rows["money_share"] - rows["share"]).astype(float)
    sentences = []
    for kind, at in (("more", gap.idxmax()), ("less", gap.idxmin())):
        if (gap[at] if kind == "more" else -gap[at]) >= APART:
            row = rows.loc[at]
            words = {"value": texts.value(wanted, row["value"]), "customers": texts.percent(row["share"]), "money": texts.percent(row["money_share"])}
            sentences.append(texts.say(f"people-brings-{kind}", **words))
    return Reading(tuple(sentences or [texts.say("people-brings-alike", attribute=texts.column(wanted))]))


def tell_accounts(accounts: pd.DataFrame, *, is_shown: bool = True, texts: Texts) -> Reading:
    """Say which account is the biggest, and what the listed ones bring together.

    Parameters
    ----------
    accounts : pandas.DataFrame
        The frame `biggest_accounts`: account (pseudonym), branches, orders, monetary, share.
    is_shown : bool
        Whether these readers are shown single customers at all.
    texts : Texts
    """
    if accounts.empty:
        return Reading((texts.say("people-no-accounts" if is_shown else "story-no-single"),))
    first = accounts.iloc[0]
    words = {"account": first["account"], "b": int(first["branches"]), "branches": texts.number(first["branches"])}
    sentences = [texts.say("people-biggest", **words, money=texts.money(first["monetary"]), share=texts.percent(first["share"]))]
    if len(accounts) > 1:
        n = len(accounts)
        sentences.append(
            texts.say(
                "people-biggest-together",
                n=n,
                numbers=texts.number(n),
                money=texts.money(accounts["monetary"].sum()),
                share=texts.percent(accounts["share"].sum()),
            )
        )
    return Reading(tuple(sentences))
