"""Devices made of folders, for showing the till and for trying it without hardware."""
