"""The rooms of the cabinet, a blueprint each."""
