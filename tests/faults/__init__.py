"""What must not be lost, whatever breaks: the outbox under kill -9, floods and dropped answers."""
