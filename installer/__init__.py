"""What only the installer's program needs; see installer.spec."""
