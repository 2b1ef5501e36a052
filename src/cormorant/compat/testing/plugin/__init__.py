"""The pytest plugin of the testing package."""
