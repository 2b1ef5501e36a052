"""The dialect of MariaDB under its own name; it lives with that of MySQL."""

from ..mysql.dialect import MariaDBDialect

dialect = MariaDBDialect

__all__ = ["MariaDBDialect", "dialect"]
