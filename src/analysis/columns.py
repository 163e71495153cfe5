"""The words of the project: our input columns, and the keys of every label in the order in which people read them."""

TRANSACTION_COLUMNS = {
    "customer_id": "identifier",
    "ordered_at": "time",
    "order_id": "identifier",
    "product_id": "identifier",
    "product_name": "text",
    "category": "text",
    "quantity": "number",
    "unit_price": "number",
    "amount": "number",
    "refund": "number",
    "currency": "text",
    "cost": "number",
    "discount": "number",
    "channel": "text",
    "status": "text",
    "email": "text",
    "phone": "text",
}
CUSTOMER_COLUMNS = {
    "customer_id": "identifier",
    "name": "text",
    "phone": "text",
    "email": "text",
    "address": "text",
    "type": "text",
    "industry": "text",
    "company_size": "text",
    "country": "text",
    "region": "text",
    "city": "text",
    "gender": "text",
    "birth_date": "time",
    "registered_at": "time",
    "source": "text",
    "parent_id": "identifier",
}
FEEDBACK_COLUMNS = {
    "customer_id": "identifier",
    "answered_at": "time",
    "kind": "text",
    "score": "number",
    "scale": "text",
    "topic": "text",
    "comment": "text",
}
EVENT_COLUMNS = {
    "customer_id": "identifier",
    "occurred_at": "time",
    "kind": "text",
    "object": "text",
    "count": "number",
    "value": "number",
}
RATE_COLUMNS = {
    "date": "time",
    "currency": "text",
    "rate": "rate",
}
INPUT_COLUMNS = {
    "transactions": TRANSACTION_COLUMNS, "customers": CUSTOMER_COLUMNS, "feedback": FEEDBACK_COLUMNS, "events": EVENT_COLUMNS, "rates": RATE_COLUMNS,
}  # fmt: skip
# never in a page, masked in quarantine; in a comment people write down numbers and names
CONTACT_COLUMNS = ("name", "phone", "email", "address", "birth_date", "comment")
ANSWER_KINDS = ("nps", "csat", "ces")

CLASS8 = (
    "important_value", "important_develop", "important_keep", "important_winback",
    "general_value", "general_develop", "general_keep", "general_winback",
)  # fmt: skip
TIERS = ("high", "mid", "low")
STAGES = ("new", "active", "growing", "shrinking", "reactivated", "at_risk", "dormant", "lost", "prospect", "cancelled_only")
UNCLASSIFIED = "unclassified"
SCHEMES = ("segment", "class8", "value_tier")  # columns of `customers` that put every buyer in exactly one group
NONE = "none"  # where newcomers come from in a migration, and where those go who are no longer buyers
CAUSES = ("bought", "time_passed", "threshold_moved", "rule_changed", "history_restated")  # of a move, the last step of the replay first

PATH_SEPARATOR = "\x1f"  # between the keys of a branch of the tree

# what the workbook itself adds to a row: an attribute of that name would be lost
TAKEN_NAMES = (
    "source_file", "source_row", "source_order", "problem", "raw", "is_total", "place", "order_key", "product", "units", "price", "left_early", "left_at", "units_left",
    "amount_left", "at_returns", "is_goods", "first_seen", "had_returns", "told_as", "told_by", "told_apart", "overridden",
    "scale_low", "scale_high", "paid_amount", "paid_price", "exchange_rate", "exchange_on",
)  # fmt: skip

MONEY = "decimal(18,4)"  # of a line; sums are decimal(38,4); floats only in charts
RATE = "decimal(19,11)"  # of a currency: seven digits of one that is worth a fifty-thousandth; times money it still fits into 38 digits

# notes that stand as a banner, on the summary too
WARNING_NOTES = ("quarantine", "input-quarantine", "few-buyers", "short-buyers", "short-days", "short-recent", "short-orders", "fewer-groups")
