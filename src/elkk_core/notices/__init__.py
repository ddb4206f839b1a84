"""Notifications: what a household should know, once per fact, and how it reaches them."""
