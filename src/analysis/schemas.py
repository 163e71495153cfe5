"""The tables that other programs rely on: grain, columns, types. A public contract: add, do not rename."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.errors import WorkbookError

_SUM = "decimal(38,4)"


@dataclass(frozen=True)
class Schema:
    """The contract of one table: `grain` columns identify a row and give the order on disk; more columns may follow."""

    grain: tuple[str, ...]
    columns: Mapping[str, str]


def _schema(grain: str, **columns: str) -> Schema:
    return Schema(tuple(grain.split()), columns)


SCHEMAS: Mapping[str, Schema] = {
    "ledger": _schema("step", step="int64", rule="string", action="string", rows="int64", amount=_SUM, rows_touched="int64", customers="int64",
                      rows_after="int64", amount_after=_SUM, note="string"),
    "quarantine": _schema("source_file source_row rule", source_file="string", source_row="int64", rule="string", reason="string", raw="string"),
    "customers": _schema("customer_id", customer_id="string", first_order_date="date", last_order_date="date", recency_days="int64", frequency="int64",
                         monetary=_SUM, mean_order_value="float64", tenure_days="int64", r_value="int64", f_value="int64", m_value=_SUM,
                         r_score="int8", f_score="int8", m_score="int8", rfm_score="string", segment="string", class8="string", value_tier="string",
                         cluster="int64", cluster_name="string", lifecycle_stage="string", overdue_index="float64", p_alive="float64",
                         expected_orders_90d="float64", clv_365d="float64"),
    "customer_value": _schema("customer_id", customer_id="string", p_alive="float64", expected_orders_30d="float64", expected_orders_60d="float64",
                              expected_orders_90d="float64", p_order_30d="float64", p_order_60d="float64", p_order_90d="float64", clv_365d="float64",
                              clv_low="float64", clv_high="float64", clv_spread="float64", rung="string"),
    "thresholds": _schema("measure cut", measure="string", cut="int64", value=_SUM, fitted_on="date", ruler_id="string"),
    "segments": _schema("scheme segment", scheme="string", segment="string", customers="int64", customers_pct="float64", monetary=_SUM, monetary_pct="float64",
                        median_recency_days="float64", median_frequency="float64", median_monetary="float64", action="string"),
    "history": _schema("as_of scheme segment", as_of="date", scheme="string", segment="string", customers="int64", monetary=_SUM),
    "migration": _schema("scheme from_as_of to_as_of from_segment to_segment", scheme="string", from_as_of="date", to_as_of="date", from_segment="string",
                         to_segment="string", customers="int64", monetary=_SUM, bought="int64", time_passed="int64", threshold_moved="int64",
                         rule_changed="int64", history_restated="int64"),
    "clusters": _schema("cluster", cluster="int64", name="string", customers="int64", monetary=_SUM, centre_recency_days="float64", centre_frequency="float64",
                        centre_monetary="float64", stability="float64", matched_to="int64", event="string"),
    "cohorts": _schema("cohort period", cohort="date", period="int64", customers="int64", active="int64", retention="float64", monetary=_SUM, is_complete="boolean",
                       revenue_retention="float64", from_before="boolean"),
    "stages": _schema("month stage", month="date", stage="string", customers="int64", entered="int64", left="int64", is_complete="boolean"),
    "flows": _schema("month", month="date", active="int64", new="int64", returning="int64", reactivated="int64", dormant="int64", is_complete="boolean"),
    "products": _schema("product_id", product_id="string", product_name="string", customers="int64", orders="int64", quantity=_SUM, monetary=_SUM),
    "feedback": _schema("kind topic", kind="string", topic="string", answers="int64", score="float64"),
    "tags": _schema("customer_id tag", customer_id="string", tag="string", value="string"),
    "effects": _schema("campaign", campaign="string", treated="int64", control="int64", effect="float64"),
}  # fmt: skip


def check_schema(name: str, columns: Mapping[str, str]) -> None:
    """Hold a table's columns against its contract.

    Parameters
    ----------
    name : str
        A key of `SCHEMAS`.
    columns : mapping of str to str
        Column name to type, both as text.

    Raises
    ------
    WorkbookError
        Naming every column that is missing or has another type.
    """
    wrong = [f"{column} is missing" if column not in columns else f"{column} is {columns[column]}, not {kind}"
             for column, kind in SCHEMAS[name].columns.items() if columns.get(column) != kind]  # fmt: skip
    if wrong:
        raise WorkbookError(f"table {name!r} breaks its contract: {'; '.join(wrong)}")
