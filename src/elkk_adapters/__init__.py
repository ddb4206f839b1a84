"""What joins the core to the world: databases, queues, messages, documents, settings."""
