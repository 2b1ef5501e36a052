"""Tight loops whose source is plain Python and which may be compiled; each works the same uncompiled.

A compiled twin lies beside its source under the same module name, so importing the module picks it where it exists.
"""
