"""The first start: a stand is set up in three short steps."""
