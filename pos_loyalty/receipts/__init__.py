"""From facts to printable documents. Pure."""
