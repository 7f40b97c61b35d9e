"""The commands, one file each; `cli/main.py` imports them on demand."""
