"""A run that sees its own directory, what it was given and the system, and nothing else (SANDBOX.md)."""
