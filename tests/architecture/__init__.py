"""What tests/test_architecture.py checks with: source trees as data, and rules as functions from a tree to complaints.

`source` reads a tree, `imports` says who imports whom, `cycles` finds the circles, `ladder` holds the table of packages
and the rule about it, `contents` the rules about what a module may contain. Nothing here imports the code
that it looks at.
"""
