"""Everything the panes of the screen show, as plain values without Qt and without the domain."""
