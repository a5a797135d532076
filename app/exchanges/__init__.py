"""What is said about a case: messages with the company, notes between actors, notes of a team, files."""
