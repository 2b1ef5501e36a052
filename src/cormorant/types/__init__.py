"""Types of data, and the operators between them."""
