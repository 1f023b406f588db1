"""The face of the till."""
