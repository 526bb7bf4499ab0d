"""Our relations and the competitors': over all accounts, by company, by employee, as a matrix."""
