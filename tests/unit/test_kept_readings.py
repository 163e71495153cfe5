"""Files that are read once: what is found again is what reading would give, and what is torn, changed or no longer asked for is not used."""

import stat

import pandas as pd
import pytest

from analysis.config import Config, load_config, parse_config
from analysis.data.reading import kept, opening
from analysis.data.sources import Shelf, read_input, read_transactions
from analysis.engine import open_engine
from analysis.errors import ConfigurationError
from analysis.run import open_run, read_data

COLUMNS = {"customer_id": "customer", "ordered_at": "date", "order_id": "order", "quantity": "qty", "unit_price": "price"}
HEADER = "order,customer,date,qty,price\n"
JANUARY = HEADER + "1,a,2024-01-05,2,1.50\n2,b,2024-01-06,oops,10\n3,c,2024-01-07,1\n"  # a cell that is no number, a row without a price
FEBRUARY = HEADER + "4,a,2024-02-05,3,2.00\n5,,2024-02-06,1,1.00005\n"


@pytest.fixture(autouse=True)
def _worth_it(monkeypatch):
    monkeypatch.setattr(kept, "WORTH", 0)


@pytest.fixture
def opened(monkeypatch):
    """The names of files that were opened to be read."""
    names: list[str] = []
    read = opening.read_file

    def note(engine, path, *args, **options):
        names.append(path.name)
        return read(engine, path, *args, **options)

    monkeypatch.setattr(opening, "read_file", note)
    return names


def configure(folder, **choices) -> Config:
    transactions = {"files": ["m*.*"], "columns": COLUMNS} | choices.pop("transactions", {})
    return parse_config({"name": "shop", "inputs": {"transactions": transactions} | choices.pop("inputs", {})} | choices, folder)


def write(folder, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def read(config: Config, *, shelf: bool = True, save: bool = True) -> tuple:
    """Everything that reading gives: rows, input files, notes."""
    place = Shelf(config) if shelf else None
    intake = read_transactions(open_engine(), config, shelf=place)
    rows = intake.lines.order_by(["source_order", "source_file", "source_row"]).execute()
    if place and save:
        place.save()
    return rows, intake.inputs, intake.notes


def assert_same(one: tuple, other: tuple) -> None:
    pd.testing.assert_frame_equal(one[0], other[0])
    assert one[1:] == other[1:]


def list_kept(folder) -> list[str]:
    return sorted(path.name for path in (folder / "state/parsed/shop").iterdir())


def test_a_file_that_has_not_changed_is_read_once(tmp_path, opened):
    write(tmp_path, m1=JANUARY, m2=FEBRUARY)
    config = configure(tmp_path)
    plain = read(config, shelf=False)
    assert [file.rejected for file in plain[1]] == [1, 0]
    assert [note.key for note in plain[2]] == ["rounded"]
    first = read(config)
    opened.clear()
    second = read(config)
    assert opened == []
    assert_same(plain, first)
    assert_same(plain, second)


def test_a_new_month_is_read_alone(tmp_path, opened):
    write(tmp_path, m1=JANUARY)
    read(configure(tmp_path))
    write(tmp_path, m0="order,customer,date,qty,price\n9,z,2023-12-05,3,2.00\n", m2=FEBRUARY)  # one before it and one behind it
    opened.clear()
    found = read(configure(tmp_path))
    assert opened == ["m0.csv", "m2.csv"]
    assert list(found[0].source_order) == [1, 2, 2, 2, 3, 3]
    assert_same(found, read(configure(tmp_path), shelf=False))


def test_one_byte_makes_another_file(tmp_path, opened):
    write(tmp_path, m1=JANUARY, m2=FEBRUARY)
    read(configure(tmp_path))
    before = list_kept(tmp_path)
    write(tmp_path, m1=JANUARY.replace("1.50", "1.60"))
    opened.clear()
    found = read(configure(tmp_path))
    assert opened == ["m1.csv"]
    assert str(found[0].unit_price[0]) == "1.6000"
    after = list_kept(tmp_path)
    assert len(before) == len(after) == 4  # a file of rows and one of facts for each: what no input has any more is gone
    assert len(set(before) & set(after)) == 2


@pytest.mark.parametrize("suffix", [".json", ".parquet"])
@pytest.mark.parametrize("harm", ["torn", "changed", "gone", "emptied"])
def test_what_is_not_whole_is_read_again(tmp_path, opened, suffix, harm):
    write(tmp_path, m1=JANUARY)
    plain = read(configure(tmp_path))
    (found,) = (tmp_path / "state/parsed/shop").glob(f"*{suffix}")
    content = found.read_bytes()
    if harm == "gone":
        found.unlink()
    else:
        middle = len(content) // 2
        found.write_bytes({"torn": content[:middle], "emptied": b"", "changed": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]}[harm])
    opened.clear()
    assert_same(plain, read(configure(tmp_path)))
    assert opened == ["m1.csv"]
    opened.clear()
    assert_same(plain, read(configure(tmp_path)))
    assert opened == []  # it was put right


@pytest.mark.parametrize(
    "choices",
    [
        {"time_zone": "Asia/Shanghai", "transactions": {"time_zone": "UTC"}},
        {"transactions": {"columns": COLUMNS | {"unit_price": "qty"}}},
        {"transactions": {"attributes": {"who": "customer"}}},
        {"transactions": {"dates": "iso"}},
    ],
)
def test_another_setting_is_another_reading(tmp_path, opened, choices):
    write(tmp_path, m1=JANUARY)
    read(configure(tmp_path))
    opened.clear()
    changed = read(configure(tmp_path, **choices))
    assert opened == ["m1.csv"]
    assert_same(changed, read(configure(tmp_path, **choices), shelf=False))


def test_rows_are_typed_again_when_a_new_file_settles_the_order_of_dates(tmp_path, opened):
    """All days of January are below 13: with February 28, month-first, the fifth of January is no longer the first of May."""
    write(tmp_path, m1=HEADER + "1,a,01/05/2024,2,1.50\n2,a,01/13/2024,2,1.50\n", m2=HEADER + "1,a,02/03/2024,2,1.50\n")
    config = configure(tmp_path)
    read(config)
    write(tmp_path, m1=HEADER + "1,a,01/05/2024,2,1.50\n2,a,01/12/2024,2,1.50\n")
    with pytest.raises(ConfigurationError, match="day or month first"):
        read(config)
    write(tmp_path, m3=HEADER + "1,a,02/28/2024,2,1.50\n")
    opened.clear()
    found = read(config)
    assert opened == ["m1.csv", "m3.csv", "m1.csv"]  # the first was typed before it was known
    assert [str(at.date()) for at in found[0].ordered_at] == ["2024-01-05", "2024-01-12", "2024-02-03", "2024-02-28"]
    assert [(note.key, note.values["evidence"]) for note in found[2]] == [("date-order-found", 1)]
    assert_same(found, read(config, shelf=False))
    opened.clear()
    assert_same(found, read(config))
    assert opened == []


def test_kept_rows_are_typed_again_when_identifiers_turn_out_to_be_whole(tmp_path, opened):
    write(tmp_path, m1=HEADER + "1,17850.0,2024-01-05,2,1.50\n")
    alone = read(configure(tmp_path))
    assert (list(alone[0].customer_id), alone[2][0].key) == (["17850"], "float-identifiers")
    write(tmp_path, m2=HEADER + "2,B7,2024-02-05,2,1.50\n")
    opened.clear()
    found = read(configure(tmp_path))
    assert opened == ["m2.csv", "m1.csv"]
    assert (list(found[0].customer_id), found[2]) == (["17850.0", "B7"], ())
    assert_same(found, read(configure(tmp_path), shelf=False))


def test_the_last_row_of_a_customer_counts_across_kept_files(tmp_path):
    write(tmp_path, m1=JANUARY, p1="id,name\nc1,Ann\nc2,Bob\n", p2="id,name\nc1,Anna\n")
    config = configure(tmp_path, inputs={"customers": {"files": ["p*.csv"], "columns": {"customer_id": "id", "name": "name"}}})
    for _ in range(2):
        shelf, engine = Shelf(config), open_engine()
        rows = read_input(engine, config, "customers", shelf).lines.order_by(["source_order", "source_row"]).execute()
        shelf.save()
        assert [(row.name, pd.isna(row.problem)) for row in rows[["name", "problem"]].itertuples(index=False)] == [
            ("Ann", False),
            ("Bob", True),
            ("Anna", True),
        ]
        assert rows.raw.notna().tolist() == [True, False, False]
    assert len(list_kept(tmp_path)) == 4


def test_kept_files_are_for_their_owner_only_and_nothing_is_left_beside(tmp_path):
    write(tmp_path, m1=JANUARY, m2=FEBRUARY)
    read(configure(tmp_path))
    folder = tmp_path / "state/parsed/shop"
    (folder / ".0.parquet").write_bytes(b"torn")  # of a run that was killed
    write(tmp_path, m3=FEBRUARY)
    read(configure(tmp_path))
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)] == [0o700, 0o700]
    assert sorted({name.rpartition(".")[2] for name in list_kept(tmp_path)}) == ["json", "parquet"]
    assert not any(name.startswith(".") for name in list_kept(tmp_path))


def test_nothing_is_written_unless_it_is_saved(tmp_path):
    write(tmp_path, m1=JANUARY)
    read(configure(tmp_path), save=False)
    assert not (tmp_path / "state").exists()


def test_a_run_is_not_disturbed_by_another_that_needs_other_files(tmp_path):
    write(tmp_path, m1=JANUARY, m2=FEBRUARY)
    plain = read(configure(tmp_path))
    shelf = Shelf(configure(tmp_path))
    engine = open_engine()
    intake = read_transactions(engine, configure(tmp_path), shelf=shelf)
    (tmp_path / "m1.csv").unlink()
    read(configure(tmp_path))
    assert len(list_kept(tmp_path)) == 2
    pd.testing.assert_frame_equal(intake.lines.order_by(["source_order", "source_file", "source_row"]).execute(), plain[0])


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path):
    write(tmp_path, m1=JANUARY)
    (tmp_path / "state").mkdir()
    (tmp_path / "state/parsed").write_text("not a folder")
    plain = read(configure(tmp_path))
    assert_same(plain, read(configure(tmp_path)))


def test_a_link_is_not_followed(tmp_path):
    write(tmp_path, m1=JANUARY)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "state").mkdir()
    (tmp_path / "state/parsed").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigurationError, match="is a link"):
        read(configure(tmp_path))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_only_what_makes_a_report_keeps_files_and_a_setting_says_no(tmp_path, opened):
    write(tmp_path, m1="order,customer,date,qty,price\n" + "".join(f"{n},c{n % 7},2024-01-{1 + n % 28:02d},2,1.50\n" for n in range(60)))
    columns = "".join(f'{ours} = "{theirs}"\n' for ours, theirs in COLUMNS.items())
    toml = f'name = "shop"\n[inputs.transactions]\nfiles = ["m*.csv"]\n[inputs.transactions.columns]\n{columns}'
    (tmp_path / "workbook.toml").write_text(toml)
    (tmp_path / "quiet.toml").write_text(toml + "[engine]\nkeep_parsed = false\n")
    open_run(tmp_path / "workbook.toml", as_of="2024-01-31")  # as `workbook check` and a notebook do
    open_run(tmp_path / "quiet.toml", as_of="2024-01-31", run_dir=tmp_path / "made")
    assert not (tmp_path / "state").exists()
    open_run(tmp_path / "workbook.toml", as_of="2024-01-30", run_dir=tmp_path / "made")
    assert len(list_kept(tmp_path)) == 2
    opened.clear()
    assert int(read_data(load_config(tmp_path / "workbook.toml"), "latest").intake.lines.count().execute()) == 60
    assert opened == []
    read_data(load_config(tmp_path / "quiet.toml"), "latest")
    assert opened == ["m1.csv"]
