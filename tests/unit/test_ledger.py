"""The ledger, line by line, by hand; and what goes to quarantine."""

from decimal import Decimal

from shops import look, open_shop, rules

COLUMNS = ["step", "rule", "action", "rows", "amount", "rows_touched", "customers", "rows_after", "amount_after"]
LINES = [
    ("a", "2024-01-05", "1", "p", 10, "1.50"), ("a", "2024-01-07", "2", "p", -4, "1.50"),  # 15, of which 6 come back
    ("b", "2024-01-05", "3", "p", 2, "3"), ("b", "2024-01-08", "4", "p", -5, "3"),  # 6 come back, 9 more found nothing
    ("c", "2024-01-09", "5", "q", 1, "0"), ("", "2024-01-09", "6", "q", 1, "2.25"), ("d", "2024-01-10", "7", "POST", 1, "4"),
    ("d", "2024-01-10", "7", "q", 3, "0.3333"), ("d", "2024-01-10", "7", "q", 3, "0.3333"), ("e", "soon", "8", "q", 1, "7"), ("f", "2024-02-10", "9", "q", 1, "1"),
]  # fmt: skip


def test_every_step_by_hand(tmp_path):
    cleaning = [*rules(), {"rule": "non_product", "column": "product_id", "values": ["POST", "DOT"], "pattern": "fee.*"}]
    opened = open_shop(tmp_path, LINES, as_of="2024-01-31", cleaning=cleaning)
    ledger = look(opened, "ledger")
    d = Decimal
    assert ledger[COLUMNS].values.tolist() == [
        [1, "input", "input", 11, d("16.2498"), 11, 6, 11, d("16.2498")],
        [2, "unreadable", "quarantined", 1, d(7), 1, 1, 10, d("9.2498")],
        [3, "overlap", "removed", 0, d(0), 0, 0, 10, d("9.2498")],
        [4, "after_as_of", "removed", 1, d(1), 1, 1, 9, d("8.2498")],
        [5, "anonymous", "anonymous", 1, d("2.25"), 1, 0, 8, d("5.9998")],
        [6, "duplicates", "flagged", 0, d(0), 1, 1, 8, d("5.9998")],
        [7, "price", "removed", 1, d(0), 1, 1, 7, d("5.9998")],
        [8, "returns_matched", "removed", 1, d(-12), 1, 1, 6, d("17.9998")],  # the line of a leaves; of b's line the part that was matched
        [9, "returned_purchases", "removed", 1, d(12), 2, 2, 5, d("5.9998")],  # b's purchase leaves, of a's the part that came back
        [10, "returns_unmatched", "removed", 1, d(-9), 1, 1, 4, d("14.9998")],
        [11, "outliers", "flagged", 0, d(0), 0, 0, 4, d("14.9998")],
        [12, "non_product", "removed", 1, d(4), 1, 1, 3, d("10.9998")],
        [13, "kept", "kept", 3, d("10.9998"), 3, 2, 3, d("10.9998")],
    ]
    assert ledger.note.iloc[11] == "product_id: POST, DOT or /fee.*/"
    assert look(opened, "customers").monetary.tolist() == [9, 0, 0, d("1.9998")]


def test_amounts_that_nobody_can_read_are_said(tmp_path):
    opened = open_shop(tmp_path, [*LINES[:8], ("g", "2024-01-09", "9", "q", "many", "2")])
    step = look(opened, "ledger").iloc[1]
    assert (step.rule, step.rows, step.amount, step.note) == ("unreadable", 1, 0, "1 amounts unreadable, counted as 0")


def test_money_is_exact_where_floats_are_not(tmp_path):
    """Ten times 0.1 and a hundred thousand millions beside it."""
    rows = [(f"c{number}", "2024-01-05", str(number), "p", 1, "0.1") for number in range(10)] + [("z", "2024-01-05", "z", "p", 100, "1000000000.0001")]
    ledger = look(open_shop(tmp_path, rows), "ledger")
    assert ledger.amount.iloc[0] == ledger.amount_after.iloc[-1] == Decimal("100000000001.0100")


def test_notes_tell_what_the_rules_were_told(tmp_path):
    cleaning = [{"rule": "unreadable"}, {"rule": "after_as_of"}, {"rule": "anonymous"}, {"rule": "returns"}, {"rule": "outliers", "limit": 7.5},
                {"rule": "excluded", "column": "order_id", "pattern": "X-.*"}]  # fmt: skip
    notes = look(open_shop(tmp_path, LINES[:3], cleaning=cleaning), "ledger").set_index("rule").note
    assert (notes["outliers"], notes["excluded"], notes["anonymous"]) == ("limit 7.5", "order_id: /X-.*/", "")
