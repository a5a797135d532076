"""What an adviser works a case with: schemes followed, tasks, model answers, facts captured, a summary to keep."""
