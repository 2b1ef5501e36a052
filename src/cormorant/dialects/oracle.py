"""There is no dialect of this name: importing it says which there are."""

from .absent import NoSuchDialect

raise NoSuchDialect(__name__)
