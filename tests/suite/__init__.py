"""The common suite: the same tests on every database. What a database cannot do is asserted, never skipped."""
