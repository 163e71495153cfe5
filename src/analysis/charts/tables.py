"""Tables for reading: the rules of the cleaning, the groups, the cut points, the stages."""

import re
from collections.abc import Callable, Iterable

import pandas as pd

from analysis.charts.scores import name_band, read_bands
from analysis.columns import CONTACT_COLUMNS, STAGES
from analysis.config import Config
from analysis.display.table import Table
from analysis.settings.cleaning import Rule
from analysis.texts import Texts

_CLASS8 = {"value": ("high", "high"), "develop": ("high", "low"), "keep": ("low", "high"), "winback": ("low", "low")}


def list_rules(ledger: pd.DataFrame, *, texts: Texts) -> Table:
    """List the steps of the cleaning: what each does, the rows it concerns, the rows and the money it took, what is left.

    Parameters
    ----------
    ledger : pandas.DataFrame
        The table `ledger`.
    texts : Texts
    """
    columns = {
        "rule": [texts.label("rule", rule) for rule in ledger["rule"]],
        "explanation": [texts.label("explain", rule) for rule in ledger["rule"]],
        "action": [texts.label("ledger-action", action) for action in ledger["action"]],
        "rows_touched": [texts.number(rows) for rows in ledger["rows_touched"]],
        "rows_after": [texts.number(rows) for rows in ledger["rows_after"]],
        "amount": [texts.money_exact(float(amount)) for amount in ledger["amount"]],
        "amount_after": [texts.money_exact(float(amount)) for amount in ledger["amount_after"]],
    }
    return _table(columns, texts, numeric=("rows_touched", "rows_after", "amount", "amount_after"), cards=True)


def list_inputs(inputs: Iterable, *, texts: Texts) -> Table:
    """List the files read.

    Parameters
    ----------
    inputs : iterable
        Files with `name`, `records`, `kept`, `rejected`, `encoding`.
    texts : Texts
    """
    files = list(inputs)
    columns = {
        "source_file": [re.split(r"[/\\]", file.name)[-1] for file in files],
        "records": [texts.number(file.records) for file in files],
        "kept": [texts.number(file.kept) for file in files],
        "rejected": [texts.number(file.rejected) for file in files],
        "encoding": [file.encoding or texts.say("no-value") for file in files],
    }
    return _table(columns, texts, numeric=("records", "kept", "rejected"))


def list_settings(config: Config, *, texts: Texts) -> Table:
    """List the choices of the configuration that change numbers, rules with their conditions among them: how many people or contacts a rule names, but not which.

    Parameters
    ----------
    config : Config
    texts : Texts
    """
    months = config.window_months or 0
    settings = [
        (texts.say("setting-time-zone"), config.time_zone),
        (texts.say("setting-currency"), config.currency or texts.say("no-value")),
        (texts.say("setting-order"), texts.say(f"setting-order-{config.order}")),
        (texts.say("setting-window"), texts.say("setting-window-months", n=months, months=texts.number(months))),
        (texts.say("setting-map"), f"{config.scoring.map}, 1–{config.scoring.bins}"),
    ]
    told = [(rule, [rule.column, *_tell_values(rule, texts), f"× {rule.limit:g}" if rule.limit else ""]) for rule in config.cleaning]
    settings += [(texts.label("rule", rule.rule), " · ".join(part for part in parts if part)) for rule, parts in told if any(parts)]
    columns = {"setting": [name for name, _ in settings], "value": [value for _, value in settings]}
    return _table(columns, texts)


def _tell_values(rule: Rule, texts: Texts) -> tuple[str | None, ...]:
    if rule.column in (*CONTACT_COLUMNS, "customer_id"):
        return (f"({texts.number(len(rule.values) + bool(rule.pattern))})",)
    return texts.join(rule.values), rule.pattern


def list_examples(examples: pd.DataFrame, *, texts: Texts) -> Table:
    """List the largest lines that each rule took or flagged.

    Parameters
    ----------
    examples : pandas.DataFrame
        One row per example, in the order of the ledger: `rule`, `customer` (a pseudonym or null), `day`, `product`, `quantity`, `amount`.
    texts : Texts
    """
    columns = {
        "rule": [texts.label("rule", rule) for rule in examples["rule"]],
        "customer": [texts.say("no-value") if pd.isna(who) else str(who) for who in examples["customer"]],
        "day": [texts.say("no-value") if pd.isna(day) else texts.date(pd.Timestamp(day)) for day in examples["day"]],
        "product": [texts.say("no-value") if pd.isna(name) or not str(name).strip() else str(name).strip() for name in examples["product"]],
        "quantity": [_or_none(number, lambda value: texts.number(value, 0 if value == int(value) else 2), texts) for number in examples["quantity"]],
        "amount": [_or_none(amount, texts.money_exact, texts) for amount in examples["amount"]],
    }
    return _table(columns, texts, numeric=("quantity", "amount"))


def list_thresholds(thresholds: pd.DataFrame, *, texts: Texts) -> Table:
    """List what each score of recency, frequency and money means.

    Parameters
    ----------
    thresholds : pandas.DataFrame
        The table `thresholds`.
    texts : Texts
    """
    bands = list(read_bands(thresholds).values())
    most = max((len(one.cuts) for one in bands), default=0) + 1
    columns = {texts.label("column", "measure"): [texts.label("measured", one.name) for one in bands]}
    for score in range(1, most + 1):
        columns[texts.say("score-number", score=str(score))] = [name_band(one, score, texts) for one in bands]
    return Table(pd.DataFrame(columns))


def list_segments(segments: pd.DataFrame, *, scheme: str = "segment", texts: Texts) -> Table:
    """List the groups of a scheme with size, money and typical values; the eight classes with what they mean.

    Parameters
    ----------
    segments : pandas.DataFrame
        The table `segments`, in its order of display.
    scheme : {"segment", "class8", "value_tier"}
    texts : Texts
    """
    rows = segments[segments["scheme"] == scheme]
    rows = rows[(rows["customers"] > 0) | (rows["segment"] != "unclassified")]
    columns = {scheme: [texts.label(scheme, key) for key in rows["segment"]]}
    columns |= {"rfm_pattern": [_pattern(key, texts) for key in rows["segment"]]} if scheme == "class8" else {}
    columns |= {
        "customers": [texts.number(count) for count in rows["customers"]],
        "customers_pct": [texts.percent(share) for share in rows["customers_pct"].fillna(0)],
        "monetary_pct": [texts.percent(share) for share in rows["monetary_pct"].fillna(0)],
        "median_recency_days": [_or_none(value, texts.number, texts) for value in rows["median_recency_days"]],
        "median_frequency": [
            _or_none(value, lambda number: texts.number(number, 0 if number == int(number) else 1), texts) for value in rows["median_frequency"]
        ],
        "median_monetary": [_or_none(value, texts.money, texts) for value in rows["median_monetary"]],
    }
    return _table(columns, texts, numeric=tuple(column for column in columns if column not in (scheme, "rfm_pattern")))


def _pattern(key: str, texts: Texts) -> str:
    rank, _, kind = key.partition("_")
    if kind not in _CLASS8:
        return texts.say("no-value")
    levels = (*_CLASS8[kind], "high" if rank == "important" else "low")
    return "\u00a0· ".join(texts.label("level", level) for level in levels)


def list_stages(stages: pd.DataFrame, *, texts: Texts) -> Table:
    """List the stages of the last complete month: what each means, who is in it, who came and who went.

    Parameters
    ----------
    stages : pandas.DataFrame
        The table `stages`.
    texts : Texts
    """
    whole = stages[stages["is_complete"].astype(bool)]
    latest = whole if len(whole) else stages
    rows = latest[latest["month"] == latest["month"].max()].set_index("stage").reindex([stage for stage in STAGES if stage in set(latest["stage"])])
    columns = {
        "stage": [texts.label("stage", stage) for stage in rows.index],
        "definition": [texts.say(f"define-{stage}".replace("_", "-")) for stage in rows.index],
        **{column: [texts.number(count) for count in rows[column]] for column in ("customers", "entered", "left")},
    }
    caption = texts.say("table-stages", month=texts.month(pd.Timestamp(latest["month"].max()))) if len(rows) else ""
    return _table(columns, texts, numeric=("customers", "entered", "left"), caption=caption, cards=True)


def _or_none(value: float, write: Callable[[float], str], texts: Texts) -> str:
    return texts.say("no-value") if pd.isna(value) else write(float(value))


def _table(columns: dict[str, list[str]], texts: Texts, *, numeric: tuple[str, ...] = (), caption: str = "", cards: bool = False) -> Table:
    names = {column: texts.label("column", column) for column in columns}
    return Table(pd.DataFrame({names[column]: values for column, values in columns.items()}), caption, tuple(names[column] for column in numeric), cards)
