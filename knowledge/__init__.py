"""What Ventanilla knows: content as data, its schema, loader, facts and linter. Imports nothing of ours."""
