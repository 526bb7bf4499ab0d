"""Dialogs: settings, import, export and the small forms."""
