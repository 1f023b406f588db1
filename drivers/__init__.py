"""The drivers that come with POS Loyalty, each behind a port and found by its entry point."""
