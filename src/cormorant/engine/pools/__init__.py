"""Connection pools: who keeps a driver's connections, and who may use one when."""
