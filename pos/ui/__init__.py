"""Screens: thin views over presenters that know no widgets."""
