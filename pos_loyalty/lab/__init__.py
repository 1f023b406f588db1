"""The simulator, the bench and the demo shop: installed commands, built from the same parts."""
