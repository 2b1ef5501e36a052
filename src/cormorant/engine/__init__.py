"""The engine: addresses, pools, connections, transactions, statements run and results. The only package that does I/O."""
