"""The `pos-loyalty` command, one file per group of subcommands."""
