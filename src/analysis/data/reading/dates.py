"""Text to time stamps: the order of day and month is decided from the whole column and said aloud, never row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from analysis.data.reading.intake import Note
from analysis.data.reading.values import quoted, when, word
from analysis.engine import Engine
from analysis.errors import ConfigurationError, DataRefused
from analysis.settings.inputs import Source

ORDERS = {"day_first": "day-first", "month_first": "month-first", "year_first": "year-first"}
_TOLERATED = 0.05  # share of dates that may contradict the order of the others
_TRIPLE = r"^(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*日?[T,\s]*(.*)$"
_CLOCK = r"^(上午|下午|AM|PM)?\s*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2})(?:[.,]\d+)?)?秒?分?\s*([AP]\.?M\.?)?$"
_NAMED = [f"{day}{clock}" for day in ("%d-%b-%y", "%d %b %y", "%d/%b/%y", "%d %b %Y", "%d-%b-%Y", "%d/%b/%Y", "%b %d, %Y", "%b %d %Y", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%a %b %d %Y")
          for clock in ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p")]  # fmt: skip


@dataclass(frozen=True)
class DateFacts:
    """What the values of one date column look like, over all files of the input."""

    values: int
    year_first: int  # 2024-04-27, 2024/4/27 ...
    offsets: int
    loose: int  # two numbers before the year
    day_only: int  # the first of them above 12: only day-first fits
    month_only: int  # the second above 12: only month-first fits
    equal: int  # both the same: any order fits
    two_digit: int
    serials: int
    epochs: int
    last_days: int  # last numbers that could be a day
    firsts: tuple[int, ...] = field(default=(), kw_only=True)  # different first and last numbers where the year has two digits
    lasts: tuple[int, ...] = field(default=(), kw_only=True)
    found: Mapping[str, tuple[str, ...]] = field(default_factory=dict, kw_only=True)  # examples by shape, the smallest: three of what may be either, else one

    def sample(self, shape: str) -> str:
        """Show what was found of a shape."""
        return ", ".join(map(repr, self.found[shape]))


def add_up(files: Iterable[DateFacts]) -> DateFacts:
    """Put together what was seen in several files."""
    files = list(files)
    numbers = {one.name: sum(getattr(facts, one.name) for facts in files) for one in fields(DateFacts) if one.type is int}
    firsts, lasts = (tuple(sorted({number for facts in files for number in getattr(facts, name)})) for name in ("firsts", "lasts"))
    shapes = {shape for facts in files for shape in facts.found}
    found = {shape: tuple(sorted({text for facts in files for text in facts.found.get(shape, ())})[: 3 if shape == "three" else 1]) for shape in shapes}
    return DateFacts(**numbers, firsts=firsts, lasts=lasts, found=found)


def survey(engine: Engine, texts: list[str]) -> DateFacts:
    """Count the shapes of date texts.

    Parameters
    ----------
    texts : list of str
        SQL selects of one text column ``raw`` each.
    """
    t = "regexp_extract(x, '" + _TRIPLE + "', ['a', 'b', 'c', 't'])"
    iso = "regexp_matches(x, '^\\d{4}[-/]')"
    plain = f"(select {word('raw')} as x from ({' union all '.join(texts)}))"
    con = engine.reader.con
    # most columns are ISO from end to end: the others are counted value by value
    known, clear, offsets = con.execute(f"select count(x), count(*) filter ({iso}), count(*) filter ({iso} and {has_offset('x')}) from {plain}").fetchone()
    sql = f"""
        with slow as (select x, n, try_cast(p.a as int) as a, try_cast(p.b as int) as b, try_cast(p.c as int) as c, length(p.a) as la, length(p.c) as lc, p.a <> '' as triple
                      from (select x, count(*) as n, {t} as p from {plain} where not ({iso}) group by x))
        select coalesce(sum(n) filter (la = 4), 0),
            coalesce(sum(n) filter (triple and la < 3), 0),
            coalesce(sum(n) filter (la < 3 and a > 12 and b <= 12), 0), coalesce(sum(n) filter (la < 3 and b > 12 and a <= 12), 0),
            coalesce(sum(n) filter (la < 3 and a = b), 0), coalesce(sum(n) filter (la < 3 and lc = 2), 0),
            coalesce(sum(n) filter (regexp_matches(x, '^\\d{{5}}(\\.\\d+)?$')), 0), coalesce(sum(n) filter (regexp_matches(x, '^(\\d{{10}}|\\d{{13}})$')), 0),
            coalesce(sum(n) filter (la < 3 and lc = 2 and c between 1 and 31), 0),
            list(distinct a) filter (la < 3 and lc = 2), list(distinct c) filter (la < 3 and lc = 2),
            min(x) filter (la < 3 and a > 12 and b <= 12), min(x) filter (la < 3 and b > 12 and a <= 12), min(x, 3) filter (la < 3 and a <> b), min(x) filter (la < 3 and lc = 2),
            min(x) filter (regexp_matches(x, '^\\d{{5}}(\\.\\d+)?$')), min(x) filter (regexp_matches(x, '^(\\d{{10}}|\\d{{13}})$')), min(x) filter (la < 3)
        from slow"""
    others = con.execute(sql).fetchone() if clear < known else (0,) * 9 + (None,) * 9
    year_first, *counts = map(int, others[:9])
    firsts, lasts = (tuple(sorted(numbers or ())) for numbers in others[9:11])
    shapes = zip(("day", "month", "three", "two_digit", "serial", "epoch", "loose"), others[11:], strict=True)
    found = {shape: tuple(said) if isinstance(said, list) else (said,) for shape, said in shapes if said}
    return DateFacts(known, clear + year_first, offsets, *counts, firsts=firsts, lasts=lasts, found=found)


def has_offset(x: str) -> str:
    """Tell (SQL) whether a time stamp says how far it is from UTC."""
    return when(f"length({x}) > 16", f"regexp_matches({x}, '\\d\\s?(Z|[+-]\\d{{2}}:?(\\d{{2}})?|UTC|GMT)$')")


def is_clear(x: str, read: str) -> str:
    """Tell (SQL) whether a cell is empty, or was read as what it plainly says: year, month and day in this order, and no offset."""
    common, year_first = f"{x} like '____-__-__ __:__:__'", f"{x} like '____-%' or {x} like '____/%'"
    return (
        f"case when {x} is null then true when {read} is null or year({read}) not between 1000 and 9999 then false "
        f"when {common} then not ends_with({x}, 'Z') when {year_first} then not {has_offset(word(x))} else false end"
    )


def check_ambiguity(facts: DateFacts, source: Source, column: str, section: str) -> tuple[str, tuple[Note, ...]]:
    """Decide how the dates of a column are to be read.

    Returns
    -------
    order : str
        day_first, month_first or year_first: for dates whose year is not in front.
    notes : tuple of Note

    Raises
    ------
    ConfigurationError
        When the values allow both orders; says what to write into the configuration.
    DataRefused
        When they contradict each other.
    """
    notes = _remarks(facts, column)
    if source.dates in ORDERS:
        return str(source.dates), notes
    if source.dates or not facts.loose or facts.loose == facts.equal:
        return "day_first", notes
    ask = f'Write into workbook.toml under [inputs.{section}] the line\n  dates = "day_first"\nif {{sample}} begins with the day, or\n  dates = "month_first"\nif it begins with the month.'
    if (
        facts.two_digit == facts.loose
        and facts.last_days == facts.loose
        and len(facts.firsts) < len(facts.lasts)
        and not facts.month_only
        and len(facts.firsts) <= 12
        and len(facts.lasts) > 12
    ):
        sample = facts.sample("two_digit")
        raise ConfigurationError(
            f"{column}: dates such as {facts.sample('three') if 'three' in facts.found else sample} may begin or end with the year. "
            + ask.format(sample=sample)
            + '\n(dates = "year_first" if it begins with the year.)'
        )
    if not facts.day_only and not facts.month_only:
        three = facts.sample("three")
        raise ConfigurationError(f"{column}: {three}: day or month first? All {facts.loose:,} dates allow both. " + ask.format(sample=three.split(", ")[0]))
    order = "day_first" if facts.day_only >= facts.month_only else "month_first"
    most, least = max(facts.day_only, facts.month_only), min(facts.day_only, facts.month_only)
    good, bad = ("day", "month") if order == "day_first" else ("month", "day")
    if least >= _TOLERATED * (most + least):
        raise DataRefused(
            f"{column}: the dates contradict each other: {facts.day_only:,} can only be day-first ({facts.sample('day')}), {facts.month_only:,} only month-first ({facts.sample('month')}). "
            "Perhaps files from two systems were mixed, or a spreadsheet has swapped days and months. Export the dates again as YYYY-MM-DD."
        )
    notes += (Note("date-order-found", {"column": column, "order": ORDERS[order], "evidence": most, "sample": facts.sample(good)}),)
    if least:
        notes += (Note("date-order-minority", {"column": column, "order": ORDERS[order], "minority": least, "majority": most, "sample": facts.sample(bad)}),)
    return order, notes


def _remarks(facts: DateFacts, column: str) -> tuple[Note, ...]:
    notes = []
    if facts.two_digit:
        notes.append(Note("date-two-digit-years", {"column": column, "count": facts.two_digit, "sample": facts.sample("two_digit")}))
    if facts.serials:
        notes.append(Note("date-serials", {"column": column, "count": facts.serials, "sample": facts.sample("serial")}))
    if facts.epochs:
        notes.append(Note("date-epochs", {"column": column, "count": facts.epochs, "sample": facts.sample("epoch")}))
    if facts.loose and facts.year_first:
        notes.append(Note("date-mixed", {"column": column, "iso": facts.year_first, "other": facts.loose, "sample": facts.sample("loose")}))
    return tuple(notes)


def moment(raw: str, facts: DateFacts, order: str, *, style: str | None, here: str, there: str) -> str:
    """A time stamp (SQL, naive, local time of the shop) out of text; null where it is none.

    Parameters
    ----------
    raw : str
        SQL of the text.
    order : str
        Of dates whose year is not in front.
    style : str, optional
        A strptime format that a person gave.
    here, there : str
        Time zones: of the shop, and of time stamps in the file.
    """
    if style and "%" in style:
        return _local(f"try_strptime({word(raw)}, {quoted(style)})", here, there)
    quick = _local(f"try_cast({raw} as timestamp)", here, there)
    plain = f"regexp_matches({raw}, '^\\s*\\d{{4}}[-/]\\d{{1,2}}[-/]\\d')" if facts.year_first < facts.values else "true"
    if facts.offsets:
        x = word(raw)
        spelled = f"regexp_replace(regexp_replace({x}, '\\s?(Z|UTC|GMT)$', '+00:00'), '\\s?([+-]\\d{{2}}):?(\\d{{2}})$', '\\1:\\2')"
        quick = f"case when {has_offset(x)} then try_cast({spelled} as timestamptz) at time zone '{here}' else {quick} end"
    if style == "iso":
        return quick
    return f"coalesce(case when {plain} then {quick} end, {_local(_slow(raw, order), here, there, epochs=facts.epochs > 0, x=word(raw))})"


def _local(stamp: str, here: str, there: str, *, epochs: bool = False, x: str = "") -> str:
    local = stamp if here == there else f"timezone('{here}', timezone('{there}', {stamp}))"
    if not epochs:
        return local
    seconds = f"try_cast({x} as bigint) // (case when length({x}) = 13 then 1000 else 1 end)"
    return f"case when regexp_matches({x}, '^(\\d{{10}}|\\d{{13}})$') then timezone('{here}', to_timestamp({seconds})) else {local} end"


def _slow(raw: str, order: str) -> str:
    x = word(raw)
    first, second = {"day_first": ("c", "b, a"), "month_first": ("c", "a, b"), "year_first": ("a", "b, c")}[order]
    month, day = (part.strip() for part in second.split(","))
    year = f"case when length(p.{first}) = 2 then (case when p.{first}::int < 69 then '20' else '19' end) || p.{first} else p.{first} end"
    loose = f"case when length(p.{first}) in (2, 4) then ({year}) || '-' || p.{month} || '-' || p.{day} end"
    date = f"case when length(p.a) = 4 then p.a || '-' || p.b || '-' || p.c when length(p.a) < 3 then {loose} end"
    clock = f"regexp_extract(upper(p.t), '{_CLOCK}', ['f', 'h', 'm', 's', 'l'])"
    time = (
        "case when p.t = '' then '00:00:00' when k.h = '' then null else "
        "(case when k.f in ('PM', '下午') or k.l[1] = 'P' then k.h::int % 12 + 12 when k.f in ('AM', '上午') or k.l[1] = 'A' then k.h::int % 12 else k.h::int end)::varchar "
        "|| ':' || k.m || ':' || (case when k.s = '' then '00' else k.s end) end"
    )
    triple = f"list_transform([regexp_extract({x}, '{_TRIPLE}', ['a', 'b', 'c', 't'])], lambda p: list_transform([{clock}], lambda k: try_cast(({date}) || ' ' || ({time}) as timestamp))[1])[1]"
    serial = f"timestamp '1899-12-30' + to_seconds(round(try_cast({x} as double) * 86400)::bigint)"
    compact = f"try_strptime({x}, ['%Y%m%d', '%Y%m%d%H%M%S', '%Y%m%d%H%M', '%Y%m%d %H:%M:%S', '%Y%m%d %H:%M', '%Y%m%dT%H%M%S'])"
    named = f"try_strptime({x}, {_NAMED!r})"
    return (
        f"case when regexp_matches({x}, '^\\d{{5}}(\\.\\d+)?$') then {serial} "
        f"when regexp_matches({x}, '^\\d{{8}}(T?\\d{{4,6}}| .*)?$') then {compact} "
        f"when regexp_matches({x}, '[A-Za-z]{{3}}') and not regexp_matches({x}, '^\\d{{1,4}}[-/.]\\d') then {named} else {triple} end"
    )
