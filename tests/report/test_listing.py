"""The pages over all reports: newest first with the change since the one before, a line per key figure, one section per shop, one page per language."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from analysis.report.catalogue import Listed, list_reports
from analysis.report.gate import inspect_page
from analysis.report.listing import write_listings


def _listed(day: str, revenue, name: str = "Corner shop", share: float = 0.5, languages=("en", "zh"), **more) -> Listed:
    figures = [{"measure": "revenue_30d", "value": revenue, "previous": None}, {"measure": "repeat_rate", "value": share, "previous": None}]
    given = {"currency": "GBP", "warnings": ()} | more
    return Listed(
        dt.date.fromisoformat(day),
        name,
        given["currency"],
        languages,
        "run1",
        given["warnings"],
        figures,
        Path("reports") / day,
        more.get("profile", "manager"),
    )


def _english(reports) -> str:
    return write_listings(reports)["index.en.html"]


def _cells(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r'<td class="number"[^>]*>(.*?)</td>', page)]


def test_reports_are_listed_newest_first_with_their_figures_and_the_change():
    reports = [_listed("2011-12-31", 42_000, share=0.512, warnings=("a", "b")), _listed("2011-11-30", "20000.00")]
    page = _english(reports)
    assert inspect_page(page) == []
    assert re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)<', page) == [
        ("2011-12-31/index.html", "31 Dec 2011"),
        ("2011-11-30/index.html", "30 Nov 2011"),
    ]
    # 42 of 20 thousand are 110 % more; 51.2 % are 1.2 points more than 50 %
    assert _cells(page) == ["£42.0k +110.0%", "51.2% +1.2 points", "2", "£20.0k", "50.0%", "0"]
    assert "Revenue, last 30 days" in page
    assert ">+110.0% since 30 Nov 2011<" in page


def test_a_fall_and_no_change_have_their_signs():
    page = _english([_listed("2011-12-31", 15_000, share=0.5), _listed("2011-11-30", 20_000, share=0.5)])
    assert _cells(page)[:2] == ["£15.0k −25.0%", "50.0% ±0.0 points"]


def test_each_language_has_its_page_and_leads_to_the_other():
    pages = write_listings([_listed("2011-12-31", 42_000, languages=("zh", "en")), _listed("2011-11-30", 20_000)])
    assert set(pages) == {"index.html", "index.en.html", "index.zh.html"}
    assert pages["index.html"] == pages["index.zh.html"]  # the first language of the newest report
    assert 'href="index.en.html" lang="en"' in pages["index.zh.html"]
    assert 'href="index.zh.html" lang="zh-Hans"' in pages["index.en.html"]
    chinese = pages["index.zh.html"]
    assert inspect_page(chinese) == []
    assert "近 30 天收入" in chinese
    assert "Revenue" not in chinese
    assert ">£4.2万 <span" in chinese
    # the summary in one's own language: the index where that is the first, a chapter where it is not
    assert re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)<', chinese) == [
        ("2011-12-31/index.html", "2011年12月31日"),
        ("2011-11-30/zh/10_summary.html", "2011年11月30日"),
    ]
    assert "共 2 份报告" in chinese


def test_a_trend_rises_where_the_figure_rises_and_keeps_the_distance_of_days():
    page = _english([_listed("2011-01-11", 30), _listed("2011-01-06", 20), _listed("2011-01-01", 10)])
    revenue, share = re.findall(r'<polyline points="([^"]+)"', page)
    # by hand: x from 2 to 198 over ten days, so five days are half of it; y from 44 (least) to 6 (most)
    assert revenue == "2.0,44.0 100.0,25.0 198.0,6.0"
    assert {spot.split(",")[1] for spot in share.split()} == {"25.0"}  # what does not change is level
    assert '<div class="ends"><span><b>£10.00</b> 1 Jan</span><span><b>£30.00</b> 11 Jan</span></div>' in page
    assert 'aria-label="Revenue, last 30 days: from £10.00 on 1 Jan 2011 to £30.00 on 11 Jan 2011"' in page


def test_a_withheld_or_missing_figure_is_a_dash_and_no_point():
    page = _english([_listed("2011-01-11", None), _listed("2011-01-06", float("nan")), _listed("2011-01-01", 10)])
    assert _cells(page)[::3] == ["–", "–", "£10.00"]
    assert page.count("<polyline") == 1  # the share alone


def test_one_report_has_numbers_and_no_line():
    page = _english([_listed("2011-12-09", 10)])
    assert "£10.00" in page
    assert "<polyline" not in page
    assert "One report" in page


def test_reports_in_another_currency_are_not_compared():
    page = _english([_listed("2011-12-31", 40_000), _listed("2011-11-30", 20_000, currency="USD")])
    assert _cells(page) == ["£40.0k", "50.0%", "0", "US$20.0k", "50.0%", "0"]
    assert "<polyline" not in page


@pytest.mark.parametrize(("profile", "shown"), [("manager", False), ("external", True)])
def test_whom_a_report_was_written_for_is_said_where_it_is_not_managers(profile, shown):
    page = _english([_listed("2011-12-31", 4, profile=profile), _listed("2011-11-30", 4)])
    assert ("Written for" in page) is shown
    assert ("Readers outside" in page) is shown


def test_shops_are_kept_apart():
    page = _english([_listed("2011-12-31", 4, "Beta"), _listed("2011-11-30", 2, "Alpha")])
    assert re.findall(r"<h2>([^<]+)</h2>", page) == ["Alpha", "Beta"]
    assert "<polyline" not in page
    assert 'class="change"' not in page


def test_no_report_is_said_in_both_languages():
    pages = write_listings([])
    assert "There is no report yet." in pages["index.html"]
    assert "目前还没有报告。" in pages["index.zh.html"]


def test_a_hostile_name_is_text():
    page = _english([_listed("2011-12-31", 4, "<script>alert(1)</script>")])
    assert inspect_page(page) == []
    assert "&lt;script&gt;" in page


def test_what_is_not_a_report_is_passed_over(tmp_path):
    for name, manifest in {
        "2011-12-09": {"config": {"name": "A", "currency": "", "pages": {"profile": "analyst"}}, "languages": ["en"]},
        "2011-12-10": {"config": {}},
        "2011-12-32": {},
        "notes": {},
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "2011-12-11").mkdir()
    (tmp_path / "2011-12-12").symlink_to(tmp_path / "2011-12-09")
    assert [(report.folder.name, report.profile) for report in list_reports(tmp_path)] == [("2011-12-09", "analyst")]
    assert list_reports(tmp_path / "absent") == []
