"""The grammar of the notebooks: a question, one call, one reading; the same in both languages; nothing else."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
PARAMETERS = ("config_path", "as_of", "lang", "run_dir")
SPECIAL = {"parameters", "setup", "seal"}
LANGUAGES = ("en", "zh")

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def _cells(path: Path) -> list:
    return nbformat.read(path, as_version=4).cells


def _tags(cell: nbformat.NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", ()))


def _code(path: Path) -> list:
    return [cell for cell in _cells(path) if cell.cell_type == "code"]


def _lines(cell: nbformat.NotebookNode) -> list[str]:
    return [line for line in cell.source.splitlines() if line.strip()]


def test_it_can_be_run_by_papermill(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.kernelspec.language == "python"
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))


def test_it_is_stored_without_outputs(path):
    assert not [cell.id for cell in _code(path) if cell.outputs or cell.execution_count is not None]


def test_its_frame_is_that_of_every_chapter(path):
    cells = _cells(path)
    assert [_tags(cell) for cell in cells[:4]] == [["lang-en"], ["lang-zh"], ["parameters"], ["setup"]]
    assert _tags(cells[-1]) == ["seal"]
    assert cells[-1].source == f'run.seal("{path.stem}")'
    assert not [cell.id for cell in cells[4:-1] if SPECIAL & set(_tags(cell))]


def test_its_parameters_are_the_four(path):
    tree = ast.parse(_cells(path)[2].source)
    assert [node.targets[0].id for node in tree.body if isinstance(node, ast.Assign)] == list(PARAMETERS)
    assert all(isinstance(node.value, ast.Constant) and isinstance(node.value.value, str) for node in tree.body)


def test_it_asks_calls_and_reads(path):
    kinds = ["".join(_tags(cell)) if cell.cell_type == "markdown" else "reading" if "reading" in _tags(cell) else "call" for cell in _cells(path)[4:-1]]
    assert kinds
    assert len(kinds) % 4 == 0
    assert kinds == ["lang-en", "lang-zh", "call", "reading"] * (len(kinds) // 4)


def test_both_languages_say_the_same_at_the_same_place(path):
    prose = [cell for cell in _cells(path) if cell.cell_type == "markdown"]
    for english, chinese in zip(prose[::2], prose[1::2], strict=True):
        assert (_tags(english), _tags(chinese)) == (["lang-en"], ["lang-zh"])
        assert english.id.removesuffix("-en") == chinese.id.removesuffix("-zh")
        assert re.findall(r"^#+", english.source, re.M) == re.findall(r"^#+", chinese.source, re.M)
        assert re.search(r"[\u4e00-\u9fff]", chinese.source)
        assert not re.search(r"[\u4e00-\u9fff]", english.source)


def test_its_title_is_a_question_and_two_sentences(path):
    english, chinese = (_cells(path)[i].source.split("\n\n") for i in (0, 1))
    for (title, promise), mark, stop in ((english, "?", r"\.(\s|$)"), (chinese, "？", "。")):
        assert title.startswith("# ")
        assert title.endswith(mark)
        assert len(re.findall(stop, promise)) == 2


def test_every_question_is_a_heading_and_one_to_three_sentences(path):
    for cell in _cells(path)[4:-1]:
        if cell.cell_type == "markdown":
            heading, text = cell.source.split("\n\n")
            assert re.fullmatch(r"## .+[?？]", heading)
            assert 1 <= len(re.findall(r"[.?](?:\s|$)|[。？]", text)) <= 3


def test_a_call_is_short_and_shows_one_thing(path):
    for cell in _code(path):
        if SPECIAL & set(_tags(cell)):
            continue
        assert len(_lines(cell)) <= 8
        body = ast.parse(cell.source).body
        assert [isinstance(node, ast.Expr) for node in body] == [False] * (len(body) - 1) + [True]


def test_a_reading_is_a_sentence_of_the_story(path):
    setup = ast.parse(_cells(path)[3].source)
    modules = {
        alias.asname or alias.name: f"{node.module}.{alias.name}" for node in ast.walk(setup) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    for cell in _code(path):
        if "reading" in _tags(cell):
            call = ast.parse(cell.source, mode="eval").body
            assert modules[call.func.value.id].startswith("analysis.story")
            assert call.func.attr.startswith("tell_")
            assert "texts" in [keyword.arg for keyword in call.keywords]


def test_it_holds_no_logic(path):
    forbidden = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.Try, ast.With, ast.ListComp, ast.DictComp,
                 ast.SetComp, ast.GeneratorExp, ast.Global)  # fmt: skip
    for cell in _code(path):
        assert not [type(node).__name__ for node in ast.walk(ast.parse(cell.source)) if isinstance(node, forbidden)]
        assert not re.search(r"plt\.|pyplot|warnings|\.sql\(|raw_sql|rcParams|options\.|environ|^[!%]", cell.source, re.M)
        if "parameters" not in _tags(cell):
            strings = [node.value for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
            assert not [text for text in strings if "/" in text or "\\" in text or re.search(r"(?i)\bselect\b.*\bfrom\b", text)]


def test_its_imports_stand_in_the_setup(path):
    for cell in _code(path):
        imports = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Import | ast.ImportFrom)]
        if "setup" in _tags(cell):
            assert cell.source.endswith("run = open_run(config_path, as_of=as_of, lang=lang, run_dir=run_dir)\ntexts = run.texts")
            modules = [node.module for node in imports if isinstance(node, ast.ImportFrom)]
            assert all(module.startswith("analysis.") for module in modules)
            assert all(first <= second for first, second in pairwise(modules))
        else:
            assert not imports
