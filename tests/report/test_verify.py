"""A published report run again: equal, different, or of other inputs."""

import json
import shutil

import nbformat
import pytest

from analysis.errors import ConfigurationError
from analysis.report.verify import DIFFERENT, EQUAL, INPUTS_CHANGED, verify


@pytest.fixture
def copied(printed, tmp_path):
    """A copy of the report with one language, to be spoiled."""
    report = tmp_path / "2011-12-09"
    shutil.copytree(printed.report, report)
    for path in [*(report / "notebooks").glob("*.zh.ipynb"), *(report / "notebooks").glob("10*.en.ipynb")]:
        path.unlink()
    return report


def test_an_untouched_report_is_equal(printed, copied, tmp_path):
    """Wherever the engine may put what does not fit into memory; what a kernel that was ended has left there goes."""
    (tmp_path / "disk" / "workbook-0123abcd").mkdir(parents=True)
    (tmp_path / "disk" / "workbook-0123abcd.lock").touch()
    manifest = json.loads((copied / "manifest.json").read_text())
    manifest["config"]["engine"]["spill"] = str(tmp_path / "disk")
    (copied / "manifest.json").write_text(json.dumps(manifest))
    assert verify(copied, printed.shop / "workbook.toml").code == EQUAL
    assert list((tmp_path / "disk").iterdir()) == []


def test_a_changed_number_is_found_and_named(printed, copied):
    path = copied / "notebooks" / "01_first.en.ipynb"
    notebook = nbformat.read(path, 4)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if "text/html" in output.get("data", {}) and "<table" in output.data["text/html"]:
                output.data["text/html"] = output.data["text/html"].replace("£7.50", "£7.51")
    nbformat.write(notebook, path)
    manifest = json.loads((copied / "manifest.json").read_text())
    manifest["versions"]["duckdb"] = "0.1"
    manifest["pseudonym_key"] = "another"
    (copied / "manifest.json").write_text(json.dumps(manifest))
    verdict = verify(copied, printed.shop / "workbook.toml")
    assert verdict.code == DIFFERENT
    assert verdict.findings[0].startswith("01_first.en: code cell 4 (Table(pd.DataFrame(")
    assert verdict.findings[1].startswith("made with other versions: duckdb 0.1 then, ")
    assert verdict.findings[2].startswith("made with another pseudonym key")
    assert len(verdict.findings) == 3


def test_a_changed_chart_is_found(printed, copied):
    path = copied / "notebooks" / "02_second.en.ipynb"
    path.write_text(path.read_text().replace(">Champions<", ">Champignons<"))
    verdict = verify(copied, printed.shop / "workbook.toml")
    assert verdict.code == DIFFERENT
    assert {finding.split(" (")[0] for finding in verdict.findings if "code cell" in finding} == {"02_second.en: code cell 3", "02_second.en: code cell 4"}


def test_changed_inputs_are_said_before_anything_runs(printed, copied, shop, monkeypatch):
    monkeypatch.setattr("analysis.report.verify._repeat", lambda *_: pytest.fail("the notebooks were run"))
    (shop / "sales.csv").write_text("customer,when,amount\n1,2011-12-01,7.51\n")
    verdict = verify(copied, shop / "workbook.toml")
    assert verdict.code == INPUTS_CHANGED
    assert "sales.csv" in verdict.findings[0]
    (shop / "sales.csv").unlink()
    assert verify(copied, shop / "workbook.toml").code == INPUTS_CHANGED


def test_what_is_no_report_is_said_to_be_none(shop, tmp_path):
    with pytest.raises(ConfigurationError, match="is not a report of this workbook"):
        verify(tmp_path, shop / "workbook.toml")
