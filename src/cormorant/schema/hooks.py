"""The hook tables of schema objects: one for each class, one for each object below it, made when first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..event import HookTable, hook_table, register_target
from ..event.catalogue import DDL
from ..event.hooks import Dispatch
from ..exc import InvalidRequestError
from ..types import SchemaType

SchemaHooks: type[HookTable] = hook_table("SchemaHooks", DDL)


class HasHooks:
    """A schema object that can be listened to: `hooks` is its table, or that of its class as long as it has none."""

    class_hooks: HookTable
    hooks: HookTable

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.hooks = cls.class_hooks = SchemaHooks(getattr(cls, "class_hooks", None))

    @property
    def dispatch(self) -> Dispatch:
        """Calls the listeners: `table.dispatch.before_create(table, connection)`."""
        return Dispatch(self.hooks)

    def own_hooks(self) -> HookTable:
        """Return the table of this object alone."""
        if "hooks" not in self.__dict__:
            self.__dict__["hooks"] = SchemaHooks(type(self).class_hooks)
        own: HookTable = self.__dict__["hooks"]
        return own


def _locate(target: Any, name: str, options: Mapping[str, Any]) -> Iterable[HookTable]:
    if isinstance(target, type):
        class_: Any = target
        return [class_.class_hooks]
    return [target.own_hooks()]


def _locate_type(target: Any, name: str, options: Mapping[str, Any]) -> Iterable[HookTable]:
    if isinstance(target, type):
        raise InvalidRequestError(f"Listen to {name!r} of a type, not of all types of the class {target.__name__}")
    if target.hooks is None:
        target.hooks = SchemaHooks()
    return [target.hooks]


def fire_attach(child: Any, parent: Any, moment: str) -> None:
    """Call the listeners of `before_parent_attach` or `after_parent_attach`."""
    functions = getattr(child.hooks, moment, None)
    if functions is not None:
        for function in functions:
            function(child, parent)


register_target(HasHooks, DDL, _locate, options=("propagate",))
register_target(SchemaType, DDL, _locate_type, options=("propagate",))
