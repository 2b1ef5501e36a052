"""Assertions about SQL text and about tables: mixins of test classes."""

from __future__ import annotations

import re
from typing import Any

from ...compile.default import DefaultDialect
from ...engine.url import URL
from ...sql.node import Node
from . import config
from .assertions import eq_


class AssertsCompiledSQL:
    """Compiles a construct and compares text and parameters."""

    __dialect__: Any = None

    def assert_compile(
        self,
        clause: Any,
        result: str,
        params: Any = None,
        checkparams: Any = None,
        dialect: Any = None,
        checkpositional: Any = None,
        check_prefetch: Any = None,
        use_default_dialect: bool = False,
        allow_dialect_select: bool = False,
        supports_default_values: bool = True,
        supports_default_metavalue: bool = True,
        literal_binds: bool = False,
        render_postcompile: bool = False,
        schema_translate_map: Any = None,
        **_options: Any,
    ) -> None:
        """Assert that a construct is rendered as a text, whose line ends and tabs do not count."""
        used = _dialect(None if use_default_dialect else dialect or self.__dialect__, use_default_dialect)
        options: dict[str, Any] = {"compile_kwargs": {}}
        if literal_binds:
            options["compile_kwargs"]["literal_binds"] = True
        if render_postcompile:
            options["compile_kwargs"]["render_postcompile"] = True
        if schema_translate_map is not None:
            options["schema_translate_map"] = schema_translate_map
        clause = clause.__clause_element__() if hasattr(clause, "__clause_element__") else clause
        if not isinstance(clause, Node) and hasattr(clause, "statement"):
            clause = clause.statement
        compiled = clause.compile(dialect=used, **options)
        eq_(re.sub(r"[\n\t]", "", str(compiled)), result)
        if checkparams is not None:
            eq_(compiled.construct_params(params), checkparams)
        if checkpositional is not None:
            given = compiled.construct_params(params)
            eq_(tuple(given[name] for name in compiled.positiontup or ()), checkpositional)


def _dialect(given: Any, is_default: bool) -> Any:
    if is_default or given == "default":
        return DefaultDialect()
    if given is None:
        return config.db.dialect if config.db is not None else DefaultDialect()
    return URL.create(given).get_dialect()() if isinstance(given, str) else given


class AssertsExecutionResults:
    """Compares objects with what they shall be."""

    def assert_result(self, result: Any, class_: type, *objects: Any) -> None:
        """Assert that a list has objects of a class with given attributes."""
        found = list(result)
        eq_(len(found), len(objects))
        for one, (expected_class, attributes) in zip(found, [(class_, each) for each in objects], strict=True):
            assert isinstance(one, expected_class), f"{one!r} is no {expected_class}"
            for key, value in attributes.items():
                eq_(getattr(one, key), value)


class ComparesTables:
    """Compares a table with one that was read from a database."""

    def assert_tables_equal(self, table: Any, reflected_table: Any, strict_types: bool = False) -> None:
        """Assert that two tables have the same columns."""
        eq_(len(table.c), len(reflected_table.c))
        for column, reflected in zip(table.c, reflected_table.c, strict=True):
            eq_(column.name, reflected.name)
            assert reflected is reflected_table.c[column.name]
            eq_(column.primary_key, reflected.primary_key)
            eq_(column.nullable, reflected.nullable)
            if strict_types:
                assert type(reflected.type) is type(column.type), f"{reflected.type!r} is no {column.type!r}"
            else:
                assert isinstance(reflected.type, column.type.affinity)
            eq_(
                {one.column.name for one in column.foreign_keys},
                {one.column.name for one in reflected.foreign_keys},
            )
