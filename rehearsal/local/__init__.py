"""The local AWS as its user sees it: started, seeded, spoken to, ended."""
