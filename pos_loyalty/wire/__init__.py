"""The contract both sides speak: documents, messages, seals and their versions."""
