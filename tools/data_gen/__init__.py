"""Parts of the generator of Yupay's two demonstration packages (see tools/generate_data.py)."""
