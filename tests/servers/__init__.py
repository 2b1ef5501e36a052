"""Real database servers for the tests: started on loopback when a test asks, stopped by the process that started them.

`process` knows how to start and stop a server process, `postgresql` and `mariadb` what to start, `packages` where the
MariaDB files come from, `catalogue` which servers there are, `keeper` holds them for a test run, `databases` hands out
clean databases on them, `plugin` turns that into pytest fixtures. `python -m tests.servers` is the command.
"""
