"""Undo what text browsers write for images, buttons, form fields and quotes."""
