"""The panes of the screen: each shows one state and says what the cashier did."""
