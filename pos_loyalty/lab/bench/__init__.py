"""What the till promises in seconds and bytes, measured on this machine and printed."""
