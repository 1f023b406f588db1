"""Worked examples of other systems, run as programs of ours: cases in YAML, rules in TOML."""
