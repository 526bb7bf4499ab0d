"""Papers beside the account plan: visit brief, minutes of the weekly review, handover pack."""
