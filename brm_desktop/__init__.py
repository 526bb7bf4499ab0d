"""BRM Desktop: who decides in a large customer, who sways them, how close we are."""

__version__ = "0.1.0"
