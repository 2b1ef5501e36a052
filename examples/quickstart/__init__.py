"""The guided example: the countries of the world in a database, and a newer copy merged into it."""
