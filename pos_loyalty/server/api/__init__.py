"""The server's doors over HTTP."""
