"""The public path of the dialect with this driver."""

from .dialect import MySQLDialect as MySQLDialect_pymysql

dialect = MySQLDialect_pymysql

__all__ = ["MySQLDialect_pymysql", "dialect"]
