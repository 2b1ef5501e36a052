"""What one instance of a mapped class is to the library: state, attributes, collections, history, identity map.

Nothing here knows mappers, statements, rows or sessions. A session is seen through the `Owner` protocol, a mapper is an
opaque value kept by the class manager.
"""
