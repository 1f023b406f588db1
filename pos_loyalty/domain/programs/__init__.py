"""The vocabulary of loyalty programs: closed, so that every document can be explained."""
