"""What screens and commands read, a file for each context."""
