"""Letters, written in the transaction of what they announce and sent by the worker (outbox)."""
