"""What the lines, answers and contacts of a customer tell: how dear they buy, what and where, at a discount or not, what they said, when they got in touch."""

import ibis
from ibis import _
from ibis.expr.types import Table

from analysis.data.orders import bear_cost, still_counts
from analysis.data.returns import keep_share

SUM = "decimal(38,4)"
MILLION = 1_000_000  # shares are counted in whole millionths, so that sums do not depend on the order of rows
KINDS = {  # what such contacts are called in the exports of shops
    "browses": ("browse", "view", "visit", "浏览", "访问"), "clicks": ("click", "点击"), "inquiries": ("inquiry", "enquiry", "consultation", "咨询", "询盘"),
}  # fmt: skip
SATISFIED = 0.75  # of the way from the lowest to the highest answer: 4 and 5 of 1-5, 6 and 7 of 1-7, 8 to 10 of 0-10


def find_bought(kept: Table, *, priced: bool) -> Table:
    """Keep the lines of which something is left, with the price that tells how dear they are.

    Parameters
    ----------
    kept : Table
        Order lines after cleaning (see `analysis.data.cleaning.Cleaned`).
    priced : bool
        Whether the data tell a price of the single piece; without one a line's money says nothing of it.
    """
    return kept.filter(still_counts(kept)).mutate(piece_price=_.unit_price if priced else ibis.null("decimal(18,4)"))


def list_items(bought: Table) -> Table:
    """List what was bought: a product at a price is one item of an order, on however many lines it stands.

    Returns
    -------
    Table
        Grain: customer_id, order_key, product, category, piece_price. at (time of the last of its lines), discounted (bool: one of them was), tells_product.
    """
    discounted = ibis.coalesce(bought.discount != 0, False)
    items = bought.mutate(was_discounted=discounted).group_by("customer_id", "order_key", "product", "category", "piece_price")
    return items.agg(at=_.ordered_at.max(), discounted=_.was_discounted.any())


def level_prices(items: Table) -> Table:
    """Say how dear every price is among the items of its category: 0 the cheapest, 1,000,000 the dearest, half a million in the middle.

    Returns
    -------
    Table
        Grain: category, piece_price. level (int64, millionths): the share of the category's items that are cheaper, those of the same price counted by half
        (mid-rank, so that equals are equal and a category of one price is in the middle). Items without a category are compared with each other.
    """
    prices = items.filter(items.piece_price.notnull()).group_by("category", "piece_price").agg(n=_.count())
    own = ibis.window(group_by="category")
    upward = ibis.window(group_by="category", order_by="piece_price", preceding=None, following=0)
    ranked = prices.mutate(until=_.n.sum().over(upward).cast("int64"), total=_.n.sum().over(own).cast("int64"))
    return ranked.select("category", "piece_price", level=((2 * _.until - _.n) * MILLION // (2 * _.total)).cast("int64"))


def sum_items(items: Table, levels: Table, *, has_discount: bool) -> Table:
    """Sum up each customer's items.

    Parameters
    ----------
    items, levels : Table
        From `list_items` and `level_prices`.
    has_discount : bool
        Whether the data tell discounts; a line without one was then sold at its full price.

    Returns
    -------
    Table
        Grain: customer_id. orders, products (int64, different ones; null where no product is told), price_level (float64, 0-1: mean of the items' levels),
        discount_share (float64, 0-1: orders with a discounted item).
    """
    same = [ibis.coalesce(items.category, "") == ibis.coalesce(levels.category, ""), items.piece_price == levels.piece_price]
    levelled = items.left_join(levels, same).select(items.customer_id, items.order_key, items.product, items.discounted, levels.level)
    per_order = levelled.group_by("customer_id", "order_key").agg(level=_.level.sum(), told=_.level.count(), discounted=_.discounted.any())
    summed = per_order.group_by("customer_id").agg(
        orders=_.count().cast("int64"), level=_.level.sum(), told=_.told.sum().cast("int64"), discounted=_.discounted.sum().cast("int64")
    )
    bought = items.filter(items["product"] != "").select("customer_id", "product").distinct().group_by("customer_id").agg(products=_.count().cast("int64"))
    joined = summed.left_join(bought, "customer_id")
    share = _share(joined.discounted, joined.orders)
    return joined.select(
        "customer_id", "orders", "products", price_level=_share(joined.level, joined.told * MILLION),
        discount_share=share if has_discount else ibis.null("float64"),
    )  # fmt: skip


def _share(part: ibis.Value, whole: ibis.Value) -> ibis.Value:
    return (part.cast("float64") / whole.nullif(0).cast("float64")).round(12)


def find_usual(lines: Table, column: str) -> Table:
    """Find each customer's most usual value of a column: in the most orders; of equals the latest, then the first by the alphabet.

    Parameters
    ----------
    lines : Table
        customer_id, order_key, `column`, and `at` or `ordered_at` (time).

    Returns
    -------
    Table
        Grain: customer_id, of those with a value. usual (text), values (int64: different ones), in_orders (int64: orders with the usual one).
    """
    at = lines["at"] if "at" in lines.columns else lines.ordered_at
    told = lines.filter(lines[column].notnull()).group_by("customer_id", "order_key", value=lines[column]).agg(at=at.max())
    counted = told.group_by("customer_id", "value").agg(orders=_.count(), at=_["at"].max())
    own = ibis.window(group_by="customer_id", order_by=[ibis.desc(counted.orders), ibis.desc(counted["at"]), counted["value"]])
    placed = counted.mutate(place=ibis.row_number().over(own))
    return placed.group_by("customer_id").agg(
        usual=_["value"].max(where=_.place == 0), values=_.count().cast("int64"), in_orders=_.orders.max(where=_.place == 0).cast("int64")
    )


def sum_margins(kept: Table) -> Table:
    """Sum what each customer's lines brought over their cost: customer_id, margin (decimal); of returned goods neither money nor cost is counted."""
    cost = keep_share(bear_cost(kept), kept.units_left, kept.units)
    return kept.group_by("customer_id").agg(margin=(kept.amount_left.cast(SUM) - cost.cast(SUM)).sum().cast(SUM))


def place_on_scale(answers: Table) -> ibis.Value:
    """Say where an answer lies between the lowest (0) and the highest (1,000,000) that could be given, in whole millionths."""
    width = (answers.scale_high - answers.scale_low).nullif(0)
    return ((answers.score - answers.scale_low) / width * MILLION).round().cast("int64")


def count_satisfied(answers: Table) -> Table:
    """Count each customer's answers on satisfaction: customer_id, answers, satisfied (int64; those in the upper quarter of the scale: 4 and 5 of 1-5)."""
    asked = answers.filter(answers.kind == "csat").mutate(place=place_on_scale)
    return asked.group_by("customer_id").agg(answers=_.place.count().cast("int64"), satisfied=(_.place >= int(SATISFIED * MILLION)).sum().cast("int64"))


def sum_answers(answers: Table, satisfied: Table) -> Table:
    """Sum up what each customer answered.

    Parameters
    ----------
    answers : Table
        Grain: answer (see `analysis.data.answers.list_answers`).
    satisfied : Table
        From `count_satisfied`.

    Returns
    -------
    Table
        Grain: customer_id, of who answered. nps (float64, 0-10: the last answer, brought to that scale; of several at one moment the lowest), csat (float64, 0-1:
        share of answers that were satisfied), ces (float64, 1-7: mean, brought to the scale of the Customer Effort Score 2.0, on which more is easier).

    Notes
    -----
    On 0-10 promoters answer 9 or 10, passives 7 or 8, detractors up to 6 (Reichheld 2003). Brought to 0-10, 5 of 1-5 is a promoter and 1-3 are detractors, as are 7, and 1-4, of 1-7.
    """
    placed = answers.mutate(place=place_on_scale)
    own = ibis.window(group_by="customer_id", order_by=[ibis.desc(placed.answered_at), placed.place])
    last = placed.filter(placed.kind == "nps").mutate(number=ibis.row_number().over(own)).filter(_.number == 0)
    nps = last.select("customer_id", nps=(_.place.cast("float64") * 10 / MILLION).round(6))
    eased = placed.filter(placed.kind == "ces").group_by("customer_id").agg(place=_.place.sum(), told=_.place.count().cast("int64"))
    ces = eased.select("customer_id", ces=(1 + 6 * _share(eased.place, eased.told * MILLION)).round(6))
    csat = satisfied.select("customer_id", csat=_share(satisfied.satisfied, satisfied.answers))
    people = answers.select("customer_id").distinct()
    return join_each(people, nps, csat, ces)


def sum_contacts(contacts: Table) -> Table:
    """Sum up how each customer got in touch.

    Returns
    -------
    Table
        Grain: customer_id. browses, clicks, inquiries, contacts (int64: times, of any kind), last_contact_date.
    """
    kind = contacts.kind.strip().lower()
    return contacts.group_by("customer_id").agg(
        **{name: contacts["count"].sum(where=kind.isin(words)).fill_null(0).cast("int64") for name, words in KINDS.items()},
        contacts=contacts["count"].sum().fill_null(0).cast("int64"),
        last_contact_date=contacts.occurred_at.max().date(),
    )


def join_each(people: Table, *parts: Table) -> Table:
    """Set the columns of each part beside the people; who is not in it has nulls."""
    for part in parts:
        people = people.left_join(part, "customer_id").drop("customer_id_right")
    return people
