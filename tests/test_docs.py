"""The documentation's examples run: every ```python block of README.md and docs/*.md, page by page.

The blocks of a page run in order in one namespace, in an empty folder. A block that starts with `>>>` is a doctest:
what it prints is compared. A block below the line `<!-- not run: REASON -->` is not run.
"""

from __future__ import annotations

import doctest
import re
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cormorant.orm.mapping.configure import REGISTRIES

PROJECT = Path(__file__).parents[1]
PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
FENCE = re.compile(
    r"^(?P<skip><!-- not run: .+? -->\n+)?(?P<indent>[ ]*)```python[^\n]*\n(?P<code>.*?)^(?P=indent)```[ ]*$",
    re.MULTILINE | re.DOTALL,
)


class Block(NamedTuple):
    """One example: its code, the line of the page on which it starts, whether it runs."""

    code: str
    line: int
    runs: bool


def blocks_of(text: str) -> list[Block]:
    """The Python examples of a page, in order."""
    found: list[Block] = []
    for match in FENCE.finditer(text):
        indent = match["indent"]
        code = "".join(line.removeprefix(indent) for line in match["code"].splitlines(keepends=True))
        found.append(Block(code, text.count("\n", 0, match.start("code")) + 1, match["skip"] is None))
    return found


def run_block(block: Block, page: str, namespace: dict[str, Any]) -> None:
    """Run one block; tracebacks point into the page."""
    if block.code.lstrip().startswith(">>>"):
        run_doctest(block, page, namespace)
    else:
        exec(compile("\n" * (block.line - 1) + block.code, page, "exec"), namespace)


def run_doctest(block: Block, page: str, namespace: dict[str, Any]) -> None:
    """Run a block of `>>>` lines and compare what it prints."""
    test = doctest.DocTestParser().get_doctest(block.code, {}, page, page, block.line - 1)
    test.globs = namespace
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=report.append, clear_globs=False)
    assert not runner.failures, "".join(report)


def run_page(path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run all blocks of a page as one program, in a module of its own so that classes can be looked up by name."""
    module = types.ModuleType("documentation_page")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for block in blocks_of(path.read_text(encoding="utf-8")):
        if block.runs:
            run_block(block, name, module.__dict__)


@pytest.fixture
def _own_registries() -> Iterator[None]:
    """Keep other tests' mappings, broken ones too, out of what `configure_mappers()` of a page completes."""
    others = list(REGISTRIES)
    REGISTRIES.clear()
    yield
    REGISTRIES.update(others)


@pytest.mark.usefixtures("_own_registries")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_examples_run(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run_page(path, str(path), monkeypatch)


PAGE = """\
# Title

```python
x = 1
```

1. In a list:

   ```python
   x += 1
   ```

```sh
not python
```

<!-- not run: it needs a server -->
```python
raise SystemExit
```

```python
>>> x
2
```
"""


def test_blocks_are_found_and_run_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE)
    assert [(block.line, block.runs) for block in blocks_of(PAGE)] == [(4, True), (10, True), (19, False), (23, True)]
    run_page(page, "page.md", monkeypatch)


@pytest.mark.parametrize(
    ("code", "error"), [("x = 1\nassert x == 2\n", "page.md.*line 3"), (">>> 1 + 1\n3\n", "Expected")]
)
def test_a_wrong_example_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, error: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"```python\n{code}```\n")
    with pytest.raises(AssertionError) as caught:
        run_page(page, "page.md", monkeypatch)
    place = "".join(f"{entry.path} line {entry.lineno + 1}" for entry in caught.traceback)
    assert re.search(error, f"{place} {caught.value}")
