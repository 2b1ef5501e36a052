"""The programs, one module per subject. Each program is a function ``(sa, orm, log)``."""
