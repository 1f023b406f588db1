"""What a past month would have been under a program: its receipts, replayed one after another."""
