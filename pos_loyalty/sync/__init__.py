"""The line to the central server: what is sent, what is fetched, and when to try again."""
