"""What only training needs: run by `ventanilla kb build`, and where a model has no file yet; no server imports it."""
