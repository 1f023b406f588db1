"""What stands between the cashier and the use cases, without Qt."""
