"""The dialects of MySQL and MariaDB."""

from .dialect import MariaDBDialect, MySQLDialect, dialect

__all__ = ["MariaDBDialect", "MySQLDialect", "dialect"]
