"""The window: pages, inspector, dialogs and their widgets (Qt Widgets)."""
