"""What the library knows of a mapped class apart from its mapper: attributes, state class, constructor, bare class.

In: a class. Out: `ClassManager`, found as `cls._sa_class_manager`. The mapper is an opaque value here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from ...util.generics import SUBSCRIPTED
from ...util.lasting import Lasting
from .attribute import MappedAttribute
from .attribute_state import AttributeStates
from .hooks import InstanceHooks, call_all
from .state import InstanceState, forget
from .symbols import STATE

MANAGER_ATTR = "_sa_class_manager"


class ClassManager(Lasting):
    """The attributes of one mapped class and how its instances come into being."""

    __class_getitem__: ClassVar[Any] = SUBSCRIPTED

    MANAGER_ATTR = MANAGER_ATTR
    STATE_ATTR = STATE

    def __init__(self, class_: type, identity_class: type | None = None) -> None:
        self.class_ = class_
        self.identity_class: type = identity_class or class_
        """The class at the top of the hierarchy, under which the identity map keeps the instances."""
        self.mapper: Any = None
        self.registry: Any = None
        self.hooks: InstanceHooks | None = None
        self.attributes: dict[str, MappedAttribute] = {}
        self.views: dict[str, Any] = {}
        """Attributes that hold nothing of their own: composites and synonyms."""
        self.collection_keys: tuple[str, ...] = ()
        self.expirable_keys: frozenset[str] = frozenset()
        self.held_keys: frozenset[str] = frozenset()
        """What an instance holds where the program puts nothing of its own into it: attributes and state."""
        self.plain_keys: frozenset[str] = frozenset()
        """The attributes that the keyword constructor may store as they are; empty before the class is configured."""
        self.initial_values: tuple[tuple[str, Any], ...] = ()
        """What every new instance holds: the discriminator of its class."""
        """The attributes of the primary key."""
        self.pk_key: str | None = None
        """One of them: an instance that holds it is not expired, unless it is changed."""
        self.is_composite = False
        """Whether the primary key has several columns, so that raw keys are tuples."""
        self.is_configured = False
        self.original_init: Callable[..., None] | None = None
        self.configure: Callable[[], None] | None = None
        """Called once before the first instance is made: the mappers may still have to be configured."""
        self.state_class: type[InstanceState] = type(
            "InstanceState",
            (InstanceState,),
            {"__slots__": (), "manager": self, "__module__": InstanceState.__module__},
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return require_manager, (self.class_,)

    def __repr__(self) -> str:
        return f"<ClassManager of {self.class_!r} at {id(self):x}>"

    # --- attributes

    def add_attribute(self, attribute: MappedAttribute) -> None:
        """Take over an attribute; the caller has put the descriptor on the class."""
        self.attributes[attribute.key] = attribute
        self._refresh_keys()

    def add_view(self, attribute: Any) -> None:
        """Take over an attribute that shows others; the caller puts the descriptor on the class."""
        self.views[attribute.key] = attribute
        self._refresh_keys()

    def attribute(self, key: str) -> Any:
        """Return an attribute that holds a value or shows others; raises KeyError where there is none."""
        found = self.attributes.get(key)
        return self.views[key] if found is None else found

    def stored_keys(self, key: str) -> tuple[str, ...]:
        """Return the attributes that hold what an attribute shows: itself, or those that a view is made of."""
        view = self.views.get(key)
        if view is None:
            return (key,)
        return tuple([stored for shown in view.shown_keys for stored in self.stored_keys(shown)])

    @property
    def mapped_keys(self) -> list[str]:
        """The keys of all mapped attributes, in the mapper's order."""
        if not self.views:
            return list(self.attributes)
        return list(self.mapper.properties)

    def _refresh_keys(self) -> None:
        found = self.attributes.values()
        self.collection_keys = tuple(a.key for a in found if a.is_collection)
        self.expirable_keys = frozenset(a.key for a in found if a.is_expirable)
        self.held_keys = frozenset((*self.attributes, *self.views, STATE))
        self.plain_keys = self._find_plain_keys() if self.is_configured else frozenset()

    def _find_plain_keys(self) -> frozenset[str]:
        """Return the attributes that a constructor may store without more; none where somebody wants to see it."""
        cls: Any = self.class_
        is_simple = cls.__new__ is object.__new__ and cls.__setattr__ is object.__setattr__
        if self.hooks is not None or not is_simple:
            return frozenset()
        return frozenset(key for key, attribute in self.attributes.items() if attribute.is_plain)

    def ensure_configured(self) -> None:
        """Configure the mappers, if that is still to be done."""
        if not self.is_configured and self.configure is not None:
            self.configure()

    def finish(self) -> None:
        """Note that the class is configured, or that hooks were added or removed since."""
        self.is_configured = True
        self._refresh_keys()

    def attribute_states(self, state: InstanceState) -> AttributeStates:
        """Return the public view on the attributes of one instance."""
        return AttributeStates(state)

    def pk_tuple(self, pk: Any) -> tuple[Any, ...]:
        """Return a raw primary key as a tuple."""
        return pk if self.is_composite else (pk,)

    def get_impl(self, key: str) -> MappedAttribute:
        """Return the attribute of that key."""
        return self.attributes[key]

    def is_instrumented(self, key: str, search: bool = False) -> bool:
        """Tell whether the class has the mapped attribute."""
        return key in self.attributes

    @property
    def is_mapped(self) -> bool:
        """Whether a mapper is in place."""
        return self.mapper is not None

    def __getitem__(self, key: str) -> MappedAttribute:
        return self.attributes[key]

    def __contains__(self, key: object) -> bool:
        return key in self.attributes

    def __iter__(self) -> Iterator[str]:
        return iter(self.attributes)

    def keys(self) -> Iterator[str]:
        """Return the keys of all attributes."""
        return iter(self.attributes)

    # --- instances

    def drop_values(self, values: dict[str, Any], state: InstanceState) -> None:
        """Take all mapped values out of an instance's dictionary; collections are cut off the instance."""
        for key in self.collection_keys:
            if (collection := values.get(key)) is not None:
                collection._attribute = self.attributes[key].stale  # type: ignore[attr-defined]
        if self.held_keys.issuperset(values):
            values.clear()
            values[STATE] = state
            return
        for key in (*self.attributes, *self.views):
            values.pop(key, None)

    def has_state(self, instance: Any) -> bool:
        """Tell whether an instance has its state."""
        return STATE in instance.__dict__

    def new_instance(self, state: InstanceState | None = None) -> Any:
        """Return an instance whose constructor was not called."""
        cls: Any = self.class_
        obj = cls.__new__(cls)
        obj.__dict__[STATE] = state or self.state_class(obj, forget)
        return obj

    def setup_instance(self, instance: Any, state: InstanceState | None = None) -> InstanceState:
        """Give an instance its state."""
        made: InstanceState = state or self.state_class(instance, forget)
        instance.__dict__[STATE] = made
        return made

    def has_parent(self, state: InstanceState, key: str, optimistic: bool = False) -> bool:
        """Tell whether an instance has a parent through the relationship `key` of this class."""
        return state.has_parent(self.attributes[key].wire, optimistic)

    # --- hooks

    def fire_load(self, state: InstanceState, context: Any) -> None:
        """Call the functions of `load`."""
        call_all(None if self.hooks is None else self.hooks.load, state, context)

    def fire_refresh(self, state: InstanceState, context: Any, keys: Any) -> None:
        """Call the functions of `refresh`."""
        call_all(None if self.hooks is None else self.hooks.refresh, state, context, keys)

    def fire_expire(self, state: InstanceState, keys: Any) -> None:
        """Call the functions of `expire`."""
        call_all(None if self.hooks is None else self.hooks.expire, state, keys)

    def fire_pickle(self, state: InstanceState, kept: dict[str, Any]) -> None:
        """Call the functions of `pickle`."""
        call_all(None if self.hooks is None else self.hooks.pickle, state, kept)

    def fire_unpickle(self, state: InstanceState, kept: dict[str, Any]) -> None:
        """Call the functions of `unpickle`."""
        call_all(None if self.hooks is None else self.hooks.unpickle, state, kept)


def manager_of_class(cls: Any) -> ClassManager | None:
    """Return the manager of a mapped class itself (not of a mapped base), or None."""
    found: ClassManager | None = getattr(cls, "__dict__", {}).get(MANAGER_ATTR)
    return found


def require_manager(cls: type) -> ClassManager:
    """Return the manager of a class that is known to be mapped; raises KeyError for others."""
    found: ClassManager = cls.__dict__[MANAGER_ATTR]
    return found
