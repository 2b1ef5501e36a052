"""From ORM statements to Core statements and load plans; loader options."""
