"""People and offices as columns, their behaviour as pure rules, and Mesa agents as views."""
