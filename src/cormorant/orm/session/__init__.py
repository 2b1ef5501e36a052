"""Session: the verbs over everything below."""
