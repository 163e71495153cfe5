"""Text to identifiers, words and money, as SQL expressions: strict, exact, never through a binary float."""

from analysis.columns import MONEY

_BLANKS = " \t\r\n\u00a0\u2007\u202f\u3000"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u00ad"
_ODD = "[\\t\\r\\n\\x{00a0}\\x{00ad}\\x{1680}\\x{2000}-\\x{200f}\\x{202f}\\x{205f}\\x{2060}\\x{3000}\\x{feff}]"  # blanks but the plain one, and what cannot be seen
_WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_PLAIN = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
_ABSENT = (
    "['', 'NULL', 'N/A', 'NAN', 'NONE', '-', '#N/A', 'NA', '\\N', '<NA>', 'NAT', '--']"  # a list: of IN (...) DuckDB makes a join that every row passes through
)
_CURRENCY = "(USD|CNY|RMB|GBP|EUR|JPY|HKD|CHF|AUD|CAD|US\\$|HK\\$|[$£€¥￥₹₽元圆])"
_MINUS = "\u2212\u2013\uff0d"


def quoted(value: str) -> str:
    """A text as a literal of SQL."""
    return "'" + value.replace("'", "''") + "'"


def named(column: str) -> str:
    """A name as an identifier of SQL."""
    return '"' + column.replace('"', '""') + '"'


def when(cheap: str, dear: str) -> str:
    """A test (SQL) in two steps: an AND would compute both sides for every row."""
    return f"coalesce(case when {cheap} then {dear} end, false)"


def word(raw: str) -> str:
    """Text without outer blanks of any kind and without invisible characters; nothing left is null."""
    other = f"trim(translate({raw}, {quoted(_INVISIBLE)}, ''), {quoted(_BLANKS)})"
    odd = f"strlen({raw}) > length({raw}) and regexp_matches({raw}, '{_ODD}')"
    return f"case when {_is_clean(raw)} then {raw} else nullif(case when {odd} then {other} else trim({raw}) end, '') end"


def _is_clean(raw: str) -> str:
    """Tell (SQL) whether a text is ASCII without blanks around: most are, and are left alone, as every function costs."""
    return f"strlen({raw}) = length({raw}) and strlen({raw}) > 0 and not starts_with({raw}, ' ') and not ends_with({raw}, ' ')"


def identifier(raw: str, *, floats: bool = False, marked: bool = False) -> str:
    """An identifier as text: full-width letters and digits made plain, the many ways of writing "none" null.

    Parameters
    ----------
    raw : str
        SQL of the text.
    floats : bool
        The whole column was written as floats ("17850.0"): take the ``.0`` off.
    marked : bool
        Some of the column is marked as `is_marked` says: take the marks off.
    """
    bare = f"regexp_replace({raw}, '^\\s*(?:=\\s*\"(.*)\"|''(.*)|(.*?))\\s*$', '\\1\\2\\3')"
    raw = f"case when {is_marked(raw)} then {bare} else {raw} end" if marked else raw
    other = f"trim(translate(translate({raw}, {quoted(_INVISIBLE)}, ''), {quoted(_WIDE)}, {quoted(_PLAIN)}), {quoted(_BLANKS)})"
    # as a list of one, because the engine would compute what is named twice for every row
    rest = f"list_transform([case when strlen({raw}) = length({raw}) then trim({raw}) else {other} end], lambda p: case when list_contains({_ABSENT}, upper(p)) then null else p end)[1]"
    known = (
        f"case when not ({_is_clean(raw)}) then {rest} when strlen({raw}) > 4 then {raw} when list_contains({_ABSENT}, upper({raw})) then null else {raw} end"
    )
    return f"regexp_replace({known}, '\\.0+$', '')" if floats else known


def is_marked(raw: str) -> str:
    """Tell (SQL) whether an identifier may be marked so that a spreadsheet leaves its digits alone: ``="0012"``, ``'0012``, or 0012 with a tab."""
    return f"coalesce(ord({raw}) in (9, 39, 61) or contains({raw}, chr(9)), false)"


def is_float_like(raw: str) -> str:
    """Tell (SQL) whether an identifier looks like a whole number that went through a float."""
    return when(f"contains({raw}, '.0')", f"regexp_matches({identifier(raw)}, '^\\d+\\.0+$')")


def is_destroyed(identifier_sql: str) -> str:
    """Tell (SQL) whether a spreadsheet has turned an identifier into ``1.2346E+04``: the digits are lost."""
    return when(f"contains({identifier_sql}, '+')", f"regexp_matches({identifier_sql}, '^\\d([.,]\\d+)?[eE]\\+\\d+$')")


def is_untidy(raw: str) -> str:
    """Tell (SQL) whether an identifier is not what is read from it, or its digits are lost."""
    return f"({raw} is distinct from {identifier(raw)} or {is_marked(raw)} or {is_float_like(raw)} or {is_destroyed(raw)})"


def number(raw: str, *, decimal: str = ".", kind: str = MONEY) -> str:
    """A number as a decimal of this kind (18 digits, 4 of them behind the point, where nothing is said), rounded half away from zero; null where the text is no number.

    Understands thousands separators, currency signs and codes, brackets and a trailing minus for negative, full-width digits.
    """
    quick = f"try_cast({raw} as {kind})" if decimal == "." else f"case when not contains({raw}, '.') then try_cast(replace({raw}, ',', '.') as {kind}) end"
    return f"coalesce({quick}, try_cast({_digits(raw, decimal)} as {kind}))"


def _digits(raw: str, decimal: str) -> str:
    """SQL that strips everything around the digits, or gives null where what is left is no number."""
    group = "," if decimal == "." else "."
    plain = f"upper(translate(translate(translate({raw}, {quoted(_INVISIBLE + _BLANKS)}, ''), {quoted(_WIDE)}, {quoted(_PLAIN)}), {quoted(_MINUS)}, '---'))"
    bare = f"regexp_replace({plain}, {quoted(_CURRENCY)}, '', 'g')"
    digits = rf"(?:\d+|\d{{1,3}}(?:[{group}''’]\d{{2,3}})*[{group}''’]\d{{3}})(?:[{decimal}]\d+)?|[{decimal}]\d+"
    signed = f"regexp_extract({bare}, '^(\\(?)([+-]?)({digits})([-]?)(\\)?)$', ['open', 'before', 'digits', 'after', 'close'])"
    broken = "(p.open <> '') <> (p.close <> '') or p.digits = '' or (p.before <> '' and p.after <> '') or (p.open <> '' and (p.before || p.after) <> '')"
    sign = "case when p.open <> '' or p.before = '-' or p.after = '-' then '-' else '' end"
    clean = f"replace(regexp_replace(p.digits, '[{group}''’]', '', 'g'), '{decimal}', '.')"
    return f"list_transform([{signed}], lambda p: case when {broken} then null else ({sign}) || {clean} end)[1]"


def has_more_decimals(raw: str) -> str:
    """Tell (SQL) whether a plain number text has more than the four decimals that are kept."""
    long = f"strpos({raw}, '.') > 0 and length({raw}) - strpos({raw}, '.') > 4"
    return when(long, f"abs(try_cast({raw} as decimal(38,10)) - try_cast({raw} as {MONEY})) > 0.0000001")
