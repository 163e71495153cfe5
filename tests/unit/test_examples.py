"""Three examples a rule, the largest first, the same whatever the order of the rows."""

from analysis.data.examples import pick_examples
from shops import open_shop, rules

LINES = [("a", "2024-01-05", str(number), f"p{number}", 1, str(price)) for number, price in enumerate((4, 1, 3, 3, 2, 50, 60))]
POST = {"rule": "non_product", "column": "product_id", "pattern": "p[0-4]"}


def test_the_three_largest_of_each_rule(tmp_path):
    found = [pick_examples(open_shop(tmp_path / name, rows, cleaning=rules(POST)).get("lines")) for name, rows in (("x", LINES), ("y", LINES[::-1]))]
    assert found[0].equals(found[1])
    assert found[0][["rule", "customer_id", "product", "amount"]].values.tolist() == [
        ["non_product", "a", product, money] for product, money in (("p0", 4), ("p2", 3), ("p3", 3))
    ]


def test_no_rule_took_anything(tmp_path):
    assert pick_examples(open_shop(tmp_path, LINES).get("lines")).empty


def test_flags_have_examples_too(tmp_path):
    found = pick_examples(open_shop(tmp_path, [*LINES, LINES[0]]).get("lines"))
    assert found[["rule", "product", "quantity"]].values.tolist() == [["duplicates", "p0", 1]]
