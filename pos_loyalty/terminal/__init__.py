"""The till as a program: the only place that puts concrete parts together."""
