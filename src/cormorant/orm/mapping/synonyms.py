"""synonym(): another name for a mapped attribute, on instances and in statements."""

from __future__ import annotations

from typing import Any

from ...sql.naming import PROXY_KEY
from ...util import memoized
from ..instance.symbols import PASSIVE_OFF
from .attribute import InstrumentedAttribute


class SynonymAttribute(InstrumentedAttribute[Any]):
    """Hands everything to the attribute that it stands for, or on instances to a descriptor of the program's."""

    def __init__(self, prop: Any, manager: Any, mapper: Any) -> None:
        self.key = prop.key
        self.bind(prop, manager, mapper)
        manager.add_view(self)

    def _target(self) -> Any:
        return getattr(self.class_, self.prop.name)

    @property
    def impl(self) -> Any:
        """The attribute that it stands for."""
        return self._target()

    @memoized
    def expression(self) -> Any:
        """The expression of the attribute that it stands for, which rows call like the synonym."""
        found = self.comparator.__clause_element__()
        return found._annotate({PROXY_KEY: self.key}) if found.is_column else found

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The attributes whose values it shows."""
        return (self.prop.name,)

    @property
    def assignments(self) -> Any:
        """Makes columns and values of a value; only where the attribute that it stands for does."""
        return self._target().assignments

    @property
    def spread_record(self) -> Any:
        """Puts a value into a record of a bulk INSERT or UPDATE; only where that attribute does."""
        return self._target().spread_record

    def fill(self, state: Any, value: Any) -> Any:
        """Store a value of the attribute that it stands for as the one that the database holds."""
        return state.manager.attribute(self.prop.name).fill(state, value)

    def is_loaded(self, values: dict[str, Any]) -> bool:
        """Tell whether an instance's dictionary holds the value; it stands there under the other name."""
        return False

    def get_history(self, state: Any, passive: Any = PASSIVE_OFF) -> Any:
        """Return the changes of the attribute that it stands for."""
        return state.manager.attribute(self.prop.name).get_history(state, passive)

    def make_comparator(self, prop: Any) -> Any:
        factory = prop.comparator_factory
        return self._target().comparator if factory is None else factory(prop.target, self.parent)

    def adapt_to_entity(self, adapt_to_entity: Any) -> Any:
        made: Any = self._target().adapt_to_entity(adapt_to_entity)
        expression = made.expression
        if expression.is_column:
            made.__dict__["expression"] = expression._annotate({PROXY_KEY: self.key})
        return made

    def __get__(self, obj: Any, owner: Any = None) -> Any:
        if obj is None:
            return self
        descriptor = self.prop.descriptor
        return getattr(obj, self.prop.name) if descriptor is None else descriptor.__get__(obj, owner)

    def __set__(self, obj: Any, value: Any) -> None:
        descriptor = self.prop.descriptor
        if descriptor is None:
            setattr(obj, self.prop.name, value)
        else:
            descriptor.__set__(obj, value)

    def __delete__(self, obj: Any) -> None:
        delattr(obj, self.prop.name)
