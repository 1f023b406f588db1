"""Where the project is set up, checked and packed; no part of what a shop installs."""
