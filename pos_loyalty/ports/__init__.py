"""What we need from the world: protocols that adapters and drivers keep."""
