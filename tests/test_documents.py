"""The links of the README, the documents and the model cards lead somewhere."""

import re
import subprocess
from pathlib import Path

import pytest

from ui.shared import operator_settings

PROJECT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(
    path for pattern in ("*.md", "docs/*.md", "models/*.md") for path in PROJECT.glob(pattern)
)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def links(path: Path) -> list[str]:
    """What a document links to in this project."""
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


def anchors(path: Path) -> set[str]:
    """Those that its headings have on GitHub."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_links_lead_somewhere(document: Path) -> None:
    for target in links(document):
        name, _, anchor = target.partition("#")
        path = document.parent / name if name else document
        assert path.exists(), f"{document.name} links to {target}"
        if anchor:
            assert anchor in anchors(path), f"{document.name} links to {target}"


def test_there_are_documents() -> None:
    names = {path.name for path in DOCUMENTS}
    assert {
        "README.md",
        "architecture.md",
        "adding.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "hosting.md",
        "large.md",
    } <= names


def test_each_limit_that_an_operator_can_set_is_told() -> None:
    text = (PROJECT / "docs" / "hosting.md").read_text(encoding="utf-8")
    for setting in vars(operator_settings).values():
        if isinstance(setting, operator_settings.Setting):
            row = rf"\| `SCRATCH_NN_{setting.name.upper()}` \|.*\| (\d+|any|what .*) \|"
            told = re.search(row, text)
            assert told, setting.name
            assert told[1] == str(setting.default) or not setting.default


def test_what_is_linked_is_part_of_the_project() -> None:
    ignored = ["git", "check-ignore", "--stdin"]
    targets = [
        str((document.parent / target.partition("#")[0]).resolve())
        for document in DOCUMENTS
        for target in links(document)
    ]
    try:
        found = subprocess.run(
            ignored, cwd=PROJECT, input="\n".join(targets), capture_output=True, text=True
        )
    except FileNotFoundError:
        pytest.skip("git is not installed")
    assert found.stdout == ""
