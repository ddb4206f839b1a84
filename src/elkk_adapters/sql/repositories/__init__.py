"""The collections of the core, a file for each context."""
