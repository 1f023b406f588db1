"""Loyalty itself: pure, with the standard library only, integers and Fraction only."""
