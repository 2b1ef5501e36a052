"""Every code that an error or warning carries has its section in docs/errors.md, which the package brings along."""

from __future__ import annotations

import re
from pathlib import Path

import cormorant
from cormorant.util.notices import DOCUMENTATION

PROJECT = Path(__file__).parents[1]
CODE = re.compile(r'\bcode\s*=\s*"([a-z0-9]{4,5})"')


def test_codes_and_sections_agree() -> None:
    sources = [path.read_text() for path in (PROJECT / "src").rglob("*.py")]
    used = {code for source in sources for code in CODE.findall(source)}
    page = (PROJECT / "docs" / "errors.md").read_text()
    assert used == set(re.findall(r"^### (\w+)$", page, re.MULTILINE))


def test_page_is_where_messages_say() -> None:
    page = Path(cormorant.__file__).parents[1] / DOCUMENTATION
    assert page.read_text() == (PROJECT / "docs" / "errors.md").read_text()
