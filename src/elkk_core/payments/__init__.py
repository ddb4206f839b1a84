"""Payments by card: from the household's wish to money that billing has posted."""
