"""Four files name what the project needs: pyproject.toml, the two locks and environment.yml. They may not drift apart."""

import ast
import re
import sys
import tomllib
from importlib import metadata

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-tools.lock")


@pytest.fixture(scope="module")
def project(root) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text())


def read_lock(path) -> dict[str, list[tuple[Version, int]]]:
    """Read a lock: each name with its versions (one per Python, where they differ) and how many hashes each has."""
    pins: dict[str, list[tuple[Version, int]]] = {}
    for entry in path.read_text().replace("\\\n", " ").splitlines():
        if not entry.startswith("#"):
            requirement, *hashes = entry.split("--hash=")
            name, version = requirement.split(";")[0].strip().split("==")
            pins.setdefault(canonicalize_name(name.split("[")[0]), []).append(
                (Version(version), sum(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", each) is not None for each in hashes))
            )
    return pins


def group(project, name: str) -> list[str]:
    """Give the requirements of a dependency group with the groups that it includes."""
    return [each for item in project["dependency-groups"][name] for each in ([item] if isinstance(item, str) else group(project, item["include-group"]))]


def test_conda_installs_what_pyproject_asks_for(root, project):
    conda = yaml.safe_load((root / "environment.yml").read_text())["dependencies"]
    assert conda[:2] == [f"python{project['project']['requires-python']}", "pip"]
    assert sorted(conda[2]["pip"]) == sorted(project["project"]["dependencies"] + group(project, "dev"))


@pytest.mark.parametrize(("lock", "groups"), [("requirements.lock", ("build",)), ("requirements-dev.lock", ("dev",))])
def test_a_lock_holds_every_dependency_at_a_version_that_is_asked_for(root, project, lock, groups):
    pins = read_lock(root / lock)
    for text in project["project"]["dependencies"] + [each for name in groups for each in group(project, name)]:
        wanted = Requirement(text)
        assert canonicalize_name(wanted.name) in pins, f"{wanted.name} is not in {lock}: make lock"
        for version, _ in pins[canonicalize_name(wanted.name)]:
            assert version in wanted.specifier, f"{lock} has {wanted.name} {version}, pyproject.toml asks for {wanted.specifier}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_has_hashes_and_no_address(root, lock):
    text = (root / lock).read_text()
    assert [name for name, versions in read_lock(root / lock).items() if not all(hashes for _, hashes in versions)] == []
    assert re.findall(r"://|^-|--(?!hash=sha256:)\S*| @ ", text, flags=re.M) == []


def test_a_developing_environment_runs_reports_with_the_same_versions(root):
    run, dev = read_lock(root / "requirements.lock"), read_lock(root / "requirements-dev.lock")
    assert {name: versions for name, versions in run.items() if dev.get(name) != versions} == {}


def test_what_the_code_imports_is_asked_for(root, project):
    """A package that is there only because another one needs it may be gone tomorrow."""
    extras = [text for texts in project["project"]["optional-dependencies"].values() for text in texts]
    asked = {canonicalize_name(Requirement(text).name) for text in project["project"]["dependencies"] + extras}
    homes = metadata.packages_distributions()
    imported = set()
    for path in (root / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module] if isinstance(node, ast.ImportFrom) else []
            imported |= {name.split(".")[0] for name in names}
    foreign = imported - set(sys.stdlib_module_names) - {"analysis"}
    assert {"ibis", "pandas", "typer"} <= foreign
    assert sorted(name for name in foreign if not asked & {canonicalize_name(home) for home in homes.get(name, ())}) == []
