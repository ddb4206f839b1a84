"""The demo: a supplier with two years of history, and a user who looks at it."""
