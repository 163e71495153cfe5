"""The segments if limits lay elsewhere: today's sizes as a table, and what a page needs to reckon others."""

import pandas as pd

from analysis.display.table import Table
from analysis.display.whatif import WhatIf
from analysis.palette import colour
from analysis.texts import Texts

OTHER = "\x1e"  # the values of few customers together
UNKNOWN = "\x1d"  # nothing is said
_SIGNS = {("r", "exclusive"): "<", ("r", "inclusive"): "≤", ("f", "exclusive"): ">", ("f", "inclusive"): "≥", ("m", "exclusive"): ">", ("m", "inclusive"): "≥"}
_WORDS = ("map", "all", "reset", "segment", "customers", "revenue", "legend", "lead", "same", "space")
_TOLD = {
    "score": ("high",),
    "from": ("money",),
    "movers": ("customers", "all"),
    "change": ("segment", "before", "after", "change", "money_before", "money_after"),
}


def offer_whatif(cube: pd.DataFrame, edges: pd.DataFrame, codes: pd.DataFrame, *, texts: Texts) -> WhatIf:
    """Offer to move the cut points, to switch the map, and to look at a part of the customers.

    Parameters
    ----------
    cube : pandas.DataFrame
        A row per group of customers: `attribute`, `value`, `segment`, `r`, `f`, `m` (edges passed), `customers`, `monetary` (whole units), `holds`.
    edges : pandas.DataFrame
        A row per `measure` and `place`, from the poorest to the best: `value`, `cuts`, `measured`, `boundary`.
    codes : pandas.DataFrame
        A row per `map` and `code`: `segment`, `place`; the map in force first.
    texts : Texts

    Returns
    -------
    WhatIf
        Its cube holds, as finished text or whole numbers: measures (name, sign, edges, cuts: the places of those in force), maps (name, axes, segments with
        their colours, codes: the place of the segment of every combination of scores, in order), attribute, values, cells (value, r, f, m, customers, money),
        words, symbol (of the currency), lang.
    """
    if cube.empty:
        return WhatIf("whatif", (), Table(pd.DataFrame()), {})
    maps = [_list_map(name, part, texts) for name, part in codes.groupby("map", sort=False)]
    in_force = codes[codes["map"] == codes["map"].iloc[0]].sort_values("place").segment.drop_duplicates().tolist()
    attribute, values = str(cube["attribute"].iloc[0]), sorted(cube["value"].unique(), key=lambda value: (value in (OTHER, UNKNOWN), value))
    place = {value: number for number, value in enumerate(values)}
    cells = [[place[row.value], row.r, row.f, row.m, int(row.customers), int(row.monetary)] for row in cube.itertuples()]
    sentences = (
        texts.say("whatif-still", s=len(in_force), segments=texts.number(len(in_force)), n=int(cube["customers"].sum()),
                  customers=texts.number(cube["customers"].sum()), money=texts.money(cube["monetary"].sum())),
    )  # fmt: skip
    held = [(row.segment, key) for row in cube[cube["holds"] != ""].drop_duplicates("segment").itertuples() for key in row.holds.split()]
    told = [texts.say("whatif-held", small=texts.label("segment", small), other=texts.label("segment", other)) for other, small in held]
    note = texts.say("whatif-note", groups=texts.number(len(cells)), least=texts.number(int(cube["customers"].min())))
    payload = {
        "lang": texts.locale.replace("_", "-"),
        "symbol": texts.money(0).removesuffix(texts.number(0, 2)),
        "measures": [_list_measure(name, edges[edges["measure"] == name], texts) for name in "rfm"],
        "maps": maps,
        "attribute": texts.column(attribute) if attribute else "",
        "values": [_name_value(attribute, value, texts) for value in values],
        "cells": cells,
        "words": {word: texts.say(f"whatif-{word}") for word in _WORDS}
        | {key: texts.say(f"whatif-{key}", **{name: f"{{{name}}}" for name in names}) for key, names in _TOLD.items()}
        | {"note": texts.say("whatif-space").join([*told, note])},
    }
    return WhatIf("whatif", (*sentences, *told), _list_today(cube, in_force, {small for _other, small in held}, texts), payload)


def _list_measure(name: str, edges: pd.DataFrame, texts: Texts) -> dict:
    write = texts.money if name == "m" else (lambda value: texts.number(value, 0 if value == int(value) else 1))
    cuts = [int(row.place) for row in edges.itertuples() for _ in range(int(row.cuts))]
    measured, boundary = edges["measured"].iloc[0], edges["boundary"].iloc[0]
    return {
        "name": texts.label("measured", f"{name}-{measured}"),
        "sign": _SIGNS[name, boundary],
        "edges": [write(value) for value in edges["value"]],
        "cuts": cuts,
    }


def _list_map(name: object, codes: pd.DataFrame, texts: Texts) -> dict:
    keys = codes.sort_values("place").segment.drop_duplicates().tolist()
    message = f"map-{name}".replace("_", "-")
    called = texts.say(message) if texts.has(message) else str(name)
    return {
        "name": called[:1].upper() + called[1:],
        "axes": len(codes["code"].iloc[0]),
        "segments": [[texts.label("segment", key), colour("segment", key, texts)] for key in keys],
        "codes": codes.sort_values("code")["place"].astype(int).tolist(),
    }


def _name_value(attribute: str, value: str, texts: Texts) -> str:
    return texts.say("whatif-other") if value == OTHER else texts.value(attribute, "" if value == UNKNOWN else value)


def _list_today(cube: pd.DataFrame, keys: list[str], held: set[str], texts: Texts) -> Table:
    sums = cube.groupby("segment")[["customers", "monetary"]].sum().reindex(keys, fill_value=0).astype(float)
    sums.loc[[key in held for key in keys]] = float("nan")
    columns = {
        "segment": [texts.label("segment", key) for key in keys],
        "customers": [texts.number(count) for count in sums["customers"]],
        "monetary": [texts.money(money) for money in sums["monetary"]],
    }
    names = {column: texts.label("column", column) for column in columns}
    frame = pd.DataFrame({names[column]: values for column, values in columns.items()})
    return Table(frame, caption=texts.say("whatif-today"), numeric=(names["customers"], names["monetary"]))
