"""The demo shop: to try the product out, to show it, and to prove it end to end."""
