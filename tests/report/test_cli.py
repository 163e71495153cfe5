"""The command line: exit codes and sentences that a person can act on, never a traceback."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock


@pytest.fixture
def call(tmp_path):
    """Call the command in an empty folder: exit code, standard output, standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        done = subprocess.run(
            [Path(sys.executable).with_name("workbook"), *map(str, words)], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def lines(tmp_path) -> Path:
    """A small file of orders that `init` can guess."""
    rows = [f"A{n},{n % 40},2024-{n % 12 + 1:02}-{n % 28 + 1:02},{n % 7 + 1},{n % 9 + 0.5}" for n in range(400)]
    path = tmp_path / "orders.csv"
    path.write_text("order_id,customer_id,order_date,quantity,unit_price\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_no_configuration_says_how_to_get_one(call):
    code, _, said = call("check")
    assert code == 2
    assert "workbook init" in said


def test_init_then_check_then_a_second_init(call, lines, tmp_path):
    code, said, _ = call("init", lines.name)
    assert code == 0
    assert "ordered_at is 'order_date'" in said
    code, said, _ = call("check")
    assert code == 0
    assert "40 customers have lines left" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["orders.csv", "workbook.toml"]  # check writes nothing
    code, _, said = call("init", lines.name)
    assert code == 2
    assert "--force" in said


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (("name =", "colour = 'red'\nname ="), ("colour", "unknown key")),
        (("customer_id = ", "customer_idd = "), ("customer_idd", "customer_id")),
        (("time_zone = ", "time_zones = "), ("time_zones",)),
    ],
)
def test_every_fault_of_the_configuration_is_named(call, lines, tmp_path, edit, words):
    call("init", lines.name)
    path = tmp_path / "workbook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*edit, 1), encoding="utf-8")
    code, _, said = call("run", "--as-of", "2024-12-31")
    assert code == 2
    assert all(word in said for word in words)


def test_a_wrong_date_a_wrong_language_and_a_wrong_chapter_are_usage(call, lines):
    call("init", lines.name)
    for words, names in (
        (("--as-of", "31/12/2024"), "31/12/2024"),
        (("--as-of", "2024-12-31", "--lang", "fr"), "fr"),
        (("--as-of", "2024-12-31", "--only", "99_x"), "99_x"),
    ):
        code, _, said = call("run", *words)
        assert code == 2, words
        assert names in said


def test_unreadable_data_are_refused_and_nothing_is_published(call, lines, tmp_path):
    call("init", lines.name)
    text = lines.read_text(encoding="utf-8").splitlines()
    lines.write_text("\n".join([text[0], *(line.replace("2024-", "sometime ") if n % 3 == 0 else line for n, line in enumerate(text[1:]))]), encoding="utf-8")
    code, _, said = call("run", "--as-of", "2024-12-31")
    assert code == 3
    assert "134 of 400 rows" in said
    assert "orders.csv" in said
    assert not list((tmp_path / "reports").glob("2*"))


def test_an_as_of_before_the_data_is_refused(call, lines):
    call("init", lines.name)
    code, _, said = call("run", "--as-of", "2020-01-01")
    assert code == 3
    assert "2024-01-01" in said


def test_a_second_run_waits_for_nobody(call, lines, tmp_path):
    call("init", lines.name)
    (tmp_path / "reports").mkdir()
    with FileLock(tmp_path / "reports" / ".lock"):
        code, _, said = call("run", "--as-of", "2024-12-31")
    assert code == 4
    assert "reports" in said


def test_sample_writes_the_committed_shop(call, tmp_path, root):
    code, said, _ = call("sample", "shop")
    assert code == 0
    for name in said.split():
        assert (tmp_path / name).read_bytes() == (root / "data/raw/sample" / Path(name).name).read_bytes(), name
    shutil.rmtree(tmp_path / "shop")


def test_sample_writes_order_lines_in_any_number_with_a_configuration_that_reads_them(call, tmp_path):
    code, said, _ = call("sample", "--rows", 3000)
    assert code == 0
    *paths, last = said.splitlines()
    assert [Path(path).name for path in paths] == ["transactions-2023.parquet", "transactions-2024.parquet", "transactions-2025.parquet", "workbook.toml"]
    assert last == "3,000 order lines. Their report: workbook run --config data/raw/large/workbook.toml"
    code, said, _ = call("check", "--config", "data/raw/large/workbook.toml", "--as-of", "2025-12-31")
    assert code == 0 and "customers have lines left" in said and "quarantine:" not in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rows", 999), "from 1,000 to 100,000,000"),
        (("--rows", 5000, "--case", "retailer"), "give one of the two"),
        (("--customers", 49), "from 50 to 20,000"),
    ],
)
def test_samples_that_cannot_be_are_refused_in_a_sentence(words, told, call, tmp_path):
    code, _, said = call("sample", *words)
    assert (code, told in said) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_fetch_lists_what_there_is_and_knows_nothing_else(call):
    code, said, _ = call("fetch")
    assert code == 0 and said.startswith("online_retail_ii  Online Retail II: 1,067,371 order lines") and "CC BY 4.0" in said
    code, _, said = call("fetch", "iris")
    assert (code, said) == (2, "There is no data set 'iris'; there are: 'online_retail_ii'.\n")


def test_the_words_of_a_file_name_stay_a_file_name(call, tmp_path, lines):
    shutil.move(lines, tmp_path / "it's; drop table x.csv")
    assert call("init", "it's; drop table x.csv")[0] == 0
    assert call("check")[0] == 0
