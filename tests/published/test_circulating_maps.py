"""The prover against the maps in circulation: it finds the faults that are known of them, no others, and the same labels as an audit of the published tables."""

import itertools

import pandas as pd
import pytest

from analysis.errors import ConfigurationError
from analysis.models.maps import examine_map, load_map, prove_map, read_map
from circulating_maps import PUTLER, PYMC_OTHER, B, D, E, P

MAPS = {"A": read_map("rf10"), "B": B, "C": read_map("codes125"), "D": D, "E": E}
PROOFS = {name: examine_map(rules) for name, rules in MAPS.items()}
# the same score under five maps, as audited by hand
LABELS = """
444 loyal          champions          loyal              potential_loyalist champions
155 cant_lose      at_risk            cant_lose          at_risk            at_risk
255 cant_lose      loyal              at_risk            at_risk            loyal
511 new            potential_loyalist new                new                potential_loyalist
515 new            loyal              promising          new                -
333 need_attention loyal              potential_loyalist potential_loyalist loyal
311 about_to_sleep potential_loyalist new                about_to_sleep     potential_loyalist
115 hibernating    at_risk            cant_lose          lost               -
111 hibernating    hibernating        lost               lost               lost
"""
# share of CDNOW customers with an equal label; scores as most notebooks make them, each measure cut into fifths by rank, ties in the order of the file
AGREE = {"AB": 0.41, "AC": 0.40, "AD": 0.17, "AE": 0.26, "BC": 0.38, "BD": 0.26, "BE": 0.76, "CD": 0.45, "CE": 0.53, "DE": 0.38}


def label(name, code):
    """Give the first segment that claims a code under a map, or - where none does."""
    proof = PROOFS[name]
    return next(iter(proof.claims[tuple(code)[: len(proof.axes)]]), "-")


def cells(codes):
    return {tuple(map(int, code)) for code in codes.split()}


@pytest.mark.parametrize("name", ["A", "C"])
def test_the_two_proper_partitions_have_no_fault(name):
    proof = PROOFS[name]
    assert (proof.faults, proof.holes, proof.overlaps, proof.unreachable) == ((), (), {}, ())
    assert len(proof.claims) == {"A": 25, "C": 125}[name]


def test_the_putler_table_overlaps_on_76_cells_and_four_of_its_segments_never_occur():
    proof = PROOFS["B"]
    assert (len(proof.overlaps), len(proof.claims), proof.holes) == (76, 125, ())
    assert proof.unreachable == ("new", "promising", "cant_lose", "lost")
    assert proof.claims[2, 5, 5][0] == "loyal"
    with pytest.raises(ConfigurationError, match=r"never reached \(the first match wins\): 'new', 'promising', 'cant_lose', 'lost'\. Mend"):
        prove_map(B)


def test_rfm_03_leaves_ten_codes_out_and_has_one_cell_of_champions():
    proof = PROOFS["D"]
    assert set(proof.holes) == cells("215 241 251 252 341 351 441 451 541 551")
    assert proof.unreachable == ()
    assert [code for code in proof.claims if label("D", code) == "champions"] == [(5, 5, 5)]
    with pytest.raises(ConfigurationError, match="no segment for: 'R2 F1 M5', 'R2 F4 M1', 'R2 F5 M1', 'R2 F5 M2', 'R3 F4 M1' and 5 more"):
        prove_map(D)


def test_rfm_02_leaves_36_cells_out_and_three_segments_never_occur():
    proof = PROOFS["E"]
    assert len(proof.holes) == 36
    assert proof.unreachable == ("new", "promising", "cant_lose")


def test_the_default_of_pymc_leaves_18_codes_out():
    proof = examine_map(P)
    assert set(proof.holes) == cells(PYMC_OTHER)
    assert len(proof.holes) == 18
    assert (proof.overlaps, proof.unreachable) == ({}, ())
    with pytest.raises(ConfigurationError, match="no segment for"):
        prove_map(P)


@pytest.mark.parametrize("line", LABELS.strip().splitlines())
def test_the_same_score_has_five_labels(line):
    code, *labels = line.split()
    assert [label(name, tuple(map(int, code))) for name in "ABCDE"] == labels


def test_the_same_customers_agree_as_seldom_as_published(shared_data):
    """By another program: pandas, from the raw log."""
    lines = (shared_data / "cdnow" / "CDNOW_master.txt").read_text(encoding="ascii").splitlines()[1:]
    log = pd.DataFrame([line.split() for line in lines if line.strip()], columns=["who", "day", "cds", "dollars"])
    log = log.assign(day=pd.to_datetime(log.day), dollars=log.dollars.astype(float))
    people = log.groupby("who").agg(r=("day", "max"), f=("day", "nunique"), m=("dollars", "sum"))
    scores = people.apply(lambda values: pd.qcut(values.rank(method="first"), 5, labels=False) + 1)
    counted = scores.value_counts()
    assert counted.sum() == 23_570
    found = {
        one + other: round(sum(n for code, n in counted.items() if label(one, code) == label(other, code)) / counted.sum(), 2)
        for one, other in itertools.combinations("ABCDE", 2)
    }
    assert found == AGREE


def test_the_repaired_table_departs_from_the_common_one_as_it_says():
    """On each of the 25 cells of R and the rounded mean: what the table names there, and what is said to be chosen instead."""
    ours = load_map("rfm11")
    changes = {(change.r, change.fm): change for change in ours.changes}
    for r, fm in itertools.product(range(1, 6), repeat=2):
        named = tuple(key for key, (rs, fms) in PUTLER.items() if rs[0] <= r <= rs[1] and fms[0] <= fm <= fms[1])
        chosen = ours.cells[r, fm, fm]
        assert chosen in named, "a cell goes to a segment that the table itself names for it"
        if len(named) > 1:
            assert (changes[r, fm].named, changes[r, fm].chosen) == (named, chosen)
        else:
            assert (r, fm) not in changes
    assert len(changes) == 20
    assert set(ours.cells.values()) == set(PUTLER), "all eleven occur"


def test_halves_of_the_repaired_table_are_rounded_up():
    ours = load_map("rfm11").cells
    assert ours[1, 4, 5] == ours[1, 5, 4] == ours[1, 5, 5] == "cant_lose"  # 4.5 is 5
    assert ours[5, 1, 2] == ours[5, 2, 2] == "potential_loyalist" != ours[5, 1, 1]  # 1.5 is 2
