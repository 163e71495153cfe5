"""What stands below a picture: counts, period and certainty, in both languages."""

import datetime as dt
import math

from analysis.charts.basis import describe, say_error, say_interval, say_sample
from analysis.texts import Texts

EN, ZH = Texts("en"), Texts("zh")
FIRST, LAST = dt.date(2023, 1, 1), dt.date(2025, 12, 31)


def test_counts_and_period_stand_in_one_line():
    assert describe(EN, customers=1096, since=FIRST, until=LAST) == "1,096 customers · 1 Jan 2023 to 31 Dec 2025"
    assert describe(ZH, customers=1096, since=FIRST, until=LAST) == "1,096 位客户 · 2023年1月1日至2025年12月31日"
    assert describe(EN, customers=1, orders=1, rows=1, until=LAST) == "1 customer · 1 order · 1 row · up to 31 Dec 2025"
    assert describe(EN, orders=20, since=FIRST) == "20 orders · from 1 Jan 2023"
    assert describe(EN, orders=20, since=LAST, until=LAST) == "20 orders · 31 Dec 2025"


def test_what_is_withheld_or_not_known_is_not_spoken_of():
    assert describe(EN, customers=math.nan, until=LAST) == "up to 31 Dec 2025"
    assert describe(EN) == ""
    assert say_sample(EN, 500, of=500) == say_error(EN, math.nan) == ""


def test_the_period_of_the_run_stands_where_no_other_is_given():
    run = Texts("en", words={"period-since": "2023-01-01", "period-until": "2025-12-31"})
    assert describe(run, customers=7) == "7 customers · 1 Jan 2023 to 31 Dec 2025"
    assert describe(run, customers=7, since=dt.date(2025, 12, 1), until=LAST) == "7 customers · 1 Dec 2025 to 31 Dec 2025"


def test_how_sure_it_is_comes_last():
    further = [say_sample(EN, 20_000, of=90_000), say_interval(EN, "3%", "5%"), say_error(EN, 0.042)]
    assert (
        describe(EN, customers=9, further=further)
        == "9 customers · from a sample of 20,000 customers · 95% interval: 3% to 5% · model’s error in the hold-out: 4%"
    )
    assert describe(ZH, customers=9, further=[say_interval(ZH)]) == "9 位客户 · 附 95% 区间"
