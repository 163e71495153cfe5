"""Raw cells to typed ones, and back to text that a person may see."""

from analysis.columns import CONTACT_COLUMNS, MONEY, RATE
from analysis.data.reading import dates, values
from analysis.data.reading.evidence import Decisions, Evidence
from analysis.data.reading.fields import Field
from analysis.engine import Engine
from analysis.errors import DataRefused, shorten
from analysis.settings.inputs import Source

SQL_TYPES = {"identifier": "varchar", "text": "varchar", "number": MONEY, "rate": RATE, "time": "timestamp"}
_CONTACT_WORDS = (
    "name", "phone", "mobile", "mail", "address", "street", "birth", "contact", "consignee", "recipient", "comment", "remark", "message", "note",
    "姓名", "名称", "电话", "手机", "邮箱", "地址", "生日", "联系", "收货人", "收件人", "支付宝", "身份证", "备注", "留言", "评论", "评语", "意见",
)  # fmt: skip


def typed(field: Field, evidence: Evidence, decisions: Decisions, source: Source, here: str) -> str:
    """SQL of the typed value of a field: by what was decided for all files, and no dearer than what is in this one."""
    there = source.time_zone or here
    if field.kind in ("number", "rate"):
        kind = SQL_TYPES[field.kind]
        return values.number(field.raw, decimal=source.decimal, kind=kind) if field.is_text else f"try_cast({field.raw} as {kind})"
    if field.kind == "time":
        if field.has_text_dates:
            return dates.moment(field.text, evidence.dates[field.name], decisions.orders[field.name], style=source.dates, here=here, there=there)
        if field.sql_type == "TIMESTAMP WITH TIME ZONE":
            return f"timezone('{here}', {field.raw})"
        stamp = f"{field.raw}::timestamp"
        return stamp if here == there or field.sql_type == "DATE" else f"timezone('{here}', timezone('{there}', {stamp}))"
    if field.kind == "identifier":
        if field.name in {*decisions.trusted, *evidence.tidy} and field.is_text:
            return field.raw
        if field.sql_type in ("DOUBLE", "FLOAT"):
            return f"case when {field.raw} = trunc({field.raw}) and abs({field.raw}) < 9007199254740992 then {field.raw}::bigint::varchar else {field.raw}::varchar end"
        return values.identifier(field.text, floats=field.name in decisions.float_ids, marked=field.name in evidence.marked)
    return values.word(field.text)


def raw_text(fields: tuple[Field, ...]) -> str:
    """SQL of the raw values of a row as text, contact columns masked."""
    shown = []
    for field in fields:
        label = field.header.replace("'", "''")
        value = "'***'" if field.name in CONTACT_COLUMNS or is_contact(field.header, field.name) else f"coalesce({field.text}, '')"
        shown.append(f"'{label}=' || {value}")
    return f"concat_ws('; ', {', '.join(shown)})"


def is_contact(header: str, ours: str = "") -> bool:
    """Tell whether a header sounds like a person's name, number or address. Products and files may have names."""
    if ours.startswith("product") or ours in ("category", "customer_id"):
        return False
    plain = header.casefold()
    return any(word in plain for word in _CONTACT_WORDS) and not any(word in plain for word in ("product", "产品", "商品", "file", "item"))


def check_one_currency(engine: Engine, table: str, expected: str) -> None:
    """Refuse to add up different currencies.

    Raises
    ------
    DataRefused
        With the currencies and how often each occurs.
    """
    found = engine.reader.con.execute(f"select upper(currency), count(*) from {table} where currency is not null group by 1 order by 2 desc, 1").fetchall()
    refuse_currencies(found, expected)


def refuse_currencies(found: list[tuple[str, int]], expected: str) -> None:
    """Refuse currencies that cannot be added up: those there are, the most frequent first, each with its rows.

    Raises
    ------
    DataRefused
    """
    listed = ", ".join(f"{name} ({count:,} rows)" for name, count in found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
    if len(found) > 1:
        raise DataRefused(
            f"The column for currency holds {len(found)} currencies: {listed}. Amounts in different currencies are never added up; "
            "give the rates between them under [inputs.rates] (date, currency, rate), or one file per currency."
        )
    if found and expected and found[0][0] != expected and len(found[0][0]) == 3:
        raise DataRefused(f"The rows are in {listed}, but the configuration says currency = {shorten([expected])}. Correct one of them.")
