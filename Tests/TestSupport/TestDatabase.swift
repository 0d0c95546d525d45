// Databases for tests.
