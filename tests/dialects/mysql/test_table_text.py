"""Reading SHOW CREATE TABLE: what each line says, in the words of MariaDB and of MySQL."""

from __future__ import annotations

import pytest

from cormorant.dialects.mysql.ischema import ISCHEMA_NAMES, type_of
from cormorant.dialects.mysql.table_lines import unquoted
from cormorant.dialects.mysql.table_parts import CheckText, KeyPart, KeyText, ReferenceText
from cormorant.dialects.mysql.table_text import read_table, read_type
from cormorant.exc import SAWarning

MARIADB = """CREATE TABLE `t` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `na``me` varchar(30) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s, (x)' COMMENT 'a \\\\ b\\nc',
  `big` bigint(20) unsigned zerofill DEFAULT NULL,
  `at` timestamp(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
  `e` enum('a','b''c','d,e)') DEFAULT 'a' CHECK (`e` <> ')'),
  `g` int(11) GENERATED ALWAYS AS (`id` * (2)) STORED,
  `v` int(11) GENERATED ALWAYS AS (`id` + 1) VIRTUAL COMMENT 'v',
  `d` decimal(10,2) DEFAULT (1 + 2) INVISIBLE,
  PRIMARY KEY (`id`),
  UNIQUE KEY `u` (`na``me`(5),`big`),
  KEY `k` (`big` DESC) USING BTREE,
  FULLTEXT KEY `ft` (`na``me`) WITH PARSER `ngram`,
  CONSTRAINT `fk` FOREIGN KEY (`big`, `id`) REFERENCES `other`.`p` (`x`, `y`) ON DELETE SET NULL ON UPDATE NO ACTION,
  CONSTRAINT `ck` CHECK (`big` > 5 and `na``me` <> ',')
) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC COMMENT='it''s'
 PARTITION BY RANGE (`id`)
(PARTITION `p0` VALUES LESS THAN (10) ENGINE = InnoDB,
 PARTITION `p1` VALUES LESS THAN MAXVALUE ENGINE = InnoDB)"""


def test_columns() -> None:
    found = {column.name: column for column in read_table(MARIADB).columns}
    assert list(found) == ["id", "na`me", "big", "at", "e", "g", "v", "d"]
    assert (found["id"].autoincrement, found["id"].nullable, found["id"].arguments) == (True, False, ["11"])
    name = found["na`me"]
    assert (name.charset, name.collation, name.default, name.comment) == (
        "latin1",
        "latin1_bin",
        "'it''s, (x)'",
        "a \\ b\nc",
    )
    assert (found["big"].unsigned, found["big"].zerofill, found["big"].default) == (True, True, None)
    assert (found["at"].default, found["at"].on_update) == ("current_timestamp(3)", "current_timestamp(3)")
    assert (found["e"].arguments, found["e"].default) == (["a", "b'c", "d,e)"], "'a'")
    assert (found["g"].generated, found["g"].is_stored) == ("(`id` * (2))", True)
    assert (found["v"].generated, found["v"].is_stored, found["v"].comment) == ("(`id` + 1)", False, "v")
    assert found["d"].default == "(1 + 2)"


def test_keys_references_checks_and_options() -> None:
    found = read_table(MARIADB)
    assert found.keys == [
        KeyText("PRIMARY", None, [KeyPart("id")]),
        KeyText("UNIQUE", "u", [KeyPart("na`me", 5), KeyPart("big")]),
        KeyText("", "k", [KeyPart("big")]),
        KeyText("FULLTEXT", "ft", [KeyPart("na`me")], "ngram"),
    ]
    assert found.references == [
        ReferenceText("fk", ["big", "id"], "other", "p", ["x", "y"], {"ondelete": "SET NULL"}),
    ]
    assert found.checks == [CheckText("ck", "`big` > 5 and `na``me` <> ','")]
    assert found.comment == "it's"
    assert found.options == {
        "engine": "InnoDB",
        "default charset": "utf8mb4",
        "collate": "utf8mb4_bin",
        "row_format": "DYNAMIC",
        "comment": "it's",
        "partition_by": "RANGE (`id`)",
        "partition_definitions": "PARTITION `p0` VALUES LESS THAN (10) ENGINE = InnoDB, "
        "PARTITION `p1` VALUES LESS THAN MAXVALUE ENGINE = InnoDB",
    }


MYSQL = """CREATE TABLE `t` (
  `id` int NOT NULL,
  `u` varchar(36) DEFAULT (uuid()) /*!80023 INVISIBLE */,
  `at` datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  KEY `ix` ((lower(`u`)),`id` DESC),
  CONSTRAINT `fk` FOREIGN KEY (`id`) REFERENCES `p` (`x`) ON DELETE RESTRICT,
  CONSTRAINT `t_chk_1` CHECK ((`id` > 5)) /*!80016 NOT ENFORCED */
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci
/*!50100 PARTITION BY HASH (`id`)
PARTITIONS 4 */"""


def test_the_words_of_mysql() -> None:
    found = read_table(MYSQL)
    assert [(column.name, column.type_name, column.arguments) for column in found.columns] == [
        ("id", "int", []), ("u", "varchar", ["36"]), ("at", "datetime", []),
    ]  # fmt: skip
    assert found.columns[1].default == "(uuid())"
    assert found.columns[2].on_update == "CURRENT_TIMESTAMP"
    assert found.keys == [KeyText("", "ix", [KeyPart(None, None, "lower(`u`)"), KeyPart("id")])]
    assert found.references[0].options == {"ondelete": "RESTRICT"}
    assert found.checks == [CheckText("t_chk_1", "(`id` > 5)")]
    assert found.options["partition_by"] == "HASH (`id`)\nPARTITIONS 4"


def test_types() -> None:
    shown = {
        "int(11)": "INTEGER(display_width=11)",
        "int unsigned": "INTEGER(unsigned=True)",
        "tinyint(1)": "TINYINT(display_width=1)",
        "decimal(10,2)": "DECIMAL(precision=10, scale=2)",
        "double(5,2) unsigned": "DOUBLE(precision=5, scale=2, asdecimal=True, unsigned=True)",
        "datetime(6)": "DATETIME(fsp=6)",
        "year(4)": "YEAR(display_width=4)",
        "bit(3)": "BIT(length=3)",
        "enum('a','b,c')": "ENUM('a', 'b,c')",
        "set('x','y')": "SET('x', 'y')",
        "longtext": "LONGTEXT()",
        "varbinary(5)": "VARBINARY(length=5)",
    }
    assert {text: repr(type_of(read_type(text), ISCHEMA_NAMES)) for text in shown} == shown
    with pytest.warns(SAWarning, match="Did not recognize type 'point' of column"):
        assert type_of(read_type("point"), ISCHEMA_NAMES).is_null


def test_string_literals() -> None:
    assert unquoted(r"'a\\b\'c\n''d'") == "a\\b'c\n'd"
    assert unquoted("5") == "5"
