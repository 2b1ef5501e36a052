"""From classes and tables to mappers: properties, relationships and their wiring, declarative and imperative mapping.

A mapper is data: what is mapped to what, and prepared plans that higher rungs keep in `Mapper.plans`. Nothing here
loads, flushes or knows a session.
"""
