"""The page over all reports: newest first, a trend per key figure, one section per shop."""

import datetime as dt
import json
import re
from pathlib import Path

from analysis.report.catalogue import Listed, list_reports
from analysis.report.gate import inspect_page
from analysis.report.listing import write_listing


def _listed(day: str, revenue, name: str = "Corner shop", share: float = 0.5) -> Listed:
    figures = [{"measure": "revenue_30d", "value": revenue, "previous": None}, {"measure": "repeat_rate", "value": share, "previous": None}]
    return Listed(dt.date.fromisoformat(day), name, "GBP", ("en", "zh"), "run1", (), figures, Path("reports") / day)


def test_reports_are_listed_newest_first_with_their_figures():
    page = write_listing([_listed("2011-12-31", 40_000), _listed("2011-11-30", "20000.00")])
    assert inspect_page(page) == []
    assert re.findall(r'<th scope="row"><a href="([^"]+)/index.html">', page) == ["2011-12-31", "2011-11-30"]
    assert re.findall(r'<td class="number">([^<]+)</td>', page) == ["£40.0k", "50.0%", "£20.0k", "50.0%"]
    assert "Revenue, last 30 days" in page
    assert "近 30 天收入" in page


def test_a_trend_rises_where_the_figure_rises_and_keeps_the_distance_of_days():
    page = write_listing([_listed("2011-01-11", 30), _listed("2011-01-06", 20), _listed("2011-01-01", 10)])
    revenue, share = re.findall(r'<polyline points="([^"]+)"', page)
    # by hand: x from 2 to 198 over ten days, so five days are half of it; y from 44 (least) to 6 (most)
    assert revenue == "2.0,44.0 100.0,25.0 198.0,6.0"
    assert len({spot.split(",")[1] for spot in share.split()}) == 1  # what does not change is level


def test_one_report_has_numbers_and_no_line():
    page = write_listing([_listed("2011-12-09", 10)])
    assert "£10.00" in page
    assert "<polyline" not in page


def test_shops_are_kept_apart():
    page = write_listing([_listed("2011-12-31", 4, "Beta"), _listed("2011-11-30", 2, "Alpha")])
    assert re.findall(r"<h2>([^<]+)</h2>", page) == ["Alpha", "Beta"]
    assert "<polyline" not in page


def test_no_report_is_said_in_both_languages():
    page = write_listing([])
    assert "There is no report yet." in page
    assert "目前还没有报告。" in page


def test_what_is_not_a_report_is_passed_over(tmp_path):
    for name, manifest in {
        "2011-12-09": {"config": {"name": "A", "currency": ""}, "languages": ["en"]},
        "2011-12-10": {"config": {}},
        "2011-12-32": {},
        "notes": {},
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "2011-12-11").mkdir()
    (tmp_path / "2011-12-12").symlink_to(tmp_path / "2011-12-09")
    assert [report.folder.name for report in list_reports(tmp_path)] == ["2011-12-09"]
    assert list_reports(tmp_path / "absent") == []
