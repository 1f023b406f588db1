"""Tills and a server in one process on a virtual clock: one seed is one run, to the letter.

Everything that decides is the real thing: use cases, booking, push and pull, over memory ports.
Crashes and power cuts are modelled per transaction (lost, kept, or kept with its answer lost);
pages and fsync belong elsewhere.
"""
