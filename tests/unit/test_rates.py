"""Several currencies: converted at the rate of the order's day, exactly; what has no rate is set aside; returns do not feel the rates."""

import datetime as dt
import random
from decimal import ROUND_HALF_UP, Decimal

import ibis
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.charts.rates import list_currencies
from analysis.config import parse_config
from analysis.data.mapping import guess, write_config
from analysis.data.rates import _find_rates
from analysis.engine import open_engine
from analysis.errors import ConfigurationError, DataRefused
from analysis.run import read_data
from analysis.story.rates import tell_currencies
from analysis.texts import Texts
from shops import COLUMNS, _write, configure, look, make_lines, steps

PAID = COLUMNS | {"currency": "paid in"}
RATES = {"date": "day", "currency": "code", "rate": "rate"}
HALF = Decimal("0.0001")


def _shop(folder, lines, rates, *, as_of="latest", columns=PAID, currency="GBP", rates_input=None, **choices):
    """Open a shop whose lines are paid in several currencies."""
    config = configure(folder, {"lines.csv": lines}, columns=columns, currency=currency, limits={"refuse": 1.0}, **choices)
    _write(folder / "rates.csv", list(RATES.values()), rates)
    values = config.model_dump()
    values["inputs"]["rates"] = {"files": ["rates.csv"], "columns": RATES, "dates": "iso"} | (rates_input or {})
    return read_data(parse_config(values, folder), as_of)


def _money(value: str) -> Decimal:
    return Decimal(value)


# by hand: Friday 3 May 2024; no rates at the weekend of the 4th and 5th
DAYS = [["2024-05-03", "USD", "0.8"], ["2024-05-06", "USD", "0.75"], ["2024-05-01", "EUR", "0.85125"]]
LINES = [
    ["ann", "2024-05-03 10:00", "1", "tea", 2, "10.00", "USD"],  # 20.00 x 0.8 = 16.00
    ["ann", "2024-05-05 10:00", "2", "cup", 1, "10.00", "usd"],  # Sunday: Friday's 0.8, 8.00
    ["bob", "2024-05-04 23:00", "3", "tea", 3, "9.99", "EUR"],  # 29.97 x 0.85125 = 25.5119625: 25.5120
    ["cyd", "2024-05-04 09:00", "4", "tea", 1, "5", "GBP"],  # the report's own
]


def test_each_line_takes_the_rate_of_its_day_or_the_last_before(tmp_path):
    lines = _shop(tmp_path, LINES, DAYS).intake.lines.order_by("source_row").execute()
    assert list(lines.amount) == [_money("16.0000"), _money("8.0000"), _money("25.5120"), _money("5.0000")]
    assert list(lines.unit_price) == [_money("8"), _money("8"), _money("8.5040"), _money("5")]  # 9.99 x 0.85125 = 8.5039875
    assert list(lines.paid_amount) == [_money("20"), _money("10"), _money("29.97"), _money("5")]
    assert list(lines.exchange_rate) == [_money("0.8"), _money("0.8"), _money("0.85125"), 1]
    assert [None if pd.isna(day) else str(pd.Timestamp(day).date()) for day in lines.exchange_on] == ["2024-05-03", "2024-05-03", "2024-05-01", None]
    assert list(lines.currency) == ["USD", "USD", "EUR", "GBP"]
    assert lines.problem.isna().all()


def test_cost_discount_and_refund_are_converted_too(tmp_path):
    columns = {"customer_id": "customer", "ordered_at": "at", "amount": "sum", "refund": "back", "cost": "cost", "discount": "off", "currency": "paid in"}
    lines = _shop(tmp_path, [["ann", "2024-05-03", "100", "10", "40.5", "1.25", "USD"]], DAYS, columns=columns).intake.lines.execute().iloc[0]
    # (100 - 10) x 0.8, 40.5 x 0.8, 1.25 x 0.8
    assert (lines.amount, lines.cost, lines.discount) == (_money("72"), _money("32.4"), _money("1"))


@pytest.mark.parametrize(
    ("amount", "rate", "converted"),
    [
        ("0.5", "0.0001", "0.0001"),  # 0.00005: a half goes away from zero
        ("-0.5", "0.0001", "-0.0001"),
        ("0.4999", "0.0001", "0.0000"),
        ("1000000", "0.00003937123", "39.3712"),  # 39.37123: eleven decimals of the rate are kept
        ("99999999999.9999", "7.12345678901", "712345678900.9993"),  # 712345678901 less 7.12345678901 x 0.0001 = 712345678900.99928765432
    ],
)
def test_money_is_multiplied_exactly_and_rounded_once(tmp_path, amount, rate, converted):
    columns = {"customer_id": "customer", "ordered_at": "at", "amount": "sum", "currency": "paid in"}
    lines = _shop(tmp_path, [["ann", "2024-05-03", amount, "USD"]], [["2024-05-03", "USD", rate]], columns=columns).intake.lines.execute()
    exact = (Decimal(amount) * Decimal(rate)).quantize(HALF, ROUND_HALF_UP)
    assert exact == Decimal(converted)
    assert lines.amount[0] == exact


def test_a_line_without_a_recent_rate_is_set_aside_with_its_reason_and_its_raw_values(tmp_path):
    late = [
        ["dan", "2024-05-13", "5", "tea", 1, "10", "USD"],
        ["dan", "2024-05-14", "6", "tea", 1, "10", "USD"],
        ["eve", "2024-05-02", "7", "tea", 1, "10", "USD"],
    ]
    odd = [
        ["eve", "2024-05-03", "8", "tea", 1, "10", "dollars"],
        ["eve", "2024-05-03", "9", "tea", 1, "10", ""],
        ["eve", "2024-05-14", "10", "tea", 1, "1", "GBP"],
    ]
    opened = _shop(tmp_path, [*LINES, *late, *odd], DAYS)
    quarantine = look(opened, "quarantine")
    assert dict(zip(quarantine.source_row, quarantine.reason, strict=True)) == {
        # the rate of the 6th is seven days old on the 13th and eight on the 14th
        7: "no rate for USD on 2024-05-14",
        8: "no rate for USD on 2024-05-02",
        9: "currency is not three letters, as USD",
        10: "currency missing",
    }
    assert "order=6" in quarantine.raw[0]
    ledger = opened.get("ledger_frame").set_index("rule")
    assert (ledger.rows["input"], ledger.amount["input"]) == (10, Decimal("63.0120"))  # 16 + 8 + 25.512 + 5 + 10 x 0.75 + 1
    assert (ledger.rows["unreadable"], ledger.amount["unreadable"]) == (4, 0)
    assert ledger.note["unreadable"] == "4 amounts unreadable, counted as 0"
    assert ledger.note["input"] == "1 lines 29.9700 EUR = 25.5120 GBP, mean rate 0.85125; 3 lines 40.0000 USD = 31.5000 GBP, mean rate 0.78333333"
    assert ledger.amount_after["kept"] == sum(look(opened, "customers").monetary)
    told = {note.key: note.values for note in opened.notes}
    assert told["rates-converted"] == {"count": 4, "home": "GBP", "currencies": "EUR, USD"}
    assert told["rates-earlier"] == {"count": 3}
    assert told["rates-missing"] == {"count": 2}


def test_how_old_a_rate_may_be_can_be_said(tmp_path):
    line = [["dan", "2024-05-04", "5", "tea", 1, "10", "USD"], ["dan", "2024-05-03", "6", "tea", 1, "10", "USD"]]
    opened = _shop(tmp_path, line, DAYS, rates_input={"max_age_days": 0})
    assert list(look(opened, "quarantine").reason) == ["no rate for USD on 2024-05-04"]


def test_lines_after_as_of_need_no_rate(tmp_path):
    later = [["dan", f"2024-06-{day:02d}", str(day), "tea", 1, "10", "USD"] for day in range(1, 29)]
    opened = _shop(tmp_path, [*LINES, *later], DAYS, as_of="2024-05-05")
    taken = steps(opened)
    assert taken["unreadable"][0] == 0
    assert taken["after_as_of"][:2] == (28, 0)
    assert taken["kept"][1] == Decimal("54.5120")
    assert "rates-missing" not in {note.key for note in opened.notes}


def test_a_return_takes_back_the_money_of_its_purchase_whatever_the_rate_of_its_day(tmp_path):
    rows = [
        ["ann", "2024-05-03 10:00", "1", "tea", 3, "10.00", "USD"],  # 30 x 0.8 = 24.00
        ["ann", "2024-05-03 11:00", "2", "tea", 1, "12.00", "USD"],  # another price: 12 x 0.8 = 9.60
        ["ann", "2024-05-06 10:00", "3", "tea", -2, "10.00", "USD"],  # -20 x 0.75 = -15.00
        ["bob", "2024-05-03 10:00", "4", "tea", 1, "10.00", "GBP"],  # the same figure, another price
        ["bob", "2024-05-06 10:00", "5", "tea", -1, "10.00", "USD"],  # nothing bought in dollars: unmatched, -7.50
    ]
    opened = _shop(tmp_path, rows, DAYS)
    customers = look(opened, "customers").set_index("customer_id")
    assert customers.monetary["ann"] == Decimal("17.6000")  # a third of 24.00, and 9.60
    assert customers.monetary["bob"] == Decimal("10.0000")
    taken = steps(opened)
    assert taken["input"][1] == Decimal("21.1000")  # 24 + 9.6 - 15 + 10 - 7.5
    assert taken["returns_matched"][1] == Decimal("-15.0000")
    assert taken["returned_purchases"][1] == Decimal("16.0000")  # two thirds of 24.00
    assert taken["returns_unmatched"][1] == Decimal("-7.5000")
    assert taken["kept"][1] == Decimal("27.6000")
    history = look(opened, "history")
    last = history[(history.as_of == dt.date(2024, 5, 6)) & (history.scheme == "segment")]
    assert sum(last.monetary) == Decimal("27.6000")  # at every month-end the same netting


def test_without_products_money_is_netted_in_the_money_that_was_paid(tmp_path):
    columns = {"customer_id": "customer", "ordered_at": "at", "amount": "sum", "currency": "paid in"}
    rows = [["ann", "2024-05-03", "100", "USD"], ["ann", "2024-05-06", "-25", "USD"], ["bob", "2024-05-03", "50", "USD"], ["bob", "2024-05-06", "-20", "GBP"]]
    opened = _shop(tmp_path, rows, DAYS, columns=columns)
    customers = look(opened, "customers").set_index("customer_id")
    assert customers.monetary["ann"] == Decimal("60.0000")  # 75 of the 100 dollars, at 0.8
    assert customers.monetary["bob"] == Decimal("40.0000")  # pounds take back no dollars
    assert steps(opened)["returns_unmatched"][1] == Decimal("-20.0000")


def test_wrong_rates_are_refused_all_at_once_with_their_rows(tmp_path):
    rates = [
        ["2024-05-03", "USD", "0.80"],
        ["2024-05-03", "USD", "0.81"],
        ["2024-05-03", "EUR", "0.9"],
        ["2024-05-03", "EUR", "0.90"],  # the same rate twice is no fault
        ["2024-05-05", "US", "0.75"],
        ["2024-05-01", "CHF", "-1"],
        ["2024-05-02", "CHF", "0"],
        ["soon", "CHF", "1"],
        ["2024-05-01", "GBP", "1.2"],
        ["2024-05-01", "JPY", "cheap"],
        ["2024-05-02", "JPY", ""],  # no rate on that day is none
    ]
    with pytest.raises(DataRefused) as refused:
        _shop(tmp_path, LINES, rates)
    said = str(refused.value)
    for part in (
        "another rate for the same day: rates.csv row 2 (USD 2024-05-03 0.8), rates.csv row 3 (USD 2024-05-03 0.81)",
        "not three letters, as USD: rates.csv row 6",
        "not above zero: rates.csv row 7 (CHF 2024-05-01 -1), rates.csv row 8 (CHF 2024-05-02 0)",
        "date unreadable: rates.csv row 9",
        "its rate can only be 1: rates.csv row 10",
        "rate unreadable: rates.csv row 11",
    ):
        assert part in said
    assert "row 4" not in said
    assert "row 12" not in said


def test_a_row_without_a_rate_is_passed_over_and_counted(tmp_path):
    opened = _shop(tmp_path, LINES, [*DAYS, ["2024-05-04", "USD", ""]])
    assert ("rates-empty", {"file": "rates.csv", "count": 1}) in [(note.key, note.values) for note in opened.notes]


def test_a_decimal_comma_in_rates_is_asked_about(tmp_path):
    with pytest.raises(ConfigurationError, match='decimal = ","'):
        _shop(tmp_path, LINES, [["2024-05-01", "USD", "0,791"], ["2024-05-01", "EUR", "0,852"]])  # not seven hundred and ninety-one
    opened = _shop(tmp_path, LINES, [["2024-05-01", "USD", "0,791"], ["2024-05-01", "EUR", "0,852"]], rates_input={"decimal": ","})
    assert opened.get("ledger_frame").amount[0] == Decimal("54.2644")  # 15.82 + 7.91 + 25.53444 rounded + 5


def test_what_is_missing_in_the_configuration_is_said(tmp_path):
    with pytest.raises(ConfigurationError, match="which currency they lead to"):
        _shop(tmp_path, LINES, DAYS, currency="")
    with pytest.raises(ConfigurationError, match="what each line was paid in"):
        _shop(tmp_path, [line[:-1] for line in LINES], DAYS, columns=COLUMNS)


def test_several_currencies_without_rates_are_refused(tmp_path):
    with pytest.raises(DataRefused, match=r"3 currencies: USD \(2 rows\), EUR \(1 rows\), GBP \(1 rows\).*\[inputs.rates\]"):
        read_data(configure(tmp_path, {"lines.csv": LINES}, columns=PAID, currency="GBP"), "latest")


def test_renminbi_is_yuan(tmp_path):
    rows = [["ann", "2024-05-03", "1", "tea", 2, "10.00", "RMB"], ["bob", "2024-05-03", "2", "tea", 2, "10.00", "人民币"]]
    lines = _shop(tmp_path, rows, [["2024-05-03", "cny", "0.11"]]).intake.lines.execute()
    assert list(lines.amount) == [Decimal("2.2"), Decimal("2.2")]


def test_a_shop_in_one_currency_is_as_it_was(tmp_path):
    opened = read_data(configure(tmp_path, {"lines.csv": LINES[3:]}, columns=PAID, currency="GBP"), "latest")
    assert "paid_price" not in opened.intake.lines.columns
    assert opened.get("currencies").empty
    assert opened.get("ledger_frame").note[0] == ""
    for lang, words in (("en", "Everything is in one currency, GBP: nothing was converted."), ("zh", "全部金额均为同一种货币（GBP），无需折算。")):
        texts = Texts(lang, "GBP")
        assert tell_currencies(opened.get("currencies"), texts=texts).sentences == (words,)
        assert list_currencies(opened.get("currencies"), texts=texts)._repr_mimebundle_()["text/html"] == ""
    assert tell_currencies(opened.get("currencies"), texts=Texts("en")).sentences == ("Everything is in one currency: nothing was converted.",)


def test_the_page_names_currencies_money_and_rates(tmp_path):
    opened = _shop(tmp_path, [*LINES, ["dan", "2024-05-03", "5", "tea", 1, "10", "CHF"]], DAYS)
    frame = opened.get("currencies").astype({"paid_amount": "float64", "amount": "float64"})
    texts = Texts("en", "GBP")
    shown = list_currencies(frame, texts=texts).frame
    assert list(shown.columns) == [
        "Paid in",
        "Lines",
        "Amount as paid",
        "In GBP",
        "Lowest rate",
        "Mean rate",
        "Highest rate",
        "Days of the rates",
        "Lines without a rate",
    ]
    assert shown.to_numpy().tolist() == [
        ["EUR", "1", "29.97", "25.51", "0.85125", "0.85125", "0.85125", "1 May 2024", "0"],
        ["USD", "2", "30.00", "24.00", "0.80000", "0.80000", "0.80000", "3 May 2024", "0"],
        ["GBP", "1", "5.00", "5.00", "–", "–", "–", "–", "0"],
        ["CHF", "0", "–", "–", "–", "–", "–", "–", "1"],
    ]
    said = tell_currencies(frame, texts=texts).sentences
    # 3 of 4 lines that are used; 49.512 of 54.512
    assert said[0].startswith("3 lines were paid in another currency than GBP: 75.0% of the lines, 90.8% of the money before cleaning.")
    assert said[1] == "One EUR was worth 0.85125 GBP throughout."  # of the currency with most money; the table has the others
    assert said[-1].startswith("One line has no rate that is recent enough and is left out;")
    assert tell_currencies(frame, texts=Texts("zh", "GBP")).sentences[0].startswith("有 3 行以 GBP 以外的货币支付，占全部行的 75.0%、清洗前金额的 90.8%。")


def test_a_small_rate_shows_five_digits(tmp_path):
    columns = {"customer_id": "customer", "ordered_at": "at", "amount": "sum", "currency": "paid in"}
    opened = _shop(tmp_path, [["ann", "2024-05-03", "1000000", "VND"]], [["2024-05-03", "VND", "0.00003937123"]], columns=columns)
    assert tell_currencies(opened.get("currencies"), texts=Texts("en", "USD")).sentences[1] == "One VND was worth 0.000039371 USD throughout."


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), max_age=st.integers(0, 9))
def test_pandas_converts_the_same_whatever_the_order_of_rows(tmp_path_factory, seed, max_age):
    rng = random.Random(seed)  # noqa: S311
    lines = [[*row, rng.choice(("USD", "EUR", "GBP"))] for row in make_lines(seed, customers=12)]
    days = pd.date_range("2022-12-20", "2023-10-01")
    rates = [[str(day.date()), code, f"{rng.uniform(0.2, 3):.11f}"] for code in ("USD", "EUR") for day in days if rng.random() < 0.4]
    opened = _shop(tmp_path_factory.mktemp("shop"), lines, rates, rates_input={"max_age_days": max_age})
    read = opened.intake.lines.execute()

    left = pd.DataFrame(lines, columns=[*COLUMNS.values(), "code"]).assign(day=lambda t: pd.to_datetime(t["at"]).dt.normalize(), row=range(2, len(lines) + 2))
    right = pd.DataFrame(rates, columns=["day", "code", "rate"]).assign(day=lambda t: pd.to_datetime(t["day"]))
    merged = pd.merge_asof(left.sort_values("day"), right.sort_values("day"), on="day", by="code", tolerance=pd.Timedelta(days=max_age))
    expected = {}
    for row in merged.itertuples():
        rate = "1" if row.code == "GBP" else row.rate
        paid = row.quantity * Decimal(row.price)
        expected[row.row] = None if pd.isna(rate) else (paid * Decimal(rate)).quantize(HALF, ROUND_HALF_UP)
    found = {row.source_row: None if pd.isna(row.amount) else row.amount for row in read.itertuples()}
    assert found == expected
    ledger = opened.get("ledger_frame")
    assert ledger.amount.iloc[0] == sum(value for value in expected.values() if value is not None)
    assert ledger.amount.iloc[0] - sum(ledger.amount.iloc[1:-1]) == ledger.amount_after.iloc[-1]
    rng.shuffle(lines)
    rng.shuffle(rates)
    again = _shop(tmp_path_factory.mktemp("again"), lines, rates, rates_input={"max_age_days": max_age})
    orders = ["customer_id", "order_key", "amount", "counts"]
    assert sorted(map(tuple, look(again, "orders")[orders].to_numpy())) == sorted(map(tuple, look(opened, "orders")[orders].to_numpy()))


@pytest.mark.parametrize("dialect", ["postgres", "pyspark", "bigquery"])
def test_finding_rates_is_no_matter_of_one_database(dialect):
    lines = ibis.table({"currency": "string", "ordered_at": "timestamp"}, name="lines")
    rates = ibis.table({"currency": "string", "date": "timestamp", "rate": "decimal(19,11)"}, name="rates")
    assert "LEAD" in ibis.to_sql(_find_rates(lines, rates, home="GBP", max_age=7), dialect=dialect).upper()


def test_init_recognises_rates_and_finds_the_currency_they_lead_to(tmp_path):
    orders = [[n, f"c{n % 7}", f"2024-05-{n % 28 + 1:02d}", 2, "3.50", ("GBP", "USD", "EUR")[n % 3]] for n in range(1, 60)]
    _write(tmp_path / "orders.csv", ["order_id", "customer_id", "order_date", "quantity", "unit_price", "currency"], orders)
    _write(tmp_path / "fx.csv", ["日期", "币种", "汇率"], [[f"2024-05-{day:02d}", code, "0.8123"] for day in range(1, 29) for code in ("USD", "EUR")])
    guessed = guess(open_engine(), [tmp_path / "orders.csv", tmp_path / "fx.csv"])
    assert (guessed.currency, guessed.rates["columns"]) == ("GBP", {"date": "日期", "currency": "币种", "rate": "汇率"})
    write_config(guessed, tmp_path / "workbook.toml")
    from analysis.config import load_config

    opened = read_data(load_config(tmp_path / "workbook.toml"), "latest")
    # 19 lines of 7.00 in pounds and 40 of 5.6861
    assert opened.get("ledger_frame").amount[0] == 19 * Decimal(7) + 40 * Decimal("5.6861")
