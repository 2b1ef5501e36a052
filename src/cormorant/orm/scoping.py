"""Sessions per scope; see `cormorant.orm.session.scoping`."""

from .session.scoping import QueryPropertyDescriptor, scoped_session

__all__ = ["QueryPropertyDescriptor", "scoped_session"]
