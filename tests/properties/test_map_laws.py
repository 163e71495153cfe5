"""Laws of maps: a partition is accepted as it is, what is taken away or put twice is found, that and nothing else, and every score has one segment."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import ConfigurationError
from analysis.models.maps import examine_map, prove_map
from analysis.models.segments import join_segment
from shops import table

LAWS = settings(deadline=None, derandomize=True, database=None)
KEYS = ("a", "b", "c", "d", "e")


@st.composite
def partitions(draw):
    """Deal all cells of a small scale out to segments; a segment that got none does not stand in the map."""
    scores = draw(st.tuples(*[st.integers(1, 4)] * draw(st.sampled_from((2, 3)))))
    cells = list(itertools.product(*(range(1, count + 1) for count in scores)))
    owners = draw(st.lists(st.sampled_from(KEYS), min_size=len(cells), max_size=len(cells)))
    return scores, dict(zip(cells, owners, strict=True))


def write(scores, claims, *, by_code, first_match=False):
    """Write claims (pairs of a segment and a cell) as a file would, as codes or as ranges of one cell each."""
    segments = []
    for key in KEYS:
        mine = [cell for one, cell in claims if one == key]
        if mine and by_code:
            segments.append({"key": key, "codes": " ".join("".join(map(str, cell)) for cell in mine)})
        elif mine:
            segments.append({"key": key, "cells": [dict(zip("rfm", cell, strict=False)) for cell in mine]})
    return {"name": "dealt", "scores": dict(zip("rfm", scores, strict=False)), "first_match": first_match, "segment": segments}


@LAWS
@given(partitions(), st.booleans())
def test_a_partition_is_accepted_as_it_was_dealt(dealt, by_code):
    scores, owners = dealt
    found = prove_map(write(scores, [(key, cell) for cell, key in owners.items()], by_code=by_code))
    assert found.cells == owners
    assert (found.scores, set(found.keys)) == (scores, set(owners.values()))


@LAWS
@given(partitions(), st.booleans(), st.booleans(), st.data())
def test_holes_and_overlaps_are_found_and_nothing_else(dealt, by_code, first_match, data):
    scores, owners = dealt
    taken = data.draw(st.sets(st.sampled_from(sorted(owners)), max_size=len(owners) - 1))
    added = data.draw(st.sets(st.tuples(st.sampled_from(KEYS), st.sampled_from(sorted(owners))), max_size=6))
    claims = {(key, cell) for cell, key in owners.items() if cell not in taken} | added
    rules = write(scores, sorted(claims), by_code=by_code, first_match=first_match)
    # by brute force, from the claims alone
    by_cell = {cell: sorted(key for key, claimed in claims if claimed == cell) for cell in owners}
    holes = {cell for cell, keys in by_cell.items() if not keys}
    overlaps = {cell: tuple(keys) for cell, keys in by_cell.items() if len(keys) > 1}
    winners = {keys[0] for keys in by_cell.values() if keys}
    unreachable = {key for key, _cell in claims} - winners if first_match else set()
    proof = examine_map(rules)
    assert (set(proof.holes), proof.overlaps, set(proof.unreachable)) == (holes, overlaps, unreachable)
    if holes or unreachable or (overlaps and not first_match):
        with pytest.raises(ConfigurationError) as refused:
            prove_map(rules)
        assert ("no segment for" in str(refused.value)) == bool(holes)
        assert ("several segments for" in str(refused.value)) == bool(overlaps and not first_match)
        assert ("never reached" in str(refused.value)) == bool(unreachable)
    else:
        assert prove_map(rules).cells == {cell: keys[0] for cell, keys in by_cell.items()}


@LAWS
@given(st.sampled_from(("none", "half_up", "down", "up")), st.integers(1, 9), st.integers(0, 16), st.integers(0, 16))
def test_the_mean_is_rounded_as_said(rounding, scores, one, other):
    low, high = sorted((1 + one / 2, 1 + other / 2))
    proof = examine_map({"name": "x", "scores": scores, "fm_rounding": rounding, "segment": [{"key": "a", "cells": [{"fm": [low, high]}]}]})
    for (_r, f, m), claims in proof.claims.items():
        mean = {"none": (f + m) / 2, "half_up": (f + m + 1) // 2, "down": (f + m) // 2, "up": math.ceil((f + m) / 2)}[rounding]
        assert bool(claims) == (low <= mean <= high)


@settings(LAWS, max_examples=15)
@given(partitions(), st.data())
def test_whoever_has_scores_has_one_segment(dealt, data):
    scores, owners = dealt
    people = data.draw(st.lists(st.one_of(st.none(), st.sampled_from(sorted(owners))), min_size=1, max_size=12))
    segment_map = prove_map(write(scores, [(key, cell) for cell, key in owners.items()], by_code=True))
    axes = ["r_score", "f_score", "m_score"][: len(scores)]
    rows = [{"number": number} | dict(zip(axes, cell or (None,) * len(axes), strict=True)) for number, cell in enumerate(people)]
    found = join_segment(table(rows, number="int64", **dict.fromkeys(axes, "int8")), segment_map).execute().sort_values("number")
    assert [None if cell is None else owners[cell] for cell in people] == [segment if isinstance(segment, str) else None for segment in found.segment]
