"""What a basket comes to under a program: pure, deterministic, integers and fractions only."""
