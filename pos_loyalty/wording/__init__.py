"""The one place where facts of the domain become sentences, for screen, receipt and shell."""
