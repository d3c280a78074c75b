"""cwltool kept warm: a server that forks a runner for each CWL workflow. PROTOCOL.md has what it speaks."""
