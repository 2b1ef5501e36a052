"""The unit of work: changes -> a plan of steps -> rows."""
