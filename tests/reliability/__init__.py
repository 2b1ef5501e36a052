"""The promises under faults on real servers: what each test breaks stands in its docstring.

Every test prints one line with its numbers. `--deep` runs the long forms.
"""
