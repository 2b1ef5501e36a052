"""Real data: ISO 3166 from the package pycountry, and an edited copy of it as the network might bring it.

The edited copy is plain dictionaries: three names changed, one country with subdivisions new, one subdivision gone.
"""

from __future__ import annotations

from typing import Any

import pycountry

Record = dict[str, Any]


def countries() -> list[Record]:
    """Return all countries, without their subdivisions."""
    return [{"code": c.alpha_2, "name": c.name, "numeric": c.numeric} for c in pycountry.countries]


def subdivisions() -> list[Record]:
    """Return all subdivisions, those that contain others before these."""
    parents = {s.code: s.parent_code for s in pycountry.subdivisions}

    def depth(code: str | None) -> int:
        return 0 if code is None else 1 + depth(parents.get(code))

    records = [
        {"code": s.code, "name": s.name, "kind": s.type, "country_code": s.country_code, "parent_code": s.parent_code}
        for s in pycountry.subdivisions
    ]
    return sorted(records, key=lambda record: (depth(record["code"]), record["code"]))


def edited_copy() -> list[Record]:
    """Return countries as a peer sends them after an offline edit; a list of subdivisions is complete or not given."""
    changed = {"CZ": "Czech Republic", "NL": "The Netherlands", "TR": "Turkey"}
    records = [{**record, "name": changed.get(record["code"], record["name"])} for record in countries()]
    ireland = next(record for record in records if record["code"] == "IE")
    ireland["subdivisions"] = [
        {"code": s["code"], "name": s["name"].upper() if s["code"] == "IE-L" else s["name"], "kind": s["kind"]}
        for s in subdivisions()
        if s["country_code"] == "IE" and s["code"] != "IE-MO"
    ]
    records.append(
        {
            "code": "XC",
            "name": "Cormorantia",
            "subdivisions": [{"code": "XC-N", "name": "North Reef", "kind": "Reef"}],
        }
    )
    return records
