"""Questions of households, orders of services, and what a supplier publishes."""
