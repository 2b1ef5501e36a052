"""A mapped class, or an alias of one, as part of a statement.

In: the FROM element that the rows come from and the mapped thing. Out: a FROM element whose columns carry the entity.
Lowering takes it apart; until then it only has to be structure. Nothing here knows how entities are loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, ClassVar

from ...sql.clause import ClauseElement
from ...sql.fromclause import FromClause, FromGrouping
from ...sql.joins import Join
from ...sql.naming import PROXY_KEY
from ...sql.node import ATOM, NODE, NODES, OPAQUE, Kind, deannotate
from ...util import memoized

ENTITY = "entity"
"""The annotation that names the `EntityNode` which a column belongs to."""
PROPERTY = "property_key"
"""The annotation that names the attribute which a column stands for."""


def polymorphic_of(entity: Any) -> tuple[Any, ...]:
    """Return what tells entities of one class and FROM element apart: which subclasses each brings along."""
    part_of = getattr(entity, "polymorphic_parent", None)
    found = tuple(mapper.token for mapper in entity.with_polymorphic_mappers)
    return found if part_of is None else (*found, part_of.mapper.token)


class EntityNode(FromClause):
    """A mapped class in a statement.

    `element` is the table, join or alias; the mapper's token is part of the structure; `entity` is the mapper or the
    aliased class and is not (two aliases of one class have one structure, told apart by their FROM elements).
    `given_name` is what rows call an item of the entity, where the program gave it a name; `polymorphic` names the
    subclasses that come along, and whether the entity is itself one that came along with another.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {
        "element": NODE, "token": ATOM, "given_name": ATOM, "polymorphic": ATOM, "mapper": OPAQUE, "entity": OPAQUE,
    }  # fmt: skip
    plugin: ClassVar[str | None] = "orm"

    def __init__(self, element: Any, mapper: Any, entity: Any) -> None:
        self.element = element
        self.mapper = mapper
        self.token = mapper.token
        self.given_name: str | None = entity.name if entity.is_aliased_class else None
        self.polymorphic = polymorphic_of(entity)
        self.entity = entity

    @property
    def name(self) -> Any:
        return self.element.name

    @property
    def entity_namespace(self) -> Any:
        return self.entity.entity_namespace

    @property
    def written_table(self) -> Any:
        return self.mapper.local_table

    @property
    def searched_name(self) -> str:
        return str(self.entity)

    @property
    def row_name(self) -> str | None:
        """What rows call an item of the entity: the class, or the name of the alias if it has one."""
        name: str = self.mapper.class_.__name__
        return self.given_name if self.entity.is_aliased_class else name

    def _proxied_columns(self) -> Iterable[tuple[str, Any]]:
        for prop in self.mapper.column_attrs:
            column = self.entity.column_expression(prop)
            has_other_key = PROXY_KEY in column._annotations and not prop.is_expression
            yield prop.key, column._annotate({PROXY_KEY: None}) if has_other_key else column

    def written_columns(self) -> Iterable[Any]:
        if self.mapper.inherits is None and not self.polymorphic:
            return super().written_columns()
        return self._all_columns

    @memoized
    def _all_columns(self) -> list[Any]:
        """The columns of the attributes, all of them where several hold one value, and those of subclasses."""
        found: dict[int, Any] = {}
        given: dict[str, Any] = dict(self.c.items())
        for mapper in (self.mapper, *self.entity.with_polymorphic_mappers):
            for prop in mapper.column_attrs:
                is_own = mapper is self.mapper
                column = given[prop.key] if is_own else self.entity.column_expression(prop)
                found.setdefault(id(deannotate(column)), column)
                if self.entity.is_aliased_class:
                    continue
                for further in prop.columns[1:]:
                    found.setdefault(id(further), further)
        return list(found.values())

    def __deepcopy__(self, memo: dict[int, Any]) -> EntityNode:
        entity = deepcopy(self.entity, memo)
        return self if entity is self.entity else node_named(entity, self.given_name)

    def __reduce__(self) -> tuple[Any, ...]:
        """Become the entity: mapped classes keep their tables and columns, whoever is copied or pickled."""
        return node_named, (self.entity, self.given_name)

    def name_annotated(self, node: Any, annotations: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return what makes a column of the entity again, from entity and attribute; None for other expressions."""
        key = annotations.get(PROPERTY)
        prop = self.mapper.properties.get(key)
        if prop is None or annotations.get(ENTITY) is not self or not prop.is_column:
            return None
        if not prop.is_expression and self.entity.column_expression(prop)._original is not node._original:
            return None
        more = {name: value for name, value in annotations.items() if name not in (ENTITY, PROPERTY)}
        return column_of, (self, key, more)

    def from_objects(self) -> tuple[FromClause, ...]:
        return (self,)

    def __repr__(self) -> str:
        return f"<EntityNode {self.entity}>"


def without_entities(element: Any) -> Any:
    """Return a FROM element with the tables of mapped classes in their place, joins looked into."""
    if isinstance(element, EntityNode):
        return element.element
    if isinstance(element, FromGrouping):
        inner = without_entities(element.element)
        return element if inner is element.element else inner.self_group()
    if not isinstance(element, Join):
        return element
    left, right = without_entities(element.left), without_entities(element.right)
    is_same = left is element.left and right is element.right
    return element if is_same else element._copy(left=left, right=right)


def node_named(entity: Any, given_name: str | None) -> EntityNode:
    """Return an entity as part of a statement, under the name that the statement gave it."""
    node: EntityNode = entity.node
    return node if node.given_name == given_name else node._copy(given_name=given_name)


def column_of(node: EntityNode, key: str, annotations: Mapping[str, Any]) -> Any:
    """Return the column or expression of an attribute, as statements hold it."""
    column = node.entity.column_expression(node.mapper.properties[key])
    return column._annotate({ENTITY: node, **annotations})


class RelationshipNode(ClauseElement):
    """A relationship of a mapped class in a statement: the target or the condition of a join.

    `owner` is the entity it starts from, `target` the entity it leads to where `of_type()` names one, `criteria` what
    `and_()` adds to the condition.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {
        "owner": NODE,
        "token": ATOM,
        "target": NODE,
        "criteria": NODES,
        "relationship": OPAQUE,
    }
    plugin: ClassVar[str | None] = "orm"
    is_relationship: ClassVar[bool] = True

    def __init__(self, owner: Any, relationship: Any, target: Any = None, criteria: tuple[Any, ...] = ()) -> None:
        self.owner = owner
        self.relationship = relationship
        self.token = relationship.key, relationship.parent.token
        self.target = target
        self.criteria = criteria

    @property
    def key(self) -> str:
        """The key of the relationship."""
        key: str = self.relationship.key
        return key

    @property
    def entity(self) -> Any:
        """The mapper or aliased class that the relationship leads to."""
        return self.relationship.entity if self.target is None else self.target.entity

    @property
    def entity_namespace(self) -> Any:
        """Where `filter_by()` looks for names after a join along the relationship."""
        return self.entity.entity_namespace

    @property
    def searched_name(self) -> str:
        return str(self.entity)

    def __str__(self) -> str:
        return str(self.relationship.primaryjoin)

    def __repr__(self) -> str:
        return f"<RelationshipNode {self.relationship}>"
