"""The devices of a counter in use: found by name, each on its thread, reopened after a fault."""
