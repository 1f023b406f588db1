"""The steps of the server's schema, applied by `pos-loyalty server migrate`."""
