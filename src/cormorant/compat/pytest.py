"""`pytest -p cormorant.compat.pytest`: the tests' imports of sqlalchemy give Cormorant.

A plugin that is named with `-p` is loaded before conftest files and tests; importing it installs the alias.
"""

from .alias import install

install()
